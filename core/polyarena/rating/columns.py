"""Columns of names and labels, turned into integer codes part by part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from itertools import count
from typing import Any, Protocol

import numpy as np

from .arrays import Codes
from .errors import ComparisonError

PART = 1 << 14
SHORT_CODES = 1 << 15


class Column(Protocol):
    """One cell a vote: a list, a numpy array, an Arrow array, or what else can be sliced."""

    def __len__(self) -> int: ...

    def __iter__(self) -> Iterator[Any]: ...

    def __getitem__(self, rows: slice, /) -> Any: ...


def encode(column: Column, index: dict[Any, int], complaint: str) -> Codes:
    """(n,) numbers of the cells by `index`, in 16 bits where they fit.

    Raises:
        ComparisonError: a cell that is not in the index, with its rows.
    """
    try:
        return _looked_up(column, index)
    except (KeyError, TypeError):
        cells = plain(column)
        bad = np.array([not isinstance(v, Hashable) or v not in index for v in cells])
        example = cells[int(np.flatnonzero(bad)[0])]
        raise ComparisonError.at(f"{complaint}: {example!r}", bad) from None


def named(*sides: Column) -> tuple[list[str], list[Codes]]:
    """The names met, sorted, and the places of (n,) names among them, side by side.

    Raises:
        ComparisonError: a name that is not text, with its rows.
    """
    index: defaultdict[Any, int] = defaultdict(count().__next__)
    met = [_looked_up(side, index) for side in sides]
    for name, number in index.items():
        if not isinstance(name, str):
            rows = next(rows for rows in (codes == number for codes in met) if rows.any())
            raise ComparisonError.at(f"not the name of a model: {name!r}", rows)
    names = sorted(index)
    place = np.empty(len(names), dtype=_kind(len(names)))
    place[[index[name] for name in names]] = np.arange(len(names))
    return names, [place[codes] for codes in met]


def plain(cells: Iterable[Any]) -> list[Any]:
    """The cells as Python objects."""
    if isinstance(cells, list):
        return cells
    for listing in ("tolist", "to_pylist"):
        if hasattr(cells, listing):
            return list(getattr(cells, listing)())
    return list(cells)


def _looked_up(column: Column, index: dict[Any, int]) -> Codes:
    codes: Codes = np.empty(len(column), dtype=_kind(len(index)))
    # A list is walked through once; slices of it would cost a tenth more.
    walk = map(index.__getitem__, column) if isinstance(column, list) else None
    for start in range(0, len(column), PART):
        rows = slice(start, min(start + PART, len(column)))
        part = _part(column[rows], index) if walk is None else _taken(walk, rows.stop - start)
        codes = codes.astype(_kind(len(index)), copy=False)
        codes[rows] = part
    return codes


def _part(cells: Any, index: dict[Any, int]) -> Codes:
    if not hasattr(cells, "dictionary_encode") or cells.null_count:
        return _taken(map(index.__getitem__, plain(cells)), len(cells))
    whole = cells.combine_chunks() if hasattr(cells, "combine_chunks") else cells
    coded = whole.dictionary_encode()
    places = _part(coded.dictionary.to_pylist(), index)
    return np.asarray(places[coded.indices.to_numpy()])


def _taken(walk: Iterator[int], size: int) -> Codes:
    return np.fromiter(walk, np.int32, size)


def _kind(size: int) -> type[np.int16 | np.int32]:
    return np.int16 if size <= SHORT_CODES else np.int32
