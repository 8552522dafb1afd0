"""choix's tasks: iterated Luce spectral ranking on the matrix of wins, ties as halves."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np

from .harness import Run, work
from .votes import Array, Votes

POINTS = 400 / np.log(10)
TOLERANCE, LIMIT = 1e-10, 10_000

choix: Any = importlib.import_module("choix")


def _wins(votes: Votes) -> Array:
    models, won = len(votes.names), votes.halves()
    ahead = votes.first.astype(np.int64) * models + votes.second
    wins = np.bincount(ahead, won, models**2).reshape(models, models)
    losses = np.bincount(ahead, 1 - won, models**2).reshape(models, models)
    return np.asarray(wins + losses.T)


def codes(source: Path) -> Run:
    votes = Votes.load(source)

    def run() -> dict[str, Array]:
        found = choix.ilsr_pairwise_dense(_wins(votes), max_iter=LIMIT)
        return {"rating": POINTS * (found - found.mean())}

    return run


def exact(source: Path) -> Run:
    """Run to convergence."""
    votes = Votes.load(source)

    def run() -> dict[str, Array]:
        found = choix.ilsr_pairwise_dense(_wins(votes), max_iter=LIMIT, tol=TOLERANCE)
        return {"rating": POINTS * (found - found.mean())}

    return run


if __name__ == "__main__":
    work({"codes": codes, "exact": exact})
