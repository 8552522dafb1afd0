"""Rows of a contextual fit: votes sorted by pair, with covariates, and sums over them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import Bools, Codes, Floats, Ints, group, sums
from .bradley_terry import SHARE
from .comparisons import OUTCOMES, Comparisons
from .pair_counts import PairCounts
from .strengths import softplus, win_probability


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
        first, second, outcome, weight, square, features, voter = _columns(votes)
        kept = used[outcome] & (component[first] == component[second]) & (weight > 0)
        models = len(votes.names)
        low, high = np.minimum(first, second), np.maximum(first, second)
        codes = low.astype(np.int64) * models + high
        if not kept.all():
            codes = codes[kept]
        pairs, row = group(codes, models * models)
        # Sixteen bits are sorted by radix, in linear time.
        narrow = row.astype(np.uint16) if len(pairs) <= 1 << 16 else row
        order = np.argsort(narrow, kind="stable")
        order = order if kept.all() else np.flatnonzero(kept)[order]
        sign = np.where(first[order] < second[order], 1.0, -1.0)
        columns = [feature[order] * sign for feature in features]
        columns += [sign] if position else []
        covariates = np.stack(columns) if columns else np.empty((0, len(order)))
        size = np.bincount(row, minlength=len(pairs))
        return cls(
            models,
            pairs // models,
            pairs % models,
            np.cumsum(size) - size,
            size,
            0.5 + sign * (SHARE[outcome[order]] - 0.5),
            weight[order],
            square[order],
            covariates,
            None if voter is None else voter[order],
        )

    def thinned(self, step: int) -> Rows:
        """Every `step`-th vote, in the same order."""
        picked = np.arange(0, len(self.win), step)
        pair = np.repeat(np.arange(len(self.size)), self.size)[picked]
        met, row = group(pair, len(self.size))
        size = np.bincount(row, minlength=len(met))
        return Rows(
            self.models,
            self.low[met],
            self.high[met],
            np.cumsum(size) - size,
            size,
            self.win[picked],
            self.weight[picked],
            self.square[picked],
            np.ascontiguousarray(self.covariates[:, picked]),
            None,
        )

    def chance(self, point: Floats) -> tuple[Floats, Floats]:
        """(n,) log-odds and chances that `low` wins, at (m + q,) strengths and effects."""
        gap = point[self.low] - point[self.high]
        odds = np.repeat(gap, self.size)
        odds += point[self.models :] @ self.covariates
        return odds, win_probability(odds)

    def likelihood(self, odds: Floats, chance: Floats) -> float:
        """The log-likelihood at (n,) log-odds and chances."""
        value = self.win * odds
        value -= softplus(odds, chance)
        return float(self.weight @ value)

    def slope(self, chance: Floats) -> Floats:
        """(m + q,) slope of the log-likelihood."""
        surplus = self.weight * (self.win - chance)
        pair = np.add.reduceat(surplus, self.start)
        strengths = sums(self.low, pair, self.models) - sums(self.high, pair, self.models)
        return np.concatenate([strengths, self.covariates @ surplus])

    def gram(self, weight: Floats) -> Floats:
        """(m + q, m + q) sum over votes of weight times z zᵀ, where z is a vote's design."""
        models, count = self.models, len(self.covariates)
        total = np.zeros((models + count, models + count))
        pair = np.add.reduceat(weight, self.start)
        half = sums(self.low * models + self.high, pair, models**2).reshape(models, models)
        total[:models, :models] = -(half + half.T)
        degree = sums(self.low, pair, models) + sums(self.high, pair, models)
        total[np.arange(models), np.arange(models)] += degree
        if count:
            scaled = self.covariates * weight
            for j in range(count):
                pair = np.add.reduceat(scaled[j], self.start)
                column = sums(self.low, pair, models) - sums(self.high, pair, models)
                total[:models, models + j] = total[models + j, :models] = column
            total[models:, models:] = scaled @ self.covariates.T
        return total


def _columns(
    votes: Comparisons | PairCounts,
) -> tuple[Codes, Codes, Codes, Floats, Floats, list[Floats], Codes | None]:
    """First, second, outcome, weight, squared weight, features and voter of every row."""
    if isinstance(votes, PairCounts):
        row, outcome = np.divmod(np.flatnonzero(votes.votes), OUTCOMES)
        weight, square = votes.weight[row, outcome], votes.square[row, outcome]
        return votes.first[row], votes.second[row], outcome, weight, square, [], None
    weight = votes.weights
    square = weight if votes.weight is None else weight**2
    features = [] if votes.features is None else list(votes.features.T)
    return votes.first, votes.second, votes.outcome, weight, square, features, votes.voter
