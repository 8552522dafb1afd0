"""Bootstrap: intervals by refitting resampled votes or voters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar, Protocol

import numpy as np

from .arrays import Floats, group, sums
from .bradley_terry import BradleyTerry
from .clusters import cluster_numbers
from .comparisons import MIRRORED, OUTCOMES, Comparisons
from .components import listed
from .errors import RatingError
from .pair_counts import PairCounts
from .scale import Scale
from .system import Ratings, RatingSystem


class Estimator(RatingSystem, Protocol):
    """A rating system that can estimate strengths alone, from a guess."""

    @property
    def scale(self) -> Scale: ...

    def strengths(
        self, comparisons: Comparisons | PairCounts, start: Floats | None = None
    ) -> Floats:
        """(m,) log-odds strengths, NaN where not determined."""
        ...


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Percentile intervals of an estimator, from refits to resampled votes.

    Whole voters are drawn where comparisons carry voters, else votes: one multinomial over the
    counted outcomes a draw, so that a draw costs nothing a vote. Efron (1979), "Bootstrap
    methods"; Davison and Hinkley (1997), section 5.2, for the percentiles: the bounds are the
    order statistics at (draws + 1)·α/2 and (draws + 1)·(1 - α/2). (Percentiles at draws·α/2 of
    100 draws are 5 % too narrow.) Counts whose weights differ inside a cell are resampled at the
    cell's mean weight. A model that more than α/2 of the draws leave undetermined gets NaN bounds.

    Raises:
        RatingError: fewer draws than the level of the interval needs, 39 for 95 %.
    """

    estimator: Estimator = field(default_factory=BradleyTerry)
    draws: int = 200
    seed: int = 0

    name: ClassVar[str] = "bootstrap"

    def __post_init__(self) -> None:
        tail = (1 - self.estimator.scale.level) / 2
        if (self.draws + 1) * tail < 1 - 1e-9:
            raise RatingError(f"{self.draws} draws are too few for a tail of {tail:g}")

    def fit(self, comparisons: Comparisons | PairCounts) -> Ratings:
        """The estimator's ratings with percentile bounds, and the covariance of the draws."""
        fitted = self.estimator.fit(comparisons)
        start = self.estimator.strengths(comparisons)
        drawn = np.stack(
            [self._draw(fitted, counts, start) for counts in self._resamples(comparisons)]
        )
        tail = (1 - self.estimator.scale.level) / 2
        lost = np.isnan(drawn).mean(axis=0)
        open_ended = (lost > tail) | np.isnan(fitted.rating)
        bounds = np.full((2, len(fitted)), np.nan)
        kept = np.flatnonzero(~open_ended)
        if len(kept):
            bounds[:, kept] = np.nanquantile(
                drawn[:, kept], [tail, 1 - tail], axis=0, method="weibull"
            )
        notes = fitted.notes
        unstable = open_ended & ~np.isnan(fitted.rating)
        if unstable.any():
            notes += (f"unstable: {listed(fitted.names, unstable)}: undetermined in many draws",)
        bounded = self.estimator.scale.bounded(
            fitted.names, fitted.rating, bounds[0], bounds[1], fitted.votes, fitted.component, notes
        )
        return replace(bounded, coefficients=fitted.coefficients)

    def _draw(self, fitted: Ratings, counts: PairCounts, start: Floats) -> Floats:
        strength = self.estimator.strengths(counts, start)
        centre = replace(self.estimator.scale, anchor=None)
        rating = centre.points(fitted.names, strength, fitted.component)
        base = centre.points(fitted.names, start, fitted.component)
        return np.asarray(fitted.rating + rating - base)

    def _resamples(self, comparisons: Comparisons | PairCounts) -> Iterator[PairCounts]:
        rng = np.random.default_rng(self.seed)
        if isinstance(comparisons, Comparisons) and (
            comparisons.voter is not None or comparisons.weight is not None
        ):
            return _by_voter(comparisons, rng, self.draws)
        return _by_vote(PairCounts.of(comparisons).folded(), rng, self.draws)


def _by_vote(counts: PairCounts, rng: np.random.Generator, draws: int) -> Iterator[PairCounts]:
    cast = np.flatnonzero(counts.votes)
    votes = counts.votes.ravel()[cast]
    each = counts.weight.ravel()[cast] / votes
    total = int(votes.sum())
    for _ in range(draws):
        number = np.zeros(counts.votes.size, dtype=np.int64)
        number[cast] = rng.multinomial(total, votes / total)
        weight = np.zeros(counts.votes.size)
        weight[cast] = number[cast] * each
        shaped = weight.reshape(-1, OUTCOMES)
        yield replace(counts, votes=number.reshape(-1, OUTCOMES), weight=shaped, square=shaped)


def _by_voter(votes: Comparisons, rng: np.random.Generator, draws: int) -> Iterator[PairCounts]:
    models = len(votes.names)
    voter = votes.voter if votes.voter is not None else np.full(len(votes), -1)
    cluster, size = cluster_numbers(voter)
    present = np.flatnonzero(np.bincount(cluster, minlength=size))
    low = np.minimum(votes.first, votes.second).astype(np.int64)
    high = np.maximum(votes.first, votes.second).astype(np.int64)
    pairs, row = group(low * models + high, models * models)
    outcome = np.where(votes.first < votes.second, votes.outcome, np.array(MIRRORED)[votes.outcome])
    cell = row * OUTCOMES + outcome
    shape = (len(pairs), OUTCOMES)
    even = np.full(len(present), 1 / len(present))
    for _ in range(draws):
        times = np.zeros(size)
        times[present] = rng.multinomial(len(present), even)
        number = sums(cell, times[cluster], len(pairs) * OUTCOMES).reshape(shape)
        weight = number
        if votes.weight is not None:
            weight = sums(cell, times[cluster] * votes.weight, number.size).reshape(shape)
        yield PairCounts(
            votes.names, pairs // models, pairs % models, number.astype(np.int64), weight, weight
        )
