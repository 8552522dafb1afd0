"""Connectivity: how well the battles tie the models together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import Ints
from .bradley_terry import SHARE
from .comparisons import Comparisons
from .components import Components
from .laplacian import laplacian
from .pair_counts import PairCounts


@dataclass(frozen=True, slots=True)
class Connectivity:
    """What the graph of battles looks like.

    `groups`: models tied together by battles; `leagues`: models tied together by wins, losses
    and ties in both directions, inside which ratings are determined; each with the most voted
    first. `pairs_met` of `pairs` have a vote. `fewest` is the least number of votes of a model.
    `cohesion`, from 0 (disconnected) to 1 (every pair met equally often): the second smallest
    eigenvalue of the Laplacian of votes over the one that the same votes, spread evenly over all
    pairs, would have (Fiedler 1973, "Algebraic connectivity of graphs").
    """

    groups: tuple[tuple[str, ...], ...]
    leagues: tuple[tuple[str, ...], ...]
    pairs_met: int
    pairs: int
    fewest: int
    cohesion: float


def connectivity(comparisons: Comparisons | PairCounts) -> Connectivity:
    """Look at the graph whose nodes are models and whose edges are votes."""
    counts = PairCounts.of(comparisons).folded()
    models = len(counts.names)
    gain, total = counts.weight @ SHARE, counts.weight.sum(axis=1)
    components = Components.of(counts, gain, total - gain)
    votes = counts.votes.sum(axis=1).astype(np.float64)
    pairs = models * (models - 1) // 2
    edges = laplacian(models, counts.first, counts.second, votes)
    even = models * votes.sum() / pairs
    return Connectivity(
        groups=_named(counts.names, components.weak),
        leagues=_named(counts.names, components.strong),
        pairs_met=int((votes > 0).sum()),
        pairs=pairs,
        fewest=int(counts.model_votes().min()),
        cohesion=float(np.clip(np.linalg.eigvalsh(edges)[1] / even, 0, 1)),
    )


def _named(names: tuple[str, ...], labels: Ints) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(name for name, other in zip(names, labels, strict=True) if other == label)
        for label in range(int(labels.max()) + 1)
    )
