"""JSON: one object a line, or one list of objects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from .cells import dig
from .errors import VoteFileError
from .source import opened
from .table import Chunk, known_column, split

CHUNK_BYTES = 1 << 23
NO_OBJECT = "not a JSON object"


class JsonTable:
    """A file of JSON objects. Row 1 is the first; empty lines are not rows."""

    nested = True

    def __init__(self, path: Path) -> None:
        self._path = path
        records, _ = next(self._records(), ([], 0.0))
        names: dict[str, None] = {}
        for record in records:
            names |= dict.fromkeys(record or ())
        self.header = tuple(names)
        if not names:
            raise VoteFileError(f"{path} holds no JSON objects")

    def chunks(self, columns: Sequence[str]) -> Iterator[Chunk]:
        paths = [split(self, known_column(self, column)) for column in columns]
        row = 0
        for records, done in self._records():
            numbers = np.arange(row + 1, row + len(records) + 1)
            row += len(records)
            fine = [record for record in records if record is not None]
            broken: dict[str, list[int]] = {}
            if len(fine) < len(records):
                right = np.array([record is not None for record in records])
                broken[NO_OBJECT] = numbers[~right].tolist()
                numbers = numbers[right]
            yield Chunk(numbers, [_column(fine, *path) for path in paths], done, broken)

    def _records(self) -> Iterator[tuple[list[dict[str, Any] | None], float]]:
        with opened(self._path) as source:
            lines = source.plain.readlines(CHUNK_BYTES)
            if lines and lines[0].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"[":
                yield self._list(b"".join(lines) + source.plain.read()), 1.0
                return
            while lines:
                stripped = (line.strip(b"\xef\xbb\xbf \t\r\n") for line in lines)
                yield [_object(line) for line in stripped if line], source.done
                lines = source.plain.readlines(CHUNK_BYTES)

    def _list(self, data: bytes) -> list[dict[str, Any] | None]:
        try:
            items = _load(data.removeprefix(b"\xef\xbb\xbf"))
        except ValueError as error:
            raise VoteFileError(f"{self._path} is not JSON: {error}") from None
        return [item if isinstance(item, dict) else None for item in items]


def _column(records: Sequence[dict[str, Any] | None], name: str, path: str | None) -> list[Any]:
    cells = [record.get(name) for record in records if record is not None]
    return cells if path is None else [dig(cell, path) for cell in cells]


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        item = _load(line)
    except ValueError:
        return None
    return item if isinstance(item, dict) else None


def _load(data: bytes) -> Any:
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError:
        # Python writes NaN, which is not JSON; its own reader takes it.
        return json.loads(data)
