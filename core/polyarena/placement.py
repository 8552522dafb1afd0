"""Which of a tally's votes are in which category, now and as of earlier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_NONE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a later classification says of the vote of the key `vote`; `seq` is its own key."""

    seq: int
    vote: int
    categories: frozenset[str]


class Placement:
    """Rows of votes by category; each correction puts rows in or takes them out.

    `corrected` is the key of the newest correction, 0 without any.
    """

    def __init__(self) -> None:
        self.corrected = 0
        self._rows: dict[str, NDArray[np.int64]] = {}
        self._moved: dict[str, list[tuple[NDArray[np.int64], NDArray[np.int64]]]] = {}

    @property
    def categories(self) -> tuple[str, ...]:
        """Every category that has or had a row."""
        return tuple(self._rows)

    def add(self, category: str, rows: NDArray[np.int64]) -> None:
        """Put rows in a category, all of them above those it has."""
        self._rows[category] = np.concatenate([self._rows.get(category, _NONE), rows])

    def correct(self, found: Sequence[Correction], rows: NDArray[np.int64]) -> None:
        """Take in corrections in the order of their keys, each of the vote in its row."""
        first = 0
        while first < len(found):
            # A row may be corrected again in the same batch; then the batch ends before.
            met, last = set[int](), first
            while last < len(found) and int(rows[last]) not in met:
                met.add(int(rows[last]))
                last += 1
            self._correct(found[first:last], rows[first:last])
            first = last

    def _correct(self, found: Sequence[Correction], rows: NDArray[np.int64]) -> None:
        seqs = np.array([one.seq for one in found])
        for category in sorted({*self._rows}.union(*(one.categories for one in found))):
            held = self._rows.get(category, _NONE)
            due = np.array([category in one.categories for one in found])
            moved = due != np.isin(rows, held)
            if moved.any():
                self._rows[category] = np.setxor1d(held, rows[moved])
                self._moved.setdefault(category, []).append((seqs[moved], rows[moved]))
        self.corrected = int(seqs[-1])

    def rows(self, category: str, known: int | None = None) -> NDArray[np.int64]:
        """A category's rows, ascending; as of the correction with the key `known`, if given."""
        rows = self._rows.get(category, _NONE)
        if known is None or known >= self.corrected:
            return rows
        for seqs, moved in self._moved.get(category, ()):
            # A move is undone by making it again, whichever way it went.
            rows = np.setxor1d(rows, moved[seqs > known])
        return rows
