"""Rules in use elsewhere that go wrong: few percentiles, plain p-values, the raw cyclic share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.stats import chi2

from polyarena.rating import (
    POINTS,
    Bootstrap,
    BradleyTerry,
    Comparisons,
    PairCounts,
    Ratings,
    Scale,
    cyclic_share,
    voter_surprise,
)

from .launch import Bench
from .table import Row
from .votes import Array, model_names, save

VOTES, MODELS, REFITS = 4_000, 8, 100
TRUE = 10
VOTERS, EACH, ODD = 200, 200, 10
LEVEL = 0.05
PLAYERS, PER_PAIR = 9, 50
SIDES = ("first", "second", "outcome")


def percentiles(bench: Bench, part: str, sets: int, seed: int) -> list[Row]:
    """Width and coverage of intervals beside percentiles of 100 refits, as FastChat takes them.

    The true half-width is that of the ratings of `TRUE` times as many sets of votes.
    """
    rng = np.random.default_rng(seed)
    truth = np.linspace(-1, 1, MODELS)
    others = (_drawn(truth, VOTES, rng) for _ in range(TRUE * sets))
    strength = np.stack([BradleyTerry().strengths(votes) for votes in others])
    true = Scale().quantile * POINTS * strength.std(axis=0)
    drawn = [_drawn(truth, VOTES, rng) for _ in range(sets)]
    fields = {name: np.stack([getattr(votes, name) for votes in drawn]) for name in SIDES}
    source = save(bench.folder / "percentiles.npz", fields)
    found = bench.result("evalica", "percentiles", source)
    theirs = np.stack([found["lower"], found["upper"]])
    scale = Scale(origin=0.0)
    once = _bounds([BradleyTerry(scale=scale).fit(votes) for votes in drawn])
    bootstrap = Bootstrap(BradleyTerry(scale=scale), draws=REFITS)
    often = _bounds([bootstrap.fit(votes) for votes in drawn])
    width, wide = (float(((high - low) / 2 / true).mean()) for low, high in (once, theirs))
    held, hold = (_held(bounds, POINTS * truth) for bounds in (often, theirs))
    peer = f"{REFITS} refits, evalica"
    name = f"95 % intervals of {REFITS} draws hold the truth"
    return [
        Row(part, "  their width over the true one", width, "", peer, wide, 1, "within", 0.02),
        Row(part, name, held, "%", peer, hold, 95, "within", 1),
    ]


def _bounds(ratings: Sequence[Ratings]) -> Array:
    """(2, sets, models) lower and upper bounds."""
    return np.stack([[r.lower for r in ratings], [r.upper for r in ratings]])


def _held(bounds: Array, truth: Array) -> float:
    """Per cent of the intervals that hold the truth."""
    lower, upper = bounds
    return float(100 * ((lower <= truth) & (truth <= upper)).mean())


def surprise(part: str, sets: int, seed: int) -> list[Row]:
    """Voters who flip a coin among honest ones: how many of either are flagged.

    Beside Fisher's sum of plain p-values: the chance of an outcome at least as good for side a.
    """
    rng = np.random.default_rng(seed)
    truth = np.linspace(-2, 2, MODELS)
    ours, theirs = np.zeros(VOTERS), np.zeros(VOTERS)
    for _ in range(sets):
        votes = _drawn(truth, VOTERS * EACH, rng)
        outcome = votes.outcome.copy()
        outcome[: ODD * EACH] = rng.integers(2, size=ODD * EACH)
        voter = np.repeat(np.arange(VOTERS), EACH)
        votes = Comparisons(votes.names, votes.first, votes.second, outcome, voter=voter)
        ours[voter_surprise(votes).flagged(LEVEL)] += 1
        theirs += _plainly_odd(votes)
    flagged = [(100 * x[:ODD].mean() / sets, 100 * x[ODD:].mean() / sets) for x in (ours, theirs)]
    (odd, honest), (their_odd, their_honest) = flagged
    peer = "plain p-values"
    name = "voters flagged who"
    return [
        Row(part, f"{name} flip a coin", odd, "%", peer, their_odd, 100, "within", 10),
        Row(part, f"{name} are honest", honest, "%", peer, their_honest, 0, "within", 1),
    ]


def _plainly_odd(votes: Comparisons) -> Array:
    """(voters,) whether the sum is beyond its level, each voter judged alone."""
    strength = BradleyTerry().strengths(votes)
    chance = 1 / (1 + np.exp(strength[votes.second] - strength[votes.first]))
    p_value = np.where(votes.outcome == 0, chance, 1.0)
    total = -2 * np.log(p_value).reshape(VOTERS, EACH).sum(axis=1)
    return np.asarray(total >= chi2.ppf(1 - LEVEL, 2 * EACH))


def cycles(part: str, sets: int, seed: int) -> list[Row]:
    """The cyclic share of votes whose preferences have no cycle, beside the raw one."""
    rng = np.random.default_rng(seed)
    first, second = np.triu_indices(PLAYERS, 1)
    chance = 1 / (1 + np.exp(0.1 * (second - first)))
    shares = []
    for place in range(sets):
        votes = np.zeros((len(first), 4), dtype=np.int64)
        votes[:, 0] = rng.binomial(PER_PAIR, chance)
        votes[:, 1] = PER_PAIR - votes[:, 0]
        weight = votes.astype(np.float64)
        names = tuple(model_names(PLAYERS).tolist())
        counts = PairCounts(names, first, second, votes, weight, weight)
        shares.append(cyclic_share(counts, 99, place))
    ours, raw = (float(100 * np.mean([getattr(s, x) for s in shares])) for x in ("excess", "raw"))
    name = "cyclic share where nothing is cyclic"
    return [Row(part, name, ours, "%", "raw HodgeRank", raw, 0, "within", 5)]


def _drawn(strength: Array, votes: int, rng: np.random.Generator) -> Comparisons:
    """Votes without ties on evenly drawn pairs."""
    models = len(strength)
    first = rng.integers(models, size=votes)
    second = (first + rng.integers(1, models, size=votes)) % models
    won = rng.random(votes) < 1 / (1 + np.exp(strength[second] - strength[first]))
    names = tuple(model_names(models).tolist())
    return Comparisons(names, first, second, 1 - won.astype(np.int8))
