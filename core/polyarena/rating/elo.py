"""Online Elo: a rating that moves with every vote, for a live ticker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from .bradley_terry import SHARE
from .comparisons import Comparisons, Outcome
from .errors import RatingError
from .pair_counts import PairCounts
from .system import Ratings


@dataclass(slots=True)
class EloTicker:
    """Elo ratings as they stand; `record` moves two of them.

    After a vote the winner takes k·(1 - E) points from the loser, E = 1 / (1 + 10^((Rb - Ra)/400))
    being what was expected of it; a tie or both-bad counts as half. Source: Elo (1978), "The
    rating of chessplayers, past and present".
    """

    k: float = 4.0
    origin: float = 1000.0
    ratings: dict[str, float] = field(default_factory=dict)

    def record(self, first: str, second: str, outcome: Outcome) -> Mapping[str, float]:
        """Take a vote in, and give the new ratings of its two models."""
        one = self.ratings.get(first, self.origin)
        two = self.ratings.get(second, self.origin)
        expected = 1 / (1 + 10 ** ((two - one) / 400))
        move = self.k * (float(SHARE[outcome]) - expected)
        self.ratings[first], self.ratings[second] = one + move, two - move
        return {first: one + move, second: two - move}


@dataclass(frozen=True, slots=True)
class Elo:
    """Elo ratings after all votes, in their order. No intervals: they depend on that order.

    `rank` goes by the rating alone, and `rank_low` and `rank_high` leave every rank open.

    Raises:
        RatingError: a k that is not above 0.
    """

    k: float = 4.0
    origin: float = 1000.0

    name: ClassVar[str] = "elo"

    def __post_init__(self) -> None:
        if not self.k > 0:
            raise RatingError(f"k is above 0, not {self.k}")

    def fit(self, comparisons: Comparisons | PairCounts) -> Ratings:
        """Rate every model that has votes.

        Raises:
            RatingError: pair counts, which have lost the order of the votes.
        """
        if isinstance(comparisons, PairCounts):
            raise RatingError("Elo needs votes in their order, and counts have none")
        names = comparisons.names
        ticker = EloTicker(self.k, self.origin)
        rows = zip(
            comparisons.first.tolist(),
            comparisons.second.tolist(),
            comparisons.outcome.tolist(),
            strict=True,
        )
        for first, second, outcome in rows:
            ticker.record(names[first], names[second], outcome)
        rating = np.array([ticker.ratings.get(name, np.nan) for name in names])
        votes = PairCounts.of(comparisons).model_votes()
        rated = votes > 0
        rank = np.zeros(len(names), dtype=np.int64)
        rank[rated] = 1 + (rating[rated][None, :] > rating[rated][:, None]).sum(axis=1)
        return Ratings(
            names=names,
            rating=rating,
            lower=np.full(len(names), np.nan),
            upper=np.full(len(names), np.nan),
            votes=votes,
            rank=rank,
            rank_low=rated.astype(np.int64),
            rank_high=rated * int(rated.sum()),
            component=np.where(rated, 0, np.cumsum(~rated)),
            notes=("no intervals: Elo depends on the order of the votes",),
        )
