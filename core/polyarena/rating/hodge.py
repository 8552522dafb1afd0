"""HodgeRank: how much of the preferences goes round in circles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import Floats, Ints, sums
from .bradley_terry import SHARE, BradleyTerry
from .comparisons import Comparisons
from .errors import RatingError
from .laplacian import grounded, laplacian, solve
from .pair_counts import PairCounts
from .scale import POINTS, Scale
from .strengths import win_probability

SMOOTHING = 0.5


@dataclass(frozen=True, slots=True)
class CyclicShare:
    """How cyclic the preferences of the main component are.

    `raw`: the part of the pairwise log-odds, squared and weighted, that no strengths explain,
    from 0 to 1. Most of it is noise: `expected` is what noise alone leaves over in draws without
    cycles, on the same scale, and `excess` is `raw - expected`. `p_value`: how often such a draw
    leaves at least as much over as the votes do.
    """

    raw: float
    expected: float
    excess: float
    p_value: float
    draws: int


@dataclass(frozen=True, slots=True)
class Cycle:
    """Three models, each preferred to the next and the last to the first.

    `margin`: the smallest of the three z-scores of the preferences against a draw.
    """

    models: tuple[str, str, str]
    margin: float


def cyclic_share(
    comparisons: Comparisons | PairCounts, draws: int = 199, seed: int = 0
) -> CyclicShare:
    """Split the preferences of the main component into strengths and cycles.

    Source: Jiang, Lim, Yao and Ye (2011), "Statistical ranking and combinatorial Hodge theory":
    the log-odds of every pair, weighted by their information, are projected on differences of
    strengths, and the cyclic part is what remains. The draws are a parametric bootstrap from the
    Bradley–Terry fit, with each pair's votes and ties as they were.

    Raises:
        RatingError: fewer than three models in the main component, or no draws.
    """
    if draws < 1:
        raise RatingError("the null distribution needs at least one draw")
    first, second, votes, strength = _main_component(PairCounts.of(comparisons).folded())
    number = votes.sum(axis=1)

    def split(win: Floats) -> tuple[float, float]:
        return _split(len(strength), (first, second), win, number.astype(np.float64))

    left, total = split(votes @ SHARE)
    chance = win_probability(strength[first] - strength[second])
    ties = np.minimum(votes[:, 2:].sum(axis=1) / number, 2 * np.minimum(chance, 1 - chance))
    odds = np.stack([chance - ties / 2, ties, 1 - chance - ties / 2], axis=1).clip(0)
    odds /= odds.sum(axis=1, keepdims=True)
    rng = np.random.default_rng(seed)
    null = [split(rng.multinomial(number, odds) @ [1, 0.5, 0])[0] for _ in range(draws)]
    expected = float(np.mean(null))
    p_value = (1 + sum(other >= left for other in null)) / (draws + 1)
    total = total if total > 0 else 1.0
    return CyclicShare(left / total, expected / total, (left - expected) / total, p_value, draws)


def cycles(comparisons: Comparisons | PairCounts, level: float = 0.95) -> tuple[Cycle, ...]:
    """Every triangle that violates transitivity, each of its sides at the one-sided `level`.

    A side's z-score is (wins - losses) / √(wins + losses), ties left out (the sign test). The
    clearest cycles come first.
    """
    counts = PairCounts.of(comparisons).folded()
    won, lost = counts.weight[:, 0], counts.weight[:, 1]
    decided = won + lost
    score = np.divide(won - lost, np.sqrt(decided), out=np.zeros_like(won), where=decided > 0)
    models = len(counts.names)
    table = np.zeros((models, models))
    table[counts.first, counts.second] = score
    table[counts.second, counts.first] = -score
    ahead = table > Scale(level=2 * level - 1).quantile if level > 0.5 else table > 0
    found = []
    for i in range(models):
        after, before = np.flatnonzero(ahead[i]), np.flatnonzero(ahead[:, i])
        after, before = after[after > i], before[before > i]
        for j, k in np.argwhere(ahead[np.ix_(after, before)]):
            b, c = int(after[j]), int(before[k])
            margin = float(min(table[i, b], table[b, c], table[c, i]))
            found.append(Cycle((counts.names[i], counts.names[b], counts.names[c]), margin))
    return tuple(sorted(found, key=lambda cycle: -cycle.margin))


def _main_component(counts: PairCounts) -> tuple[Ints, Ints, Ints, Floats]:
    """Pairs, their votes by outcome, and log-odds strengths, of the main component alone."""
    ratings = BradleyTerry().fit(counts)
    main = (ratings.component == 0) & ~np.isnan(ratings.rating)
    if main.sum() < 3:
        raise RatingError("cycles need three models that can be compared")
    kept = main[counts.first] & main[counts.second] & (counts.votes.sum(axis=1) > 0)
    place = np.cumsum(main) - 1
    first, second = place[counts.first[kept]], place[counts.second[kept]]
    return first, second, counts.votes[kept], ratings.rating[main] / POINTS


def _split(
    models: int, pairs: tuple[Ints, Ints], win: Floats, number: Floats
) -> tuple[float, float]:
    """The weighted squares of the log-odds: what no strengths explain, and all."""
    first, second = pairs
    smooth = (win + SMOOTHING) / (number + 2 * SMOOTHING)
    flow = np.log(smooth / (1 - smooth))
    weight = number * smooth * (1 - smooth)
    push = weight * flow
    target = sums(first, push, models) - sums(second, push, models)
    strength = solve(grounded(laplacian(models, first, second, weight)), target)
    rest = flow - strength[first] + strength[second]
    return float((weight * rest**2).sum()), float((weight * flow**2).sum())
