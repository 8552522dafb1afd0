"""Pair counts: votes added up by pair, side and outcome; all that most estimators need."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from .arrays import DENSE_CELLS, Bools, Codes, Floats, Ints, across, group, sums
from .columns import encode
from .comparisons import BY_LABEL, MIRRORED, OUTCOMES, Comparisons
from .errors import ComparisonError

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, eq=False)
class PairCounts:
    """How often each outcome was voted for each ordered pair of models that met.

    `first`, `second`: (k,) places in `names` of side a and side b, no pair twice; `votes`: (k, 4)
    numbers of votes by `Outcome`; `weight`: (k, 4) sums of the votes' weights; `square`: (k, 4)
    sums of their squared weights. Without weights the three hold the same numbers.
    """

    names: tuple[str, ...]
    first: Ints
    second: Ints
    votes: Ints
    weight: Floats
    square: Floats

    def __len__(self) -> int:
        return len(self.first)

    @property
    def total(self) -> int:
        """How many votes were counted."""
        return int(self.votes.sum())

    @classmethod
    def of(cls, comparisons: Comparisons | PairCounts) -> PairCounts:
        """Count comparisons in one pass; counts are handed back as they are."""
        if isinstance(comparisons, PairCounts):
            return comparisons
        models = len(comparisons.names)
        cells = models * models * OUTCOMES
        if cells > max(DENSE_CELLS, 4 * len(comparisons)):
            return cls._sparse(comparisons)
        weight = comparisons.weight
        votes = np.zeros(cells, dtype=np.int64)
        weighed = None if weight is None else (np.zeros(cells), np.zeros(cells))
        for start in range(0, len(comparisons), CHUNK):
            part = slice(start, start + CHUNK)
            codes = _cell_codes(comparisons, part)
            votes += np.bincount(codes, minlength=cells)
            if weight is not None and weighed is not None:
                weighed[0][:] += sums(codes, weight[part], cells)
                weighed[1][:] += sums(codes, weight[part] ** 2, cells)
        table = votes.reshape(-1, OUTCOMES)
        met = np.flatnonzero(table.any(axis=1))
        counts = table[met]
        first, second = met // models, met % models
        if weighed is None:
            floats = counts.astype(np.float64)
            return cls(comparisons.names, first, second, counts, floats, floats)
        total, square = (part.reshape(table.shape)[met] for part in weighed)
        return cls(comparisons.names, first, second, counts, total, square)

    @classmethod
    def from_counts(
        cls,
        rows: Iterable[tuple[str, str, str | int, int]],
        names: Sequence[str] | None = None,
    ) -> PairCounts:
        """Make pair counts of rows (model on side a, model on side b, outcome, how many votes).

        Rows may repeat a pair and an outcome, in any order; `names` lists the models and their
        order, by default those met, sorted. Outcomes are ballot labels or codes of `Outcome`.

        Raises:
            ComparisonError: no votes, an unknown name or outcome, a model against itself, or a
                count that is not a whole number of votes.
        """
        table = list(rows)
        if not table:
            raise ComparisonError("there are no comparisons")
        left, right, outcomes, numbers = map(list, zip(*table, strict=True))
        if names is None:
            names = sorted(set(left) | set(right))
        index = {name: place for place, name in enumerate(names)}
        known = BY_LABEL | {code: code for code in range(OUTCOMES)}
        counts = np.asarray(numbers, dtype=np.float64)
        bad = ~((counts >= 0) & (counts == np.floor(counts)) & np.isfinite(counts))
        if bad.any():
            raise ComparisonError.at("a count is not a whole number of votes", bad)
        cells = Comparisons(
            tuple(names),
            encode(left, index, "a model that is not in the list"),
            encode(right, index, "a model that is not in the list"),
            encode(outcomes, known, "not an outcome"),
        )
        return cls._tabulated(cells, counts.astype(np.int64))

    def merged(self, other: PairCounts) -> PairCounts:
        """The votes of both, on the models of both; those of `self` keep their places."""
        names = (*self.names, *(name for name in other.names if name not in self.names))
        index = {name: place for place, name in enumerate(names)}
        moved = np.array([index[name] for name in other.names], dtype=np.int64)
        first = np.concatenate([self.first, moved[other.first]])
        second = np.concatenate([self.second, moved[other.second]])
        models = len(names)
        pairs, row = group(first * models + second, models * models)

        def add(table: NDArray[Any]) -> Floats:
            return np.stack([sums(row, column, len(pairs)) for column in table.T], axis=1)

        votes, weight, square = (
            add(np.concatenate([getattr(self, field), getattr(other, field)]).astype(np.float64))
            for field in ("votes", "weight", "square")
        )
        low, high = pairs // models, pairs % models
        return PairCounts(names, low, high, votes.astype(np.int64), weight, square)

    def reweighted(self, weight: Floats) -> Self:
        """The same votes, those of row `i` (or cell `i, o`) weighing `weight[i]` each."""
        each = np.broadcast_to(weight.reshape(len(self), -1), self.votes.shape)
        return replace(self, weight=self.votes * each, square=self.votes * each**2)

    def folded(self) -> Self:
        """The same votes without regard to sides: one row a pair, `first` < `second`."""
        models = len(self.names)
        codes = self.first * models + self.second
        turned = self.first > self.second
        if not turned.any() and (np.diff(codes) > 0).all():
            return self
        low = np.minimum(self.first, self.second)
        high = np.maximum(self.first, self.second)
        pairs, row = group(low * models + high, models * models)
        outcome = np.where(turned[:, None], MIRRORED, range(OUTCOMES))
        cell = (row[:, None] * OUTCOMES + outcome).ravel()

        def fold(table: Floats) -> Floats:
            return sums(cell, table.ravel(), len(pairs) * OUTCOMES).reshape(-1, OUTCOMES)

        weight = fold(self.weight)
        return type(self)(
            self.names,
            pairs // models,
            pairs % models,
            fold(self.votes.astype(np.float64)).astype(np.int64),
            weight,
            weight if self.square is self.weight else fold(self.square),
        )

    def keeping(self, outcomes: Bools) -> Self:
        """The same pairs with only the votes whose outcome is set in (4,) `outcomes`."""
        weight = self.weight * outcomes
        square = weight if self.square is self.weight else self.square * outcomes
        return replace(self, votes=self.votes * outcomes, weight=weight, square=square)

    def both_bad_as_ties(self) -> Self:
        """The same votes with every both-bad counted as a tie."""

        def merge(table: NDArray[Any]) -> NDArray[Any]:
            return np.column_stack([table[:, :2], table[:, 2] + table[:, 3], 0 * table[:, 3]])

        weight = merge(self.weight)
        square = weight if self.square is self.weight else merge(self.square)
        return replace(self, votes=merge(self.votes), weight=weight, square=square)

    def model_votes(self) -> Ints:
        """(m,) how many votes each model took part in."""
        each = across(self.votes)
        models = len(self.names)
        both = sums(self.first, each, models) + sums(self.second, each, models)
        return both.astype(np.int64)

    @classmethod
    def _sparse(cls, comparisons: Comparisons) -> PairCounts:
        return cls._tabulated(comparisons, np.ones(len(comparisons), dtype=np.int64))

    @classmethod
    def _tabulated(cls, cells: Comparisons, counts: Ints) -> PairCounts:
        models = len(cells.names)
        codes = cells.first.astype(np.int64) * models + cells.second
        pairs, row = group(codes, models * models)
        place = row * OUTCOMES + cells.outcome
        size = len(pairs) * OUTCOMES
        votes = sums(place, counts.astype(np.float64), size).astype(np.int64).reshape(-1, OUTCOMES)
        if not votes.any():
            raise ComparisonError("there are no comparisons")
        weight = sums(place, counts * cells.weights, size).reshape(-1, OUTCOMES)
        square = sums(place, counts * cells.weights**2, size).reshape(-1, OUTCOMES)
        return cls(cells.names, pairs // models, pairs % models, votes, weight, square)


def _cell_codes(comparisons: Comparisons, part: slice) -> Codes:
    codes = comparisons.first[part].astype(np.int64)
    codes *= len(comparisons.names)
    codes += comparisons.second[part]
    codes *= OUTCOMES
    codes += comparisons.outcome[part]
    return codes
