"""Strengths: the maximum of the Bradley–Terry likelihood by Newton's method."""

from __future__ import annotations

import numpy as np

from .arrays import Floats, Ints, sums
from .errors import ConvergenceError
from .laplacian import grounded, laplacian, solve

STEPS = 100
SETTLED = 1e-9
SLACK = 1e-12
ROUNDING = 1e-16


def win_probability(difference: Floats) -> Floats:
    """1 / (1 + exp(-x)) of differences in log-odds, without overflow."""
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * difference))


def log_chance(difference: Floats) -> Floats:
    """log(1 / (1 + exp(-x))) of differences in log-odds, exact far out on both sides."""
    return np.asarray(np.minimum(difference, 0) - np.log1p(np.exp(-np.abs(difference))))


def information(
    strength: Floats, first: Ints, second: Ints, total: Floats, prior: float = 0.0
) -> Floats:
    """(m, m) Fisher information at (m,) strengths, positive definite.

    Without a prior the sum of the strengths is grounded (see `laplacian`).
    """
    chance = win_probability(strength[first] - strength[second])
    matrix = laplacian(len(strength), first, second, total * chance * (1 - chance))
    if not prior:
        return grounded(matrix)
    return matrix + np.diag(prior_information(strength, prior))


def prior_information(strength: Floats, prior: float) -> Floats:
    """(m,) information of `prior` ties with a model of strength 0."""
    chance = win_probability(strength)
    return prior * chance * (1 - chance)


def fit_strengths(
    start: Floats, first: Ints, second: Ints, gain: Floats, total: Floats, prior: float = 0.0
) -> Floats:
    """(m,) log-odds strengths that maximise the likelihood; they sum to 0 without a prior.

    Args:
        start: (m,) where to begin; all models in one strong component unless there is a prior.
        first, second: (k,) pairs; gain: (k,) weight of wins of `first` and of its halves.
        total: (k,) weight of all votes on the pair.
        prior: ties of every model with one of strength 0, added to the votes.

    Raises:
        ConvergenceError: it does not settle in 100 steps.
    """
    strength = start if prior else start - start.mean()
    value, slope = _likelihood(strength, first, second, gain, total, prior)
    for _ in range(STEPS):
        step = solve(information(strength, first, second, total, prior), slope)
        size = float(np.abs(step).max())
        # What a step can still gain may be below rounding while a flat direction moves on.
        settled = float(slope @ step) <= ROUNDING * max(1.0, abs(value))
        while True:
            reached, slope = _likelihood(strength + step, first, second, gain, total, prior)
            if reached >= value - SLACK * abs(value) or size <= SETTLED or settled:
                break
            step, size = step / 2, size / 2
        strength, value = strength + step, reached
        if size <= SETTLED or settled:
            return strength if prior else strength - strength.mean()
    raise ConvergenceError(f"the strengths still move by {size:.3g} after {STEPS} steps")


def _likelihood(
    strength: Floats, first: Ints, second: Ints, gain: Floats, total: Floats, prior: float
) -> tuple[float, Floats]:
    """The log-likelihood and its (m,) slope."""
    ahead = strength[first] - strength[second]
    chance = win_probability(ahead)
    value = float((gain * ahead - total * softplus(ahead, chance)).sum())
    surplus = gain - total * chance
    slope = sums(first, surplus, len(strength)) - sums(second, surplus, len(strength))
    if prior:
        chance = win_probability(strength)
        value -= prior * float((softplus(strength, chance) - 0.5 * strength).sum())
        slope -= prior * (chance - 0.5)
    return value, slope


def softplus(difference: Floats, chance: Floats) -> Floats:
    """log(1 + exp(x)), given the win probability of x."""
    return np.asarray(np.maximum(difference, 0) - np.log(np.maximum(chance, 1 - chance)))
