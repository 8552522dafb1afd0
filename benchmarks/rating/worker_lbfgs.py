"""The likelihood of style control climbed by L-BFGS, vote by vote, without intervals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from .harness import Run, work
from .votes import Array, Votes

RIDGE = 1e-4


def style(source: Path) -> Run:
    votes = Votes.load(source, styled=True)
    models, won = len(votes.names), votes.halves()
    features = np.empty((len(won), 0)) if votes.style is None else votes.style

    def loss(point: Array) -> tuple[float, Array]:
        strength, effects = point[:models], point[models:]
        odds = strength[votes.first] - strength[votes.second] + features @ effects
        surplus = won - 1 / (1 + np.exp(-odds))
        value = (np.logaddexp(0, odds) - won * odds).mean() + RIDGE / 2 * effects @ effects
        ahead = np.bincount(votes.second, surplus, models)
        slope = ahead - np.bincount(votes.first, surplus, models)
        downhill = np.concatenate([slope, -surplus @ features]) / len(won)
        downhill[models:] += RIDGE * effects
        return float(value), downhill

    def run() -> dict[str, Array]:
        start = np.zeros(models + features.shape[1])
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
        points = 400 / np.log(10) * (found[:models] - found[:models].mean())
        return {"rating": points, "effects": found[models:]}

    return run


if __name__ == "__main__":
    work({"style": style})
