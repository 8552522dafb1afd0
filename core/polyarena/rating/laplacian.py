"""Weighted graph Laplacians, in which the information of paired comparisons comes.

A Laplacian leaves the sum of the strengths undetermined. Adding c·11ᵀ, with c of the size of its
entries, makes it positive definite and picks the solution whose strengths sum to 0.
"""

from __future__ import annotations

import numpy as np

from .arrays import Floats, Ints, sums
from .errors import ConvergenceError

LEAST = 1e-5


def laplacian(models: int, first: Ints, second: Ints, weight: Floats) -> Floats:
    """(m, m) Laplacian of k edges with (k,) weights; edges may repeat."""
    cells = first * models + second
    half = sums(cells, weight, models * models).reshape(models, models)
    table = -(half + half.T)
    table[np.diag_indices(models)] += sums(first, weight, models) + sums(second, weight, models)
    return np.asarray(table)


def grounded(matrix: Floats) -> Floats:
    """A Laplacian plus c·11ᵀ: positive definite if the graph is connected."""
    models = len(matrix)
    return np.asarray(matrix + np.trace(matrix) / models**2)


def solve(matrix: Floats, right: Floats) -> Floats:
    """Solve `matrix` @ x = `right`.

    Raises:
        ConvergenceError: the matrix is singular.
    """
    try:
        return np.asarray(np.linalg.solve(matrix, right))
    except np.linalg.LinAlgError:
        raise ConvergenceError("the votes leave no information on some difference") from None


def determined(information: Floats, unit: float) -> bool:
    """Whether an information matrix at a maximum is that of a maximum, not of a rise without end.

    Where the likelihood rises for ever towards infinity, climbing it stops when nothing is left
    to gain, and the information has died away in that direction. At a maximum there is about that
    of one vote, less on long chains of models; below `LEAST` of it there is none.

    Args:
        information: (p, p); unit: the weight of one vote.
    """
    return bool(np.linalg.eigvalsh(information)[0] > LEAST * unit)


def sandwich(information: Floats, meat: Floats) -> Floats:
    """H⁻¹ M H⁻¹ of a positive definite H and a symmetric M."""
    inverse = solve(information, np.eye(len(information)))
    return np.asarray(inverse @ meat @ inverse)


def centred(covariance: Floats) -> Floats:
    """A covariance of strengths turned into that of their distances from the mean."""
    rows = covariance - covariance.mean(axis=0)
    return np.asarray(rows - rows.mean(axis=1, keepdims=True))
