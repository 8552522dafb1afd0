"""A file as a table: a header, and the cells of some columns chunk by chunk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .errors import VoteFileError

SHOWN_COLUMNS = 40


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows: their numbers, from 1, and the cells of every column asked for, in that order.

    `broken` has the numbers of rows that are no rows, by what is wrong with them; `done` is the
    part of the file that has been read, from 0 to 1.
    """

    rows: NDArray[np.int64]
    cells: Sequence[Sequence[Any]]
    done: float
    broken: dict[str, list[int]] = field(default_factory=dict)


class Table(Protocol):
    """A file of rows that can be read more than once."""

    @property
    def header(self) -> tuple[str, ...]:
        """The columns' names."""
        ...

    @property
    def nested(self) -> bool:
        """Whether cells may be objects, so that `column.field` names what is inside."""
        ...

    def chunks(self, columns: Sequence[str]) -> Iterator[Chunk]:
        """Read the rows from the beginning.

        Raises:
            VoteFileError: the file cannot be read, or has no such column.
        """
        ...


def open_table(path: Path) -> Table:
    """Open a file by its ending, or by how it begins.

    Raises:
        VoteFileError: there is no such file, it is empty, or it cannot be read.
    """
    from .csv_table import CsvTable
    from .json_table import JsonTable
    from .parquet_table import ParquetTable

    try:
        with path.open("rb") as file:
            beginning = file.read(512)
    except OSError as error:
        raise VoteFileError(f"{path} cannot be read: {error.strerror}") from None
    if not beginning:
        raise VoteFileError(f"{path} is empty")
    endings = [ending.lower() for ending in path.suffixes]
    kind = endings[-2] if endings[-1:] == [".gz"] and len(endings) > 1 else "".join(endings[-1:])
    if beginning[:4] == b"PAR1":
        return ParquetTable(path)
    if kind in (".jsonl", ".ndjson", ".json"):
        return JsonTable(path)
    if kind in (".csv", ".tsv", ".txt"):
        return CsvTable(path)
    if kind in (".parquet", ".pq"):
        raise VoteFileError(f"{path} is not a Parquet file")
    return JsonTable(path) if beginning.lstrip()[:1] in (b"{", b"[") else CsvTable(path)


def has_column(table: Table, name: str) -> bool:
    """Whether a name is one of a column, or may be one of a field inside a column."""
    return name in table.header or (table.nested and split(table, name)[1] is not None)


def split(table: Table, name: str) -> tuple[str, str | None]:
    """A name as its column and the path inside that column's objects.

    Raises:
        VoteFileError: there is no such column.
    """
    if table.header.count(name) == 1:
        return name, None
    if name in table.header:
        raise VoteFileError(f"more than one column is called {name!r}")
    if table.nested:
        for place, letter in enumerate(name):
            if letter == "." and name[:place] in table.header:
                return name[:place], name[place + 1 :]
    return name, None


def known_column(table: Table, name: str) -> str:
    """The name, if there is such a column.

    Raises:
        VoteFileError: there is none; the message lists those there are.
    """
    column, _ = split(table, name)
    if column not in table.header:
        raise VoteFileError(f"there is no column {name!r}; the columns are {listed(table.header)}")
    return name


def listed(names: Sequence[str]) -> str:
    """Names for a message, the first of them if there are many."""
    shown = ", ".join(name if name.isprintable() else repr(name) for name in names[:SHOWN_COLUMNS])
    return shown + (", ..." if len(names) > SHOWN_COLUMNS else "")
