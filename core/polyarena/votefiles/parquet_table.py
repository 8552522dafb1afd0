"""Parquet, where pyarrow is installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from .cells import dig
from .errors import VoteFileError
from .table import Chunk, known_column, split

CHUNK_ROWS = 20_000


class ParquetTable:
    """A Parquet file. Row 1 is the first.

    Raises:
        VoteFileError: pyarrow is not installed, or cannot read the file.
    """

    nested = True

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._parquet: Any = import_module("pyarrow.parquet")
            self._fault: Any = import_module("pyarrow").ArrowException
        except ImportError:
            raise VoteFileError(
                "reading Parquet needs pyarrow: pip install 'polyarena[parquet]'"
            ) from None
        try:
            self.header = tuple(self._parquet.ParquetFile(path).schema_arrow.names)
        except (self._fault, OSError) as error:
            raise VoteFileError(f"{path} is not a Parquet file: {error}") from None

    def chunks(self, columns: Sequence[str]) -> Iterator[Chunk]:
        paths = [split(self, known_column(self, column)) for column in columns]
        wanted = list(dict.fromkeys(name for name, _ in paths))
        row = 0
        try:
            with self._parquet.ParquetFile(self._path) as file:
                total = file.metadata.num_rows
                for batch in file.iter_batches(batch_size=CHUNK_ROWS, columns=wanted):
                    numbers = np.arange(row + 1, row + batch.num_rows + 1)
                    row += batch.num_rows
                    read = {name: batch.column(name).to_pylist() for name in wanted}
                    cells = [_column(read[name], path) for name, path in paths]
                    yield Chunk(numbers, cells, row / max(total, 1))
        except (self._fault, OSError) as error:
            raise VoteFileError(f"{self._path} cannot be read: {error}") from None


def _column(cells: list[Any], path: str | None) -> list[Any]:
    return cells if path is None else [dig(cell, path) for cell in cells]
