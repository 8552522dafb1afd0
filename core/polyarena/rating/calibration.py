"""Calibration: whether predicted win rates come true, also on votes held out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from .arrays import Floats, Ints
from .bradley_terry import SHARE
from .clusters import cluster_numbers
from .comparisons import Comparisons
from .errors import RatingError
from .pair_counts import PairCounts
from .scale import POINTS, Scale
from .strengths import win_probability
from .system import Ratings, RatingSystem


@dataclass(frozen=True, slots=True, eq=False)
class WinRates:
    """Observed and predicted win rates of `first` against `second`, one row a pair that met.

    `first`, `second`: (k,) places in the ratings' names; `votes`: (k,); `observed`: (k,) share of
    wins, ties as halves; `predicted`: (k,), NaN where the two cannot be compared.
    """

    first: Ints
    second: Ints
    votes: Ints
    observed: Floats
    predicted: Floats


@dataclass(frozen=True, slots=True)
class Bin:
    """Votes whose favourite had about the same chance: mean prediction, and what came of it."""

    predicted: float
    observed: float
    lower: float
    upper: float
    votes: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """How predictions did on votes that the fit had not seen.

    `log_loss` and `brier` are means a vote, a tie counting as half a win; `baseline` is the log
    loss of a coin. `gap` is the mean distance of prediction and outcome over the bins, by votes.
    `unpredicted`: votes on pairs that the other votes do not connect.
    """

    log_loss: float
    baseline: float
    brier: float
    gap: float
    votes: int
    unpredicted: int
    bins: tuple[Bin, ...]


def win_rates(comparisons: Comparisons | PairCounts, ratings: Ratings) -> WinRates:
    """Predicted against observed win rates of every pair that met."""
    counts = PairCounts.of(comparisons).folded()
    total = counts.weight.sum(axis=1)
    observed = np.divide(
        counts.weight @ SHARE, total, out=np.full(len(total), np.nan), where=total > 0
    )
    predicted = _chance(ratings, counts.first, counts.second)
    return WinRates(counts.first, counts.second, counts.votes.sum(axis=1), observed, predicted)


def held_out(
    comparisons: Comparisons,
    system: RatingSystem,
    folds: int = 5,
    bins: int = 10,
    seed: int = 0,
) -> Calibration:
    """Predict every vote from a fit to the other folds; voters are not split between folds.

    Chances come from ratings alone, so that any rating system can be held to its votes.

    Raises:
        RatingError: fewer than two folds, or nothing that could be predicted.
    """
    if folds < 2:
        raise RatingError(f"votes are held out in two folds or more, not {folds}")
    rng = np.random.default_rng(seed)
    voter = comparisons.voter if comparisons.voter is not None else np.full(len(comparisons), -1)
    cluster, size = cluster_numbers(voter)
    fold = (rng.permutation(size) % folds)[cluster]
    chance = np.full(len(comparisons), np.nan)
    for number in range(folds):
        test = fold == number
        if test.any() and not test.all():
            ratings = system.fit(comparisons.take(~test))
            chance[test] = _chance(ratings, comparisons.first[test], comparisons.second[test])
    known = ~np.isnan(chance)
    if not known.any():
        raise RatingError("no vote could be predicted from the others")
    return _score(chance[known], SHARE[comparisons.outcome[known]], int((~known).sum()), bins)


def _score(chance: Floats, win: Floats, unpredicted: int, bins: int) -> Calibration:
    kept = np.clip(chance, 1e-12, 1 - 1e-12)
    loss = -(win * np.log(kept) + (1 - win) * np.log1p(-kept))
    # Turned so that the prediction is the favourite's, whichever side it was on.
    upset = chance < 0.5
    favourite = np.where(upset, 1 - chance, chance)
    came = np.where(upset, 1 - win, win)
    place = np.minimum(((favourite - 0.5) * 2 * bins).astype(np.int64), bins - 1)
    table = [_bin(favourite[place == b], came[place == b]) for b in range(bins)]
    filled = tuple(part for part in table if part is not None)
    gap = sum(part.votes * abs(part.predicted - part.observed) for part in filled) / len(chance)
    return Calibration(
        log_loss=float(loss.mean()),
        baseline=math.log(2),
        brier=float(((chance - win) ** 2).mean()),
        gap=gap,
        votes=len(chance),
        unpredicted=unpredicted,
        bins=filled,
    )


def _bin(predicted: Floats, came: Floats) -> Bin | None:
    """A bin with Wilson's interval (1927, "Probable inference, the law of succession")."""
    votes = len(came)
    if not votes:
        return None
    z = Scale().quantile
    rate = float(came.mean())
    centre = (rate + z**2 / (2 * votes)) / (1 + z**2 / votes)
    half = z / (1 + z**2 / votes) * math.sqrt(rate * (1 - rate) / votes + z**2 / (4 * votes**2))
    return Bin(float(predicted.mean()), rate, centre - half, centre + half, votes)


def _chance(ratings: Ratings, first: Ints, second: Ints) -> Floats:
    chance = win_probability((ratings.rating[first] - ratings.rating[second]) / POINTS)
    return np.where(ratings.component[first] == ratings.component[second], chance, np.nan)
