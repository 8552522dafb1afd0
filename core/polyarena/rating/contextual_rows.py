"""Rows of a contextual fit: votes sorted by pair, with covariates, and sums over them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .arrays import Bools, Codes, Floats, Ints, counted, sums
from .bradley_terry import SHARE
from .comparisons import OUTCOMES, Comparisons
from .laplacian import laplacian
from .pair_counts import PairCounts
from .strengths import win_probability

BLOCK = 1 << 14
EVERY = slice(None)
# By outcome, then by whether the model on side a is the lower of the two.
WIN = np.concatenate([1 - SHARE, SHARE])
SIGN = np.repeat([-1.0, 1.0], OUTCOMES)


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """n votes among m models, sorted so that those on one pair lie together.

    `low`, `high`: (k,) models of each pair, low < high; `start`: (k,) where the pair's votes
    begin; `size`: (k,) how many. `win`: (n,) 1, 0 or 1/2 for `low`; `weight`, `square`: (n,);
    `covariates`: (q, n) of `low` minus `high`; `voter`: (n,) or None.
    """

    models: int
    low: Ints
    high: Ints
    start: Ints
    size: Ints
    win: Floats
    weight: Floats
    square: Floats
    covariates: Floats
    voter: Codes | None

    @classmethod
    def of(
        cls, votes: Comparisons | PairCounts, component: Ints, used: Bools, position: bool
    ) -> Rows:
        """Sort the votes inside components whose outcome is used.

        Args:
            component: (m,) labels; used: (4,) by outcome; position: whether the last covariate
                is 1 on side a.
        """
        first, second, outcome, weight, features, voter = _columns(votes)
        models = len(votes.names)
        cell = np.int32 if models**2 <= np.iinfo(np.int32).max else np.int64
        low: Codes = np.minimum(first, second).astype(cell, copy=False)
        high: Codes = np.maximum(first, second).astype(cell, copy=False)
        codes = low * low.dtype.type(models) + high
        kept = None
        if component.any() or not used.all() or weight is not None:
            kept = used[outcome] & (component[first] == component[second])
            kept &= True if weight is None else weight[0] > 0
            codes = codes[kept]
        pairs, row, size = counted(codes, models * models)
        order = np.argsort(row, kind="stable")
        order = order if kept is None else np.flatnonzero(kept)[order]
        kind = (outcome + OUTCOMES * (first < second)).astype(np.int8)[order]
        sign = SIGN[kind]
        covariates = np.empty((features.shape[1] + position, len(order)))
        for begin in range(0, len(order), BLOCK):
            block = slice(begin, begin + BLOCK)
            picked = features.take(order[block], axis=0)
            np.multiply(picked.T, sign[block], out=covariates[: features.shape[1], block])
        if position:
            covariates[-1] = sign
        heavy = [np.ones(len(order))] * 2 if weight is None else weight[:, order]
        return cls(
            models,
            pairs // models,
            pairs % models,
            np.cumsum(size) - size,
            size,
            WIN[kind],
            heavy[0],
            heavy[1],
            covariates,
            None if voter is None else voter[order],
        )

    def thinned(self, step: int) -> Rows:
        """Every `step`-th vote, in the same order."""
        begin, end = (-(-edge // step) for edge in (self.start, self.start + self.size))
        size = end - begin
        met = size > 0
        picked = slice(None, None, step)
        return Rows(
            self.models,
            self.low[met],
            self.high[met],
            begin[met],
            size[met],
            self.win[picked].copy(),
            self.weight[picked].copy(),
            self.square[picked].copy(),
            self.covariates[:, picked].copy(),
            None,
        )

    def chance(self, point: Floats, pairs: slice = EVERY, votes: slice = EVERY) -> Floats:
        """(n,) chances that `low` wins, at (m + q,) strengths and effects; those of a block."""
        gap = point[self.low[pairs]] - point[self.high[pairs]]
        odds = np.repeat(gap, self.size[pairs])
        odds += point[self.models :] @ self.covariates[:, votes]
        return win_probability(odds)

    def slope(self, point: Floats) -> Floats:
        """(m + q,) slope of the log-likelihood."""
        return self._slope(point, None)

    def slope_and_information(self, point: Floats) -> tuple[Floats, Floats]:
        """(m + q,) slope of the log-likelihood, and its (m + q, m + q) information."""
        sums_of = PairSums.empty(self)
        return self._slope(point, sums_of), sums_of.gram(self)

    def _slope(self, point: Floats, information: PairSums | None) -> Floats:
        pair = np.empty(len(self.size))
        effects = np.zeros(len(self.covariates))
        for pairs, votes in self.blocks():
            chance = self.chance(point, pairs, votes)
            surplus = self.weight[votes] * (self.win[votes] - chance)
            pair[pairs] = np.add.reduceat(surplus, self.start[pairs] - votes.start)
            effects += self.covariates[:, votes] @ surplus
            if information is not None:
                weight = self.weight[votes] * chance * (1 - chance)
                information.add(self, pairs, votes, weight)
        strengths = sums(self.low, pair, self.models) - sums(self.high, pair, self.models)
        return np.concatenate([strengths, effects])

    def information_and_scatter(self, point: Floats) -> tuple[Floats, Floats]:
        """(m + q, m + q) information, and sum over votes of s sᵀ, s being a vote's slope."""
        information, scatter = PairSums.empty(self), PairSums.empty(self)
        for pairs, votes in self.blocks():
            chance = self.chance(point, pairs, votes)
            information.add(self, pairs, votes, self.weight[votes] * chance * (1 - chance))
            scatter.add(self, pairs, votes, self.square[votes] * (self.win[votes] - chance) ** 2)
        return information.gram(self), scatter.gram(self)

    def blocks(self) -> Iterator[tuple[slice, slice]]:
        """Runs of pairs, and their votes, few enough for sums over them to stay in the cache."""
        ends = self.start + self.size
        cuts = np.searchsorted(ends, np.arange(BLOCK, len(self.win), BLOCK))
        edges = np.unique(np.concatenate([[0], cuts, [len(ends)]]))
        for low, high in pairwise(edges.tolist()):
            yield slice(low, high), slice(int(self.start[low]), int(ends[high - 1]))


