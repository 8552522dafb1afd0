"""One pass over a file: the columns of votes as arrays of codes, with rows filtered out gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .attached import OBJECTS, as_texts
from .cells import Codebook, numbers
from .columns import Columns
from .errors import VoteFileError
from .faults import Faults
from .features import Feature
from .table import Chunk, Table, known_column
from .winners import is_set

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Condition:
    """A column and the texts, in lower case, one of which it must hold."""

    column: str
    texts: frozenset[str]


@dataclass(slots=True)
class Gathered:
    """Votes as read, (n,) each: row numbers, codes by codebook, features by side, propensities."""

    models: Codebook
    winner: list[Codebook]
    equal: Codebook | None
    voter: Codebook | None
    category: Codebook | None
    strata: Codebook | None
    aspects: dict[str, Codebook]
    attached: dict[str, Codebook]
    row: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    codes: dict[str, NDArray[np.int32]] = field(default_factory=dict)
    features: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)))
    propensity: NDArray[np.float64] | None = None
    excluded: int = 0
    filtered: int = 0


def aspect_key(name: str) -> str:
    """What the codes of an aspect's column are gathered under."""
    return f"aspect {name}"


def attached_key(name: str) -> str:
    """What the codes of a column that stands beside a vote are gathered under."""
    return f"attached {name}"


OBJECT_KEYS = frozenset(map(attached_key, OBJECTS))


class Gathering:
    """Reads a table into `Gathered`."""

    def __init__(
        self,
        table: Table,
        columns: Columns,
        conditions: Sequence[Condition],
        category: str | None,
        features: Sequence[Feature],
        aspects: Mapping[str, str],
        attached: Mapping[str, str],
    ) -> None:
        self._table = table
        self._conditions = conditions
        self._filters = [Codebook(condition.column) for condition in conditions]
        self._excluded = Codebook(columns.excluded) if columns.excluded else None
        self._numbers = [side for one in features for side in (one.a, one.b)]
        self._propensity = columns.propensity is not None
        if columns.propensity is not None:
            self._numbers.append(columns.propensity)
        books = [Codebook(name) for name in columns.winner]
        self.gathered = Gathered(
            models=Codebook(columns.a),
            winner=books,
            equal=Codebook(columns.equal) if columns.equal else None,
            voter=Codebook(columns.voter) if columns.voter else None,
            category=Codebook(known_column(table, category)) if category else None,
            strata=Codebook(columns.strata) if columns.strata else None,
            aspects={name: Codebook(column) for name, column in aspects.items()},
            attached={name: Codebook(column) for name, column in attached.items()},
        )
        self._books: dict[str, tuple[str, Codebook]] = {
            "a": (columns.a, self.gathered.models),
            "b": (columns.b, self.gathered.models),
        }
        for place, book in enumerate(books):
            self._books[f"winner{place}"] = (book.column, book)
        for name in ("equal", "voter", "category", "strata"):
            found: Codebook | None = getattr(self.gathered, name)
            if found is not None:
                self._books[name] = (found.column, found)
        for name, book in self.gathered.aspects.items():
            self._books[aspect_key(name)] = (book.column, book)
        for name, book in self.gathered.attached.items():
            self._books[attached_key(name)] = (book.column, book)

    def read(self, faults: Faults, progress: Progress | None = None) -> Gathered:
        """Read every row; rows that are none go to `faults`."""
        names = [name for name, _ in self._books.values()] + self._numbers
        books = [*self._filters, *([] if self._excluded is None else [self._excluded])]
        names += [known_column(self._table, book.column) for book in books]
        parts: list[tuple[NDArray[np.int64], list[NDArray[Any]]]] = []
        for chunk in self._table.chunks(names):
            for kind, rows in chunk.broken.items():
                faults.add(kind, rows)
            parts.append(self._part(chunk))
            if progress is not None:
                progress(chunk.done)
        self._join(parts)
        return self.gathered

    def _part(self, chunk: Chunk) -> tuple[NDArray[np.int64], list[NDArray[Any]]]:
        cells = list(chunk.cells)
        coded, measured = len(self._books), len(self._numbers)
        kept = self._kept(len(chunk.rows), cells[coded + measured :])
        columns: list[NDArray[Any]] = [
            book.codes(as_texts(column) if key in OBJECT_KEYS else column)[kept]
            for (key, (_, book)), column in zip(self._books.items(), cells[:coded], strict=True)
        ]
        columns += [numbers(column)[kept] for column in cells[coded : coded + measured]]
        return chunk.rows[kept], columns

    def _kept(self, count: int, cells: Sequence[Sequence[Any]]) -> NDArray[np.bool_]:
        kept = np.ones(count, dtype=np.bool_)
        for condition, book, column in zip(self._conditions, self._filters, cells, strict=False):
            codes = book.codes(column)
            texts = condition.texts
            kept &= book.where(lambda met, texts=texts: met.casefold() in texts)[codes]
        self.gathered.filtered += count - int(kept.sum())
        if self._excluded is not None:
            codes = self._excluded.codes(cells[-1])
            counted = self._excluded.empty() | (is_set(self._excluded) == 0)
            self.gathered.excluded += int((kept & ~counted[codes]).sum())
            kept &= counted[codes]
        return kept

    def _join(self, parts: list[tuple[NDArray[np.int64], list[NDArray[Any]]]]) -> None:
        gathered = self.gathered
        if not parts or not sum(len(rows) for rows, _ in parts):
            raise VoteFileError(self._why_none())
        gathered.row = np.concatenate([rows for rows, _ in parts])
        columns = [np.concatenate(column) for column in zip(*(c for _, c in parts), strict=True)]
        coded = len(self._books)
        gathered.codes = dict(zip(self._books, columns[:coded], strict=True))
        measured = columns[coded:]
        if self._propensity:
            gathered.propensity = measured.pop()
        if measured:
            gathered.features = np.column_stack(measured)

    def _why_none(self) -> str:
        for condition, book in zip(self._conditions, self._filters, strict=True):
            if not book.where(lambda met, texts=condition.texts: met.casefold() in texts).any():
                some = ", ".join(map(repr, sorted(book.texts)[:8]))
                more = f"; it has {some}" if some else ""
                return f"no row has {condition.column} as asked for{more}"
        return "no votes are left by the filters" if self.gathered.filtered else "there are no rows"
