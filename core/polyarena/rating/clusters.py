"""Clusters: votes of one voter stick together, and intervals must know it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from .arrays import Codes, Floats, Ints, sums

TABLE_CELLS = 1 << 23
FEW_CLUSTERS = 20


def cluster_numbers(voter: Codes) -> tuple[Ints, int]:
    """(n,) cluster of every vote, and how many clusters; an unknown voter (-1) is one alone."""
    number = voter.astype(np.int64)
    size = int(number.max()) + 1
    if size > 2 * len(number) + 1024:
        values, number = np.unique(number, return_inverse=True)
        number = number - int(values[0] < 0)
        size = len(values) - int(values[0] < 0)
    unknown = number < 0
    strangers = int(unknown.sum())
    if strangers:
        number[unknown] = size + np.arange(strangers)
    return number, size + strangers


def cluster_meat(
    models: int, first: Codes, second: Codes, residual: Floats, voter: Codes
) -> tuple[Floats, int]:
    """Sum over voters of s sᵀ, where s is the voter's score, and the number of voters.

    The score of a vote is `residual` for the model on side a and its negative on side b. The sum
    carries the factor G / (G - 1) for G voters (Cameron and Miller 2015, "A practitioner's guide
    to cluster-robust inference").

    Args:
        models: m; first, second, voter: (n,); residual: (n,) votes minus expectation, weighted.

    Returns:
        (m, m) and G.
    """
    cluster, size = cluster_numbers(voter)
    step = max(1, TABLE_CELLS // models)
    if size > step:
        order = np.argsort(cluster, kind="stable")
        cluster, first, second = cluster[order], first[order], second[order]
        residual = residual[order]
    edges = np.searchsorted(cluster, np.arange(0, size, step)) if size > step else np.array([0])
    edges = np.append(edges, len(cluster))
    meat = np.zeros((models, models))
    for block, (low, high) in enumerate(pairwise(edges)):
        rows = min(step, size - block * step)
        base = (cluster[low:high] - block * step) * models
        score = sums(base + first[low:high], residual[low:high], rows * models)
        score -= sums(base + second[low:high], residual[low:high], rows * models)
        table = score.reshape(rows, models)
        meat += table.T @ table
    voters = int(np.count_nonzero(np.bincount(cluster)))
    return meat * (voters / max(voters - 1, 1)), voters