@dataclass(frozen=True, slots=True, eq=False)
class PairSums:
    """Sums by pair of k pairs: `edge` (k,) of weights, `cross` (q, k) of weighted covariates,
    `own` (q, q) of their products."""

    edge: Floats
    cross: Floats
    own: Floats

    @classmethod
    def empty(cls, rows: Rows) -> PairSums:
        count, pairs = len(rows.covariates), len(rows.size)
        return cls(np.empty(pairs), np.empty((count, pairs)), np.zeros((count, count)))

    def add(self, rows: Rows, pairs: slice, votes: slice, weight: Floats) -> None:
        """Add up a block of votes that weigh `weight`."""
        start = rows.start[pairs] - votes.start
        self.edge[pairs] = np.add.reduceat(weight, start)
        covariates = rows.covariates[:, votes]
        scaled = covariates * weight
        for j, column in enumerate(scaled):
            self.cross[j, pairs] = np.add.reduceat(column, start)
        self.own[:] += scaled @ covariates.T

    def gram(self, rows: Rows) -> Floats:
        """(m + q, m + q) sum over votes of weight times z zᵀ, where z is a vote's design."""
        models, count = rows.models, len(self.own)
        total = np.zeros((models + count, models + count))
        total[:models, :models] = laplacian(models, rows.low, rows.high, self.edge)
        for j, pair in enumerate(self.cross, start=models):
            column = sums(rows.low, pair, models) - sums(rows.high, pair, models)
            total[:models, j] = total[j, :models] = column
        total[models:, models:] = self.own
        return total


def _columns(
    votes: Comparisons | PairCounts,
) -> tuple[Codes, Codes, Codes, Floats | None, Floats, Codes | None]:
    """First, second, outcome, (2, n) weight and its square, (n, q) features and voter of rows."""
    if isinstance(votes, PairCounts):
        row, outcome = np.divmod(np.flatnonzero(votes.votes), OUTCOMES)
        heavy = np.stack([votes.weight[row, outcome], votes.square[row, outcome]])
        none = np.empty((len(row), 0))
        return votes.first[row], votes.second[row], outcome, heavy, none, None
    weight = None if votes.weight is None else np.stack([votes.weight, votes.weight**2])
    features = np.empty((len(votes), 0)) if votes.features is None else votes.features
    return votes.first, votes.second, votes.outcome, weight, features, votes.voter
