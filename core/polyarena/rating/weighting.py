"""Weights: votes that were drawn unevenly made to stand for a population."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from .arrays import Floats
from .comparisons import Comparisons
from .errors import ComparisonError, RatingError
from .pair_counts import PairCounts


def inverse_propensity(
    comparisons: Comparisons, propensity: Floats, largest: float | None = None
) -> Comparisons:
    """The votes weighted by one over the probability with which each one's pair was drawn.

    The weighted votes stand for pairs drawn evenly, however matchmaking chose them. Source:
    Horvitz and Thompson (1952), "A generalization of sampling without replacement from a finite
    universe". Weights already there are kept as factors; the mean weight is 1.

    Args:
        propensity: (n,) in (0, 1].
        largest: weights above this many times the mean are cut to it, which trades a bias for a
            smaller variance; no cut where None.

    Raises:
        ComparisonError: a propensity outside (0, 1].
        RatingError: `largest` is not above 1.
    """
    bad = ~((propensity > 0) & (propensity <= 1))
    if bad.any():
        raise ComparisonError.at("a propensity lies outside (0, 1]", bad)
    if largest is not None and not largest > 1:
        raise RatingError(f"weights are cut above the mean, not at {largest} times it")
    weight = comparisons.weights / propensity
    weight = weight / weight.mean()
    if largest is not None:
        weight = np.minimum(weight, largest)
    return comparisons.weighted(weight / weight.mean())


def post_stratified(
    comparisons: Comparisons, stratum: Sequence[Hashable], shares: Mapping[Hashable, float]
) -> Comparisons:
    """The votes weighted so that each stratum of voters has its share in the population.

    Source: Holt and Smith (1979), "Post stratification". Weights already there are kept as
    factors inside a stratum; the mean weight is 1.

    Args:
        stratum: (n,) the stratum of each vote's voter.
        shares: by stratum, its part of the population; they are scaled to sum to 1.

    Raises:
        ComparisonError: a vote whose stratum has no share.
        RatingError: shares that are negative or not finite, or a share without any vote.
    """
    given = np.array(list(shares.values()), dtype=np.float64)
    if not ((given >= 0).all() and np.isfinite(given).all() and given.sum() > 0):
        raise RatingError("the shares of strata are finite numbers from 0 up, not all 0")
    place = {name: i for i, name in enumerate(shares)}
    code = np.array([place.get(name, -1) for name in stratum])
    if (code < 0).any():
        raise ComparisonError.at("a vote's stratum has no share", code < 0)
    held = np.bincount(code, comparisons.weights, len(given))
    empty = [name for name, i in place.items() if given[i] > 0 and not held[i] > 0]
    if empty:
        raise RatingError(f"no votes from strata that have a share: {empty[:5]}")
    factor = np.divide(given / given.sum(), held, out=np.zeros_like(held), where=held > 0)
    weight = comparisons.weights * factor[code]
    return comparisons.weighted(weight / weight.mean())


def pair_balanced(comparisons: Comparisons | PairCounts, least: int = 50) -> PairCounts:
    """Pair counts in which every pair that met weighs alike, however often it did.

    A vote on a pair with n of them weighs 1 / max(n, `least`), so that pairs with a handful of
    votes do not drown the rest in noise. It makes do without propensities, where none were
    logged.

    Raises:
        RatingError: `least` is below 1.
    """
    if least < 1:
        raise RatingError(f"a pair has at least one vote, not {least}")
    counts = PairCounts.of(comparisons).folded()
    return counts.reweighted(1 / np.maximum(counts.votes.sum(axis=1), least))


def effective_votes(comparisons: Comparisons) -> float:
    """How many equally weighted votes say as much: (Σw)² / Σw² (Kish 1965, "Survey sampling")."""
    weight = comparisons.weights
    return float(weight.sum() ** 2 / (weight**2).sum())
