"""Votes as records in a file: CSV, JSON lines or Parquet."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

import orjson

from ..errors import BadRequest

LIST_SEPARATOR = ";"
BATCH = 10_000
LISTS = frozenset({"categories", "reasons"})
TRUTHS = frozenset({"expert"})
OBJECTS = ("evidence", "flags")
INTEGERS = frozenset({"seq", "turns"})

Cells = Mapping[str, object]
Write = Callable[[Cells], None]


class Format(StrEnum):
    """How votes are written."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"


@contextmanager
def vote_writer(
    output: Path | None, format: Format, columns: Sequence[str], numbers: Sequence[str]
) -> Iterator[Write]:
    """What writes one record after the other; text goes to the screen if there is no file.

    Those of the columns that are among `numbers` hold numbers or nothing.

    Raises:
        BadRequest: the file cannot be written.
    """
    if format is Format.PARQUET:
        assert output is not None
        with _parquet(output, columns, numbers) as write:
            yield write
        return
    with opened(output) as out:
        if format is Format.JSONL:
            yield lambda cells: _print(out, orjson.dumps(cells).decode())
        else:
            writer = csv.DictWriter(out, columns, lineterminator="\n")
            writer.writeheader()
            yield lambda cells: _row(writer, cells)


@contextmanager
def opened(output: Path | None) -> Iterator[TextIO]:
    """A file to write text to, or the screen.

    Raises:
        BadRequest: it cannot be written.
    """
    if output is None:
        yield sys.stdout
        return
    with _named(output), output.open("w", newline="", encoding="utf-8") as file:
        yield file


@contextmanager
def _parquet(output: Path, columns: Sequence[str], numbers: Sequence[str]) -> Iterator[Write]:
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        needed = "writing Parquet needs pyarrow: pip install 'polyarena[parquet]'"
        raise BadRequest(needed) from None
    schema = arrow.schema([(name, _type(arrow, name, numbers)) for name in columns])
    rows: list[dict[str, object]] = []

    def write(cells: Cells) -> None:
        rows.append({**cells, **{name: _json(cells[name]) for name in OBJECTS}})
        if len(rows) == BATCH:
            flush()

    def flush() -> None:
        file.write_batch(arrow.RecordBatch.from_pylist(rows, schema))
        rows.clear()

    with _named(output), parquet.ParquetWriter(output, schema) as file:
        yield write
        flush()


def _type(arrow: Any, name: str, numbers: Sequence[str]) -> Any:
    if name in LISTS:
        return arrow.list_(arrow.string())
    if name in TRUTHS:
        return arrow.bool_()
    if name in INTEGERS:
        return arrow.int64()
    return arrow.float64() if name in numbers else arrow.string()


def _print(out: TextIO, line: str) -> None:
    out.write(line + "\n")


def _row(writer: csv.DictWriter[str], cells: Cells) -> None:
    writer.writerow({name: _cell(value) for name, value in cells.items()})


def _cell(value: object) -> object:
    if isinstance(value, Mapping):
        return _json(value)
    return LIST_SEPARATOR.join(value) if isinstance(value, tuple) else value


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


@contextmanager
def _named(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadRequest(f"{output} cannot be written: {error.strerror}") from None
