"""A board: the models of some votes, rated and in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..plain import finite
from ..rating import Coefficient, Ratings


@dataclass(frozen=True, slots=True)
class Standing:
    """One model's place; ratings in points, None where the votes do not determine them.

    `group` 0 is the main one; models of different groups cannot be compared. A preliminary model
    has too few votes to be ranked.
    """

    model: str
    rating: float | None
    lower: float | None
    upper: float | None
    rank: int | None
    votes: int
    rank_low: int | None
    rank_high: int | None
    group: int
    preliminary: bool


@dataclass(frozen=True, slots=True)
class Board:
    """Standings, best first, the preliminary ones last; of a category, or of all votes."""

    category: str | None
    standings: tuple[Standing, ...]
    votes: int
    level: float
    system: str
    effects: tuple[Coefficient, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the board is about."""
        return "All votes" if self.category is None else self.category

    @property
    def groups(self) -> int:
        """How many groups of models that can be compared among themselves hold ratings."""
        return len({one.group for one in self.standings if one.rating is not None})


def standings(ranked: Ratings, preliminary: Sequence[Standing]) -> tuple[Standing, ...]:
    """The ranked models in order, then the preliminary ones."""
    return (*of_ratings(ranked, preliminary=False), *preliminary)


def of_ratings(ratings: Ratings, *, preliminary: bool) -> tuple[Standing, ...]:
    """Standings in the order of ratings; without ranks if they are preliminary."""
    return tuple(
        Standing(
            model=ratings.names[i],
            rating=finite(ratings.rating[i]),
            lower=finite(ratings.lower[i]),
            upper=finite(ratings.upper[i]),
            rank=None if preliminary else int(ratings.rank[i]) or None,
            votes=int(ratings.votes[i]),
            rank_low=None if preliminary else int(ratings.rank_low[i]) or None,
            rank_high=None if preliminary else int(ratings.rank_high[i]) or None,
            group=int(ratings.component[i]),
            preliminary=preliminary,
        )
        for i in ratings.order().tolist()
    )
