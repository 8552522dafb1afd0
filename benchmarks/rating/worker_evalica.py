"""evalica's tasks; scores become rating points by 400 log10."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np

from .harness import Run, work
from .votes import DRAWS, Array, Votes

TOLERANCE, LIMIT = 1e-12, 100_000
REFITS, TAILS = 100, (2.5, 97.5)

evalica: Any = importlib.import_module("evalica")
pandas: Any = importlib.import_module("pandas")


def _winners(votes: Votes) -> list[int]:
    said = evalica.Winner
    codes = np.array([said.X, said.Y, said.Draw, said.Draw], dtype=int)[votes.outcome]
    return list(codes.tolist())


def _rating(scores: Any, names: Any) -> Array:
    points = 400 * np.log10(scores.reindex(names).to_numpy())
    return np.asarray(points - points.mean())


def codes(source: Path) -> Run:
    votes = Votes.load(source)
    index, winners = pandas.Index(range(len(votes.names))), _winners(votes)

    def run() -> dict[str, Array]:
        result = evalica.bradley_terry(votes.first, votes.second, winners, index=index)
        return {"rating": _rating(result.scores, index)}

    return run


def exact(source: Path) -> Run:
    """Run to convergence."""
    votes = Votes.load(source)
    index, winners = pandas.Index(range(len(votes.names))), _winners(votes)

    def run() -> dict[str, Array]:
        result = evalica.bradley_terry(
            votes.first, votes.second, winners, index=index, tolerance=TOLERANCE, limit=LIMIT
        )
        return {"rating": _rating(result.scores, index)}

    return run


def names(source: Path) -> Run:
    votes = Votes.load(source)
    order, winners = votes.names, _winners(votes)
    left, right = votes.names[votes.first].tolist(), votes.names[votes.second].tolist()

    def run() -> dict[str, Array]:
        return {"rating": _rating(evalica.bradley_terry(left, right, winners).scores, order)}

    return run


def bootstrap(source: Path) -> Run:
    """The first fit and `DRAWS` draws; a draw takes as long as the next."""
    votes = Votes.load(source)
    order, winners = votes.names, _winners(votes)
    left, right = votes.names[votes.first].tolist(), votes.names[votes.second].tolist()

    def run() -> dict[str, Array]:
        drawn = evalica.bootstrap(
            evalica.bradley_terry,
            left,
            right,
            winners,
            n_resamples=DRAWS,
            bootstrap_method="percentile",
            random_state=1,
        )
        return {"rating": _rating(drawn.result.scores, order)}

    return run


def percentiles(source: Path) -> Run:
    """Percentiles of 100 refits, for many sets of votes on the same models."""
    with np.load(source) as kept:
        first, second, outcome = (kept[name] for name in ("first", "second", "outcome"))
    sides = np.array([evalica.Winner.X, evalica.Winner.Y])

    def bounds(place: int) -> Array:
        drawn = evalica.bootstrap(
            evalica.bradley_terry,
            first[place].tolist(),
            second[place].tolist(),
            sides[outcome[place]].tolist(),
            n_resamples=REFITS,
            bootstrap_method="percentile",
            random_state=place,
        )
        scores = drawn.distribution.sort_index(axis=1).to_numpy()
        return np.asarray(np.percentile(400 * np.log10(scores), TAILS, axis=0))

    def run() -> dict[str, Array]:
        found = np.stack([bounds(place) for place in range(len(first))], axis=1)
        return {"lower": found[0], "upper": found[1]}

    return run


TASKS = {
    "codes": codes,
    "exact": exact,
    "names": names,
    "bootstrap": bootstrap,
    "percentiles": percentiles,
}

if __name__ == "__main__":
    work(TASKS)
