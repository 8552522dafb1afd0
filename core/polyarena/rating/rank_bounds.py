"""Simultaneous rank bounds: ranks that hold for all models at once."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import numpy as np

from .arrays import Bools, Floats
from .errors import RatingError
from .system import Ratings

DRAWS = 2000
BLOCK_CELLS = 1 << 22


def simultaneous_ranks(ratings: Ratings, draws: int = DRAWS, seed: int = 0) -> Ratings:
    """Ratings whose `rank_low` and `rank_high` hold for all models together at their level.

    All differences inside a component get simultaneous intervals from the distribution of the
    largest standardised difference; a model ranks below those surely ahead of it and above those
    surely behind. `rank` stays. Source: Mogstad, Romano, Shaikh and Wilhelm (2024), "Inference
    for ranks with applications to mobility across neighbourhoods and academic achievement across
    countries". Components share the level by Bonferroni.

    Raises:
        RatingError: the ratings carry no covariance.
    """
    if ratings.covariance is None:
        raise RatingError("simultaneous ranks need ratings with a covariance")
    low, high = ratings.rank_low.copy(), ratings.rank_high.copy()
    known = ~np.isnan(np.diag(ratings.covariance))
    labels = np.unique(ratings.component[known])
    level = 1 - (1 - ratings.level) / max(len(labels), 1)
    for label in labels:
        members = np.flatnonzero(known & (ratings.component == label))
        covariance = ratings.covariance[np.ix_(members, members)]
        ahead = _surely_ahead(ratings.rating[members], covariance, level, draws, seed)
        low[members] = 1 + ahead.sum(axis=0)
        high[members] = len(members) - ahead.sum(axis=1)
    return replace(ratings, rank_low=low, rank_high=high)


def possible_leaders(ratings: Ratings) -> tuple[str, ...]:
    """The models of the main component that may be first, best rated first."""
    order = ratings.order()
    return tuple(
        ratings.names[i] for i in order if ratings.component[i] == 0 and ratings.rank_low[i] == 1
    )


def critical_difference(covariance: Floats, level: float, draws: int, seed: int) -> float:
    """The `level` quantile of the largest standardised difference of normals with `covariance`."""
    spread = np.sqrt(_difference_variance(covariance))
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.clip(values, 0, None))
    with np.errstate(divide="ignore"):
        precision = np.where(spread > 0, 1 / spread, 0.0)
    rng = np.random.default_rng(seed)
    models = len(covariance)
    largest = np.empty(draws)
    step = max(1, BLOCK_CELLS // models**2)
    for begin in range(0, draws, step):
        end = min(begin + step, draws)
        drawn = rng.standard_normal((end - begin, models)) @ root.T
        gaps = np.abs(drawn[:, :, None] - drawn[:, None, :]) * precision
        largest[begin:end] = gaps.max(axis=(1, 2))
    single = NormalDist().inv_cdf(0.5 + level / 2)
    return max(single, float(np.quantile(largest, level, method="weibull")))


def _surely_ahead(rating: Floats, covariance: Floats, level: float, draws: int, seed: int) -> Bools:
    """(m, m) whether the model of the row is surely ahead of that of the column."""
    if len(rating) < 2:
        return np.zeros((len(rating), len(rating)), dtype=np.bool_)
    margin = critical_difference(covariance, level, draws, seed)
    gap = rating[:, None] - rating[None, :]
    return np.asarray(gap > margin * np.sqrt(_difference_variance(covariance)))


def _difference_variance(covariance: Floats) -> Floats:
    own = np.diag(covariance)
    return np.clip(own[:, None] + own[None, :] - 2 * covariance, 0, None)
