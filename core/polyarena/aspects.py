"""What votes say of their ballot's aspects, by row of the votes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import orjson
from numpy.typing import NDArray

UNSAID = -1


class Aspects:
    """The outcome of every vote by aspect, `UNSAID` where the voter said nothing of it."""

    def __init__(self, outcomes: Mapping[str, int]) -> None:
        self._outcomes = outcomes
        self._held: dict[str, NDArray[np.int8]] = {}

    def add(self, rows: NDArray[np.int64], texts: Sequence[str], votes: int) -> None:
        """Take in the JSON of choices by aspect of these rows, of `votes` that there are."""
        for name, held in self._held.items():
            self._held[name] = _padded(held, votes)
        for row, text in zip(rows.tolist(), texts, strict=True):
            for name, choice in orjson.loads(text).items():
                if name not in self._held:
                    self._held[name] = _padded(np.empty(0, dtype=np.int8), votes)
                self._held[name][row] = self._outcomes[choice]

    def outcomes(self, name: str, rows: NDArray[np.int64]) -> NDArray[np.int8]:
        """(n,) outcomes of these rows' votes by an aspect."""
        held = self._held.get(name, np.empty(0, dtype=np.int8))
        known = rows < len(held)
        found = np.full(len(rows), UNSAID, dtype=np.int8)
        found[known] = held[rows[known]]
        return found


def _padded(held: NDArray[np.int8], size: int) -> NDArray[np.int8]:
    more = np.full(size - len(held), UNSAID, dtype=np.int8)
    return np.concatenate([held, more])
