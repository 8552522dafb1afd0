"""CSV: comma, semicolon or tab; quoted fields may hold line ends; UTF-8 with or without a mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter
from pathlib import Path

import numpy as np

from .errors import VoteFileError
from .source import opened
from .table import Chunk, known_column

CHUNK_ROWS = 1_000
LONGEST_FIELD = 2**31 - 1
DELIMITERS = ",;\t"


class CsvTable:
    """A CSV file. Row 1 is the first after the header; empty lines are not rows."""

    nested = False

    def __init__(self, path: Path) -> None:
        self._path = path
        # The module's own limit of 128 kB would refuse long answers.
        csv.field_size_limit(LONGEST_FIELD)
        with opened(path) as source:
            text = io.TextIOWrapper(source.plain, encoding="utf-8-sig", newline="")
            line = text.readline()
            while line and not line.strip():
                line = text.readline()
        self._delimiter = max(DELIMITERS, key=lambda mark: (line.count(mark), mark == ","))
        self.header = self._header()

    def chunks(self, columns: Sequence[str]) -> Iterator[Chunk]:
        places = [self.header.index(known_column(self, column)) for column in columns]
        pick = itemgetter(*places, places[0])
        width, row = len(self.header), 0
        with opened(self._path) as source:
            text = io.TextIOWrapper(source.plain, encoding="utf-8-sig", newline="")
            reader = csv.reader(text, delimiter=self._delimiter, strict=True)
            self._take(reader, 1)
            while taken := self._take(reader, CHUNK_ROWS):
                numbers = np.arange(row + 1, row + len(taken) + 1)
                row += len(taken)
                broken: dict[str, list[int]] = {}
                if set(map(len, taken)) != {width}:
                    right = np.array([len(cells) == width for cells in taken])
                    broken[f"not {width} fields"] = numbers[~right].tolist()
                    numbers = numbers[right]
                    taken = [cells for cells in taken if len(cells) == width]
                cells = list(zip(*map(pick, taken), strict=True))[:-1] or [()] * len(places)
                yield Chunk(numbers, cells, source.done, broken)

    def _header(self) -> tuple[str, ...]:
        with opened(self._path) as source:
            text = io.TextIOWrapper(source.plain, encoding="utf-8-sig", newline="")
            reader = csv.reader(text, delimiter=self._delimiter, strict=True)
            first = self._take(reader, 1)
        if not first:
            raise VoteFileError(f"{self._path} holds no rows")
        return tuple(name.strip() for name in first[0])

    def _take(self, reader: Iterator[list[str]], count: int) -> list[list[str]]:
        """The next rows that are not empty, none at the end."""
        try:
            while taken := list(islice(reader, count)):
                if all(taken):
                    return taken
                if some := list(filter(None, taken)):
                    return some
        except csv.Error as error:
            line = getattr(reader, "line_num", 0)
            raise VoteFileError(f"{self._path} is not CSV at line {line}: {error}") from None
        return []
