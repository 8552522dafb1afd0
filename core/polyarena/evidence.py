"""What arenas found out about the answers of votes, by column of the leaderboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

Aggregates = Mapping[str, str]
NOTHING = (np.nan, np.nan)
SPARE = 1.25


class Evidence:
    """Values of both sides of votes, by row of the votes; NaN where nothing is known.

    A column that is a share has true and false alone, in 2 bytes each, and any other column
    numbers alone, in 8. Columns are named by `Aggregates`: `share`, `median` or `mean` by id.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[str, bool], NDArray[np.floating[Any]]] = {}
        self._upto: dict[tuple[str, bool], int] = {}

    def start(self, wanted: Aggregates, upto: int) -> int | None:
        """The key after which votes up to `upto` must still be read, None if all have been."""
        behind = (self._upto.get(_key(*one), 0) for one in wanted.items())
        return min((after for after in behind if after < upto), default=None)

    def add(
        self,
        wanted: Aggregates,
        rows: NDArray[np.int64],
        texts: Sequence[str],
        votes: int,
        span: tuple[int, int],
    ) -> None:
        """Take in the JSON of evidence of these rows, of `votes` that there are.

        They are all that have evidence with keys in `span` (above the first, up to the second);
        columns that were read up to another key are left as they are.
        """
        after, upto = span
        read = [orjson.loads(text) for text in texts]
        for key in {_key(*one) for one in wanted.items()}:
            if self._upto.get(key, 0) != after:
                continue
            self._upto[key] = upto
            name, truth = key
            held = self._held[key] = _grown(self._held.get(key), truth, votes)
            held[rows] = np.array([_pair(told.get(name), truth) for told in read]).reshape(-1, 2)

    def figures(
        self, wanted: Aggregates, rows: NDArray[np.int64], sides: NDArray[np.int32], groups: int
    ) -> dict[str, NDArray[np.float64]]:
        """By column, what the values in these rows come to in each group; NaN without any.

        `sides` (n, 2) are the groups, below `groups`, that the values of these rows belong to.
        """
        return {
            name: aggregated(self._held[_key(name, how)][rows], sides, groups, how == "median")
            for name, how in wanted.items()
        }


def aggregated(
    values: NDArray[np.floating[Any]], groups: NDArray[np.int32], number: int, median: bool
) -> NDArray[np.float64]:
    """(number,) the median or the mean of the values of each group, leaving out NaN."""
    known = ~np.isnan(values)
    kept, group = values[known].astype(np.float64), groups[known]
    counts = np.bincount(group, minlength=number)
    some = np.flatnonzero(counts)
    found = np.full(number, np.nan)
    if not median:
        sums = np.bincount(group, weights=kept, minlength=number)
        found[some] = sums[some] / counts[some]
        return found
    # Numbers of 16 bits are sorted by radix, ten times as fast as values within groups are.
    order = np.argsort(group.astype(np.min_scalar_type(number)), kind="stable")
    parts = np.split(kept[order], np.cumsum(counts)[:-1])
    found[some] = [_median(parts[one]) for one in some]
    return found


def _median(values: NDArray[np.float64]) -> float:
    low, high = (len(values) - 1) // 2, len(values) // 2
    parted = np.partition(values, (low, high))
    # Halves first: the sum of two large numbers may be beyond what a number can be.
    return float(parted[low] / 2 + parted[high] / 2)


def _key(name: str, how: str) -> tuple[str, bool]:
    return name, how == "share"


def _pair(pair: Any, truth: bool) -> tuple[float, float]:
    if pair is None:
        return NOTHING
    kinds: tuple[type, ...] = (bool,) if truth else (int, float)
    # A truth value is an int too, but says no number.
    a, b = (float(one) if type(one) in kinds else np.nan for one in pair)
    return a, b


def _grown(
    held: NDArray[np.floating[Any]] | None, truth: bool, votes: int
) -> NDArray[np.floating[Any]]:
    """A column with room for this many votes, and for some more if it had to grow."""
    if held is not None and len(held) >= votes:
        return held
    size = votes if held is None else int(votes * SPARE)
    grown = np.full((size, 2), np.nan, dtype=np.float16 if truth else np.float64)
    if held is not None:
        grown[: len(held)] = held
    return grown
