"""Components: which models the votes allow to be compared at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .arrays import Bools, Floats, Ints, across
from .pair_counts import PairCounts

SHOWN_NAMES = 5


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """How the models fall apart.

    `strong`: (m,) models share a label if each can be reached from the other along battles won
    or half won, which is when the maximum of the likelihood leaves a finite difference between
    them (Ford 1957, "Solution of a ranking problem from binary comparisons"). `weak`: (m,) the
    same along any battles. Label 0 has the anchor, or else the most votes.
    """

    strong: Ints
    weak: Ints

    @classmethod
    def of(
        cls, counts: PairCounts, gain: Floats, loss: Floats, anchor: int | None = None
    ) -> Components:
        """Find the components.

        Args:
            counts: k pairs.
            gain: (k,) what `first` won of each pair, wins and shares of ties; loss: (k,) the same
                for `second`.
            anchor: the model whose component is to be the main one.
        """
        models = len(counts.names)
        won = gain > 0
        lost = loss > 0
        tails = np.concatenate([counts.first[won], counts.second[lost]])
        heads = np.concatenate([counts.second[won], counts.first[lost]])
        met = across(counts.votes)
        strong = _labels(models, tails, heads, "strong")
        if not strong.any():
            return cls.whole(models)
        weak = _labels(models, tails, heads, "weak")
        return cls(_ordered(strong, counts, met, anchor), _ordered(weak, counts, met, anchor))

    @classmethod
    def whole(cls, models: int) -> Components:
        """All models in one component, as a prior makes them."""
        labels = np.zeros(models, dtype=np.int64)
        return cls(labels, labels)

    def members(self) -> Iterator[Ints]:
        """The places of the models of each component that has two or more, main one first."""
        for label, size in enumerate(np.bincount(self.strong)):
            if size > 1:
                yield np.flatnonzero(self.strong == label)

    @property
    def alone(self) -> Bools:
        """(m,) whether a model is the only one in its component, so that it has no rating."""
        return np.asarray(np.bincount(self.strong)[self.strong] == 1)

    def notes(self, names: tuple[str, ...], votes: Ints) -> tuple[str, ...]:
        """Sentences on what is disconnected and what is separated."""
        found = []
        idle = votes == 0
        if idle.any():
            found.append(f"no votes: {listed(names, idle)}")
        groups = len(np.unique(self.weak[~idle]))
        if groups > 1:
            found.append(
                f"disconnected: the battles leave {groups} groups of models that never met; "
                "ratings compare only inside a group"
            )
        parts = np.unique(np.stack([self.weak, self.strong]), axis=1)[0]
        split = np.bincount(parts)[self.weak] > 1
        if (split & self.alone).any():
            found.append(
                f"separated: {listed(names, split & self.alone)} won, or lost, every battle "
                "against the models they are compared with; no finite rating fits that"
            )
        leagues = np.unique(self.strong[split & ~self.alone])
        if len(leagues) > 1:
            found.append(
                f"separated: {len(leagues)} groups of models, each winning every battle against "
                "the next; ratings compare only inside a group"
            )
        return tuple(found)


def few_votes_note(names: tuple[str, ...], votes: Ints, enough: int) -> tuple[str, ...]:
    """A note on the models that have votes, but fewer than `enough`."""
    few = (votes > 0) & (votes < enough)
    if not few.any():
        return ()
    return (
        f"few votes: {listed(names, few)}: fewer than {enough}, so the interval is approximate",
    )


def listed(names: tuple[str, ...], chosen: Bools) -> str:
    """The chosen names, the first few of them if they are many."""
    picked = [name for name, yes in zip(names, chosen, strict=True) if yes]
    more = len(picked) - SHOWN_NAMES
    return ", ".join(picked[:SHOWN_NAMES]) + (f" and {more} more" if more > 0 else "")


def _labels(models: int, tails: Ints, heads: Ints, connection: Literal["weak", "strong"]) -> Ints:
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(tails), dtype=np.int8)
    graph = coo_array((ones, (tails, heads)), shape=(models, models)).tocsr()
    _, labels = connected_components(graph, directed=True, connection=connection)
    return np.asarray(labels, dtype=np.int64)


def _ordered(labels: Ints, counts: PairCounts, met: Floats, anchor: int | None) -> Ints:
    size = int(labels.max()) + 1
    inside = labels[counts.first] == labels[counts.second]
    votes = np.bincount(labels[counts.first[inside]], met[inside], size)
    if anchor is not None:
        votes[labels[anchor]] = np.inf
    earliest = np.full(size, len(labels))
    np.minimum.at(earliest, labels, np.arange(len(labels)))
    order = np.lexsort((earliest, -np.bincount(labels, minlength=size), -votes))
    place = np.empty(size, dtype=np.int64)
    place[order] = np.arange(size)
    return place[labels]
