"""Faults of peers: intervals that a ridge has eaten, effects shrunk to nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from polyarena.rating import POINTS, BradleyTerry, PairCounts

from .launch import Bench
from .speed import refits as refit_seconds
from .table import Row
from .votes import PLANTED, Array, model_names, save

MODELS, RARE = 20, 50


def coverage(bench: Bench, part: str, votes: int, draws: int, seed: int) -> list[Row]:
    """How often an interval holds the truth for a model with few votes among many.

    The peer is given the maximum of the likelihood, so only its interval is at trial.
    """
    rng = np.random.default_rng(seed)
    strength = rng.normal(0, 0.6, MODELS)
    low, high = np.triu_indices(MODELS, 1)
    rare = high == MODELS - 1
    share = np.where(rare, RARE / rare.sum() / votes, (1 - RARE / votes) / (~rare).sum())
    chance = 1 / (1 + np.exp(strength[high] - strength[low]))
    wins = np.concatenate([share * chance, share * (1 - chance)])
    counts = rng.multinomial(votes, wins, draws)
    pairs = np.concatenate([np.column_stack([low, high])] * 2)
    truth = POINTS * (strength - strength.mean())
    fits = [_fitted(low, high, drawn) for drawn in counts]
    rating = np.stack([fit["rating"] for fit in fits])
    inside = np.isfinite(rating).all(axis=1)
    won = np.repeat([1.0, 0.0], len(low))
    source = bench.folder / "coverage.npz"
    cells = {"names": model_names(MODELS), "pairs": pairs, "win": won}
    drawn = {"counts": counts[inside].astype(np.float64), "strength": rating[inside] / POINTS}
    save(source, cells | drawn)
    theirs = bench.result("arena_rank", "intervals", source)["half"]
    half = np.stack([fit["half"] for fit in fits])[inside]
    held, peer = (_held(rating[inside], width, truth) for width in (half, theirs))
    name = f"95 % intervals hold the truth, {RARE} of {votes:,} votes"
    return [Row(part, name, held, "%", "arena-rank", peer, 95, "within", 2)]


def _fitted(low: Array, high: Array, drawn: Array) -> Mapping[str, Array]:
    won, lost = np.split(drawn, 2)
    none = np.zeros_like(won)
    votes = np.column_stack([won, lost, none, none])
    weight = votes.astype(np.float64)
    names = tuple(model_names(MODELS).tolist())
    ratings = BradleyTerry().fit(PairCounts(names, low, high, votes, weight, weight))
    centre = ratings.rating - ratings.rating.mean()
    return {"rating": centre, "half": (ratings.upper - ratings.lower) / 2}


def _held(rating: Array, half: Array, truth: Array) -> float:
    """Per cent of draws whose interval for the rare model holds the truth."""
    return float(100 * (np.abs(rating - truth)[:, -1] <= half[:, -1]).mean())


def planted(bench: Bench, part: str, votes: Path) -> list[Row]:
    """What comes back of a planted effect of style, with every system as it comes."""
    ours = bench.result("ours", "style", votes)["effects"][0]
    theirs = bench.result("arena_rank", "style", votes)["effects"][0]
    name = f"planted effect of {PLANTED[0]:g} comes back as"
    within = 0.05 * PLANTED[0]
    return [
        Row(part, name, float(ours), "", "arena-rank", float(theirs), PLANTED[0], "within", within)
    ]


def refits(bench: Bench, part: str, votes: Path) -> list[Row]:
    """What an interval takes where it needs 100 refits, of runs done before."""
    ours = bench.done["ours", "codes", votes].seconds
    size = len(bench.done["ours", "codes", votes].result["rating"])
    name = f"95 % intervals of {size} models take"
    return [Row(part, name, ours, "s", "100 refits, evalica", refit_seconds(bench, votes))]
