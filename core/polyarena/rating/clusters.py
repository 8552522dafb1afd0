"""Clusters: votes of one voter stick together, and intervals must know it."""

from __future__ import annotations

from collections.abc import Sequence
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
    width: int, columns: Sequence[Codes], values: Sequence[Floats], voter: Codes
) -> tuple[Floats, int]:
    """Sum over voters of s sᵀ, where s is the voter's score, and the number of voters.

    A vote adds `values[i]` to place `columns[i]` of its voter's score, for every i. The sum
    carries the factor G / (G - 1) for G voters (Cameron and Miller 2015, "A practitioner's guide
    to cluster-robust inference").

    Args:
        width: p parameters; columns: (n,) each, in [0, p); values: (n,) each; voter: (n,).

    Returns:
        (p, p) and G.
    """
    cluster, size = cluster_numbers(voter)
    step = max(1, TABLE_CELLS // width)
    edges = np.array([0, len(cluster)])
    if size > step:
        order = np.argsort(cluster, kind="stable")
        cluster = cluster[order]
        columns = [column[order] for column in columns]
        values = [value[order] for value in values]
        edges = np.append(np.searchsorted(cluster, np.arange(0, size, step)), len(cluster))
    meat = np.zeros((width, width))
    for block, (low, high) in enumerate(pairwise(edges)):
        rows = min(step, size - block * step)
        base = (cluster[low:high] - block * step) * width
        table = np.zeros(rows * width)
        for column, value in zip(columns, values, strict=True):
            table += sums(base + column[low:high], value[low:high], rows * width)
        score = table.reshape(rows, width)
        meat += score.T @ score
    voters = int(np.count_nonzero(np.bincount(cluster)))
    return meat * (voters / max(voters - 1, 1)), voters


def few_voters(voters: int) -> tuple[str, ...]:
    """A note if intervals rest on fewer voters than the theory of clusters asks for."""
    if voters >= FEW_CLUSTERS:
        return ()
    return (f"few voters: the intervals rest on {voters} and are approximate",)
