"""CSV files that a program made, as tables to look at."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

from polyarena import Table
from polyarena.sandbox import OutputFile

ROWS = 20
COLUMNS = 12
CELL = 100
TABLES = 3
READ_BYTES = 100_000
_SEPARATORS = {".csv": ",", ".tsv": "\t"}


def tables_of(files: Iterable[OutputFile]) -> tuple[Table, ...]:
    """The beginnings of the first few files that hold a table; the files themselves stay whole."""
    found = (table for file in files if (table := _table(file)) is not None)
    return tuple(islice(found, TABLES))


def _table(file: OutputFile) -> Table | None:
    separator = _SEPARATORS.get(file.name[-4:].lower())
    if separator is None:
        return None
    text = file.data[:READ_BYTES].decode("utf-8-sig", "replace").replace("\x00", "\ufffd")
    if separator == "," and text.partition("\n")[0].count(";") > text.partition("\n")[0].count(","):
        separator = ";"
    read = _rows(text, separator)
    rows = list(islice(read, ROWS + 2))
    if len(rows) < 2 or max(map(len, rows)) < 1:
        return None
    width = min(len(rows[0]), COLUMNS)
    cells = [tuple(_cell(row, n) for n in range(width)) for row in rows[: ROWS + 1]]
    cut = len(rows) > ROWS + 1 or len(rows[0]) > COLUMNS or len(file.data) > READ_BYTES
    caption = f"{file.name}: its beginning" if cut else file.name
    return Table(header=cells[0], rows=tuple(cells[1:]), caption=caption)


def _rows(text: str, separator: str) -> Iterator[list[str]]:
    try:
        yield from (row for row in csv.reader(io.StringIO(text), delimiter=separator) if row)
    except csv.Error:
        return


def _cell(row: list[str], number: int) -> str:
    text = row[number] if number < len(row) else ""
    return text if len(text) <= CELL else text[: CELL - 1] + "…"
