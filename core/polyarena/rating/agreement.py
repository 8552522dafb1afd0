"""How far voters agree: among themselves, and one group with another.

What is judged is a unit, such as a pair of models; whoever judges it says one of some values. Both
are counted: `counts` (u, c) has how many judged unit u to be of value c.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .arrays import Floats, Ints
from .errors import RatingError

Metric = Literal["nominal", "ordinal"]
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Agreement:
    """A measure of agreement with its interval, NaN where there is nothing to compare.

    `units` are those that were judged at least twice, or by both groups; `judgements` all on them.
    """

    value: float
    lower: float
    upper: float
    units: int
    judgements: int


def alpha(counts: Ints, metric: Metric = "nominal", draws: int = DRAWS, seed: int = 0) -> Agreement:
    """Krippendorff's alpha: 1 is full agreement, 0 what chance would give, below 0 less than that.

    α = 1 - Do / De with Do = Σ o_ck δ_ck² / n and De = Σ n_c n_k δ_ck² / (n (n - 1)); o_ck are the
    coincidences Σ_u n_uc (n_uk - [c = k]) / (m_u - 1) of units judged m_u > 1 times, n_c their
    sums. δ² is 1 between different values, or for ordinal values
    (Σ_{g=c..k} n_g - (n_c + n_k) / 2)². Source: Krippendorff (2011), "Computing Krippendorff's
    alpha-reliability". The interval is that of units drawn with replacement, as in Zapf, Castell,
    Morawietz and Karch (2016), "Measuring inter-rater reliability for nominal data".

    Raises:
        RatingError: counts that are not (u, c), or are negative.
    """
    kept = _paired(counts)
    judged = kept.sum(axis=1)
    each = kept[:, :, None] * (kept[:, None, :] - np.eye(kept.shape[1], dtype=np.int64))
    each = each / (judged - 1)[:, None, None]

    def value(weights: Floats) -> Floats:
        coincidences = np.einsum("du,uck->dck", weights, each)
        sums = coincidences.sum(axis=2)
        apart = _apart(sums, metric)
        total = sums.sum(axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            observed = (coincidences * apart).sum(axis=(1, 2)) / total
            expected = np.einsum("dc,dk,dck->d", sums, sums, apart) / (total * (total - 1))
            return np.asarray(1 - observed / expected)

    return _bootstrapped(value, len(kept), int(judged.sum()), draws, seed)


def pairwise_agreement(counts: Ints, draws: int = DRAWS, seed: int = 0) -> Agreement:
    """The share of pairs of judgements of one unit that are alike; intervals as of `alpha`.

    Source: Fleiss (1971), "Measuring nominal scale agreement among many raters", pooled over
    units.

    Raises:
        RatingError: counts that are not (u, c), or are negative.
    """
    kept = _paired(counts)
    judged = kept.sum(axis=1)
    alike = (kept * (kept - 1)).sum(axis=1)
    return _share(alike, judged * (judged - 1), int(judged.sum()), draws, seed)


def cross_agreement(one: Ints, other: Ints, draws: int = DRAWS, seed: int = 0) -> Agreement:
    """The share of pairs of judgements of one unit, one by each group, that are alike.

    Args:
        one: (u, c) counts of the one group; other: (u, c) of the other, of the same units.

    Raises:
        RatingError: counts that are not (u, c), differ in shape, or are negative.
    """
    _check(one)
    _check(other)
    if one.shape != other.shape:
        raise RatingError(f"two groups judge the same units: {one.shape} is not {other.shape}")
    both = (one.sum(axis=1) > 0) & (other.sum(axis=1) > 0)
    first, second = one[both].astype(np.int64), other[both].astype(np.int64)
    pairs = first.sum(axis=1) * second.sum(axis=1)
    judgements = int(first.sum() + second.sum())
    return _share((first * second).sum(axis=1), pairs, judgements, draws, seed)


def _share(alike: Ints, pairs: Ints, judgements: int, draws: int, seed: int) -> Agreement:
    def value(weights: Floats) -> Floats:
        with np.errstate(invalid="ignore"):
            return np.asarray((weights @ alike) / (weights @ pairs))

    return _bootstrapped(value, len(pairs), judgements, draws, seed)


def _bootstrapped(
    value: Callable[[Floats], Floats], units: int, judgements: int, draws: int, seed: int
) -> Agreement:
    if not units:
        return Agreement(np.nan, np.nan, np.nan, 0, 0)
    found = float(value(np.ones((1, units)))[0])
    rng = np.random.default_rng(seed)
    drawn = value(rng.multinomial(units, np.full(units, 1 / units), size=draws).astype(np.float64))
    drawn = drawn[np.isfinite(drawn)]
    # One unit drawn again and again says nothing of how much units differ.
    known = units > 1 and len(drawn) > 0 and np.isfinite(found)
    lower, upper = np.quantile(drawn, [0.025, 0.975]) if known else (np.nan, np.nan)
    return Agreement(found, float(lower), float(upper), units, judgements)


def _apart(sums: Floats, metric: Metric) -> Floats:
    """(d, c, c) squared distances between values, for (d, c) sums of coincidences."""
    values = sums.shape[1]
    if metric == "nominal":
        return np.broadcast_to(1 - np.eye(values), (len(sums), values, values))
    upto = np.cumsum(sums, axis=1)
    middle = upto - sums / 2
    return np.asarray((middle[:, :, None] - middle[:, None, :]) ** 2)


def _paired(counts: Ints) -> Ints:
    """The units that were judged more than once."""
    _check(counts)
    kept: Ints = counts[counts.sum(axis=1) > 1].astype(np.int64)
    return kept


def _check(counts: Ints) -> None:
    if counts.ndim != 2 or (counts < 0).any():
        raise RatingError("judgements are counted by unit and value, and no count is negative")
