"""Outcome models: likelihoods of all four outcomes, fitted by Fisher scoring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from .arrays import Floats, Ints, sums
from .comparisons import OUTCOMES
from .errors import ConvergenceError
from .laplacian import determined, solve

STEPS = 200
SETTLED = 1e-9
SLACK = 1e-12
ROUNDING = 1e-16
# Log-odds that no number of votes can bear out.
ENDLESS = 100.0


class OutcomeModel(Protocol):
    """The chances of each outcome of a battle, given two strengths and g shared parameters."""

    def shared_start(self, weight: Floats) -> Floats:
        """(g,) where to begin, from (k, 4) sums of weights."""
        ...

    def chances(self, one: Floats, two: Floats, shared: Floats) -> tuple[Floats, Floats]:
        """Log-chances and their slopes.

        Args:
            one, two: (k,) strengths of sides a and b; shared: (g,).

        Returns:
            (k, 4) logs, -inf for outcomes that the model does not have, and their derivatives
            (k, 4, 2 + g) by both strengths and the shared parameters, 0 there.
        """
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """What an outcome model is fitted to: k pairs among m models, with (k, 4) weights.

    `unit`: the weight of one vote.
    """

    models: int
    first: Ints
    second: Ints
    weight: Floats
    unit: float


def fit_outcomes(model: OutcomeModel, cells: Cells, start: Floats) -> Floats:
    """(m + g,) strengths that sum to 0 and shared parameters, of the highest likelihood.

    Args:
        start: (m + g,) where to begin.

    Raises:
        ConvergenceError: it does not settle in 200 steps, or where there is no maximum.
    """
    point = start
    value, slope, bread = _climb(model, cells, point)
    for _ in range(STEPS):
        step = solve(bread, slope)
        size = float(np.abs(step).max())
        if not np.isfinite(size) or float(np.abs(point).max()) > ENDLESS:
            break
        # What a step can still gain may be below rounding while a flat direction moves on.
        settled = size <= SETTLED or float(slope @ step) <= ROUNDING * max(1.0, abs(value))
        while True:
            reached, slope, bread = _climb(model, cells, point + step)
            if reached >= value - SLACK * abs(value) or size <= SETTLED or settled:
                break
            step, size = step / 2, size / 2
        point, value = point + step, reached
        if size <= SETTLED or settled:
            if determined(bread, cells.unit):
                return point
            break
    raise ConvergenceError("the likelihood rises without end")


def outcome_information(model: OutcomeModel, cells: Cells, point: Floats) -> Floats:
    """(m + g, m + g) expected information at `point`, with the strengths' sum grounded."""
    return _climb(model, cells, point)[2]


def score_spread(model: OutcomeModel, cells: Cells, point: Floats, square: Floats) -> Floats:
    """(m + g, m + g) sum of s sᵀ over votes; `square`: (k, 4) sums of squared weights."""
    _, slopes = _evaluate(model, cells, point)
    return _outer(cells, slopes, square)


def _evaluate(model: OutcomeModel, cells: Cells, point: Floats) -> tuple[Floats, Floats]:
    strength, shared = point[: cells.models], point[cells.models :]
    return model.chances(strength[cells.first], strength[cells.second], shared)


def _climb(model: OutcomeModel, cells: Cells, point: Floats) -> tuple[float, Floats, Floats]:
    """Log-likelihood, (m + g,) slope and (m + g, m + g) expected information."""
    logs, slopes = _evaluate(model, cells, point)
    cast = cells.weight > 0
    value = float((cells.weight[cast] * logs[cast]).sum())
    if np.isnan(value):
        value = -np.inf
    push = np.einsum("ko,koj->kj", cells.weight, slopes)
    slope = np.concatenate(
        [
            sums(cells.first, push[:, 0], cells.models)
            + sums(cells.second, push[:, 1], cells.models),
            push[:, 2:].sum(axis=0),
        ]
    )
    expected = np.exp(logs) * cells.weight.sum(axis=1, keepdims=True)
    bread = _outer(cells, slopes, expected)
    models = cells.models
    bread[:models, :models] += np.trace(bread[:models, :models]) / models**2
    return value, slope, bread


def _outer(cells: Cells, slopes: Floats, weight: Floats) -> Floats:
    """(m + g, m + g) sum of weight times slope slopeᵀ over (k, 4) outcomes."""
    models, first, second = cells.models, cells.first, cells.second
    local = np.einsum("ko,koi,koj->kij", weight, slopes, slopes, optimize=True)
    size = models + slopes.shape[2] - 2
    total = np.zeros((size, size))
    cross = sums(first * models + second, local[:, 0, 1], models * models).reshape(models, models)
    total[:models, :models] = cross + cross.T
    total[np.diag_indices(models)] += sums(first, local[:, 0, 0], models)
    total[np.diag_indices(models)] += sums(second, local[:, 1, 1], models)
    for j in range(2, slopes.shape[2]):
        column = sums(first, local[:, 0, j], models) + sums(second, local[:, 1, j], models)
        total[:models, models + j - 2] = column
        total[models + j - 2, :models] = column
    total[models:, models:] = local[:, 2:, 2:].sum(axis=0)
    return total


def no_outcome(count: int, shared: int) -> tuple[Floats, Floats]:
    """Arrays for `chances` of `count` pairs in which nothing can happen yet."""
    return np.full((count, OUTCOMES), -np.inf), np.zeros((count, OUTCOMES, 2 + shared))
