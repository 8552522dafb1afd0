"""Polyarena's tasks."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from polyarena.rating import (
    Bootstrap,
    BradleyTerry,
    Comparisons,
    Contextual,
    PairCounts,
    Ratings,
    pair_balanced,
)

from .harness import Run, work
from .votes import LABELS, STYLE, Array, Votes

PAIR_FLOOR = 50


def _comparisons(votes: Votes) -> Comparisons:
    names = tuple(votes.names.tolist())
    kinds = () if votes.style is None else STYLE
    return Comparisons(
        names,
        votes.first,
        votes.second,
        votes.outcome,
        features=votes.style,
        feature_names=kinds,
    )


def _told(ratings: Ratings) -> dict[str, Array]:
    effects = np.array([c.value for c in ratings.coefficients])
    return {
        "rating": ratings.rating,
        "half": (ratings.upper - ratings.lower) / 2,
        "effects": effects,
    }


def strengths(source: Path) -> Run:
    votes = Votes.load(source)
    return lambda: {"strength": BradleyTerry().strengths(_comparisons(votes))}


def codes(source: Path) -> Run:
    votes = Votes.load(source)
    return lambda: _told(BradleyTerry().fit(_comparisons(votes)))


def strings(source: Path) -> Run:
    table = Votes.load(source).strings(LABELS)
    return lambda: _told(BradleyTerry().fit(Comparisons.from_names(*table)))


def arrow(source: Path) -> Run:
    table = Votes.load(source).arrow(LABELS)
    return lambda: _told(BradleyTerry().fit(Comparisons.from_names(*table.columns)))


def count(source: Path) -> Run:
    votes = Votes.load(source)

    def run() -> dict[str, Array]:
        return {"votes": PairCounts.of(_comparisons(votes)).votes}

    return run


def counted(source: Path) -> Run:
    counts = PairCounts.of(_comparisons(Votes.load(source)))
    return lambda: _told(BradleyTerry().fit(counts))


def balanced(source: Path) -> Run:
    """Pairs that weigh alike from 50 votes on."""
    comparisons = _comparisons(Votes.load(source))
    return lambda: _told(BradleyTerry().fit(pair_balanced(comparisons, PAIR_FLOOR)))


def bootstrap(source: Path) -> Run:
    votes = Votes.load(source)
    return lambda: _told(Bootstrap(draws=100).fit(_comparisons(votes)))


def style(source: Path) -> Run:
    votes = Votes.load(source, styled=True)
    return lambda: _told(Contextual().fit(_comparisons(votes)))


def style_bare(source: Path) -> Run:
    """Without a ridge."""
    votes = Votes.load(source, styled=True)
    return lambda: _told(Contextual(ridge=0.0).fit(_comparisons(votes)))


TASKS = {
    "strengths": strengths,
    "codes": codes,
    "strings": strings,
    "arrow": arrow,
    "count": count,
    "counted": counted,
    "balanced": balanced,
    "bootstrap": bootstrap,
    "style": style,
    "style-bare": style_bare,
}

if __name__ == "__main__":
    work(TASKS)
