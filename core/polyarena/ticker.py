"""Movement by online Elo since a snapshot, told in lots, so that no vote and no voter shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .rating import Outcome

LOT_VOTES = 10
LOT_VOTERS = 3


@dataclass(frozen=True, slots=True)
class Mover:
    """How far a model has moved, in points to a tenth, by how many votes on it."""

    name: str
    change: float
    votes: int


class Ticker:
    """Takes in votes in their order, and tells of them late and together.

    It starts from given ratings, and from 1000 where there is none. Votes wait until there are
    `LOT_VOTES` of them, by `LOT_VOTERS` people; `votes` counts those that no longer wait. A
    model's figure stays what it was until `LOT_VOTERS` more people have voted on it.
    """

    def __init__(self, ratings: Mapping[str, float]) -> None:
        from .rating import EloTicker

        self.votes = 0
        self._before = dict(ratings)
        self._elo = EloTicker(ratings=dict(ratings))
        self._waiting: list[tuple[str, str, Outcome, int]] = []
        self._counted = Counter[str]()
        self._voters: defaultdict[str, set[int]] = defaultdict(set)
        self._told: dict[str, Mover] = {}

    def add(self, first: str, second: str, outcome: Outcome, voter: int) -> None:
        """Take in a vote; `voter` is any number that stands for who voted."""
        self._waiting.append((first, second, outcome, voter))
        if len(self._waiting) < LOT_VOTES:
            return
        if len({voter for *_, voter in self._waiting}) >= LOT_VOTERS:
            self._count()
            self._tell()

    def movers(self) -> tuple[Mover, ...]:
        """The models that moved, the largest movement first."""
        moved = [one for one in self._told.values() if one.change]
        return tuple(sorted(moved, key=lambda one: (-abs(one.change), one.name)))

    def _count(self) -> None:
        for first, second, outcome, voter in self._waiting:
            self._elo.record(first, second, outcome)
            for name in (first, second):
                self._counted[name] += 1
                self._voters[name].add(voter)
        self.votes += len(self._waiting)
        self._waiting = []

    def _tell(self) -> None:
        for name, voters in self._voters.items():
            if len(voters) >= LOT_VOTERS:
                before = self._before.get(name, self._elo.origin)
                change = round(self._elo.ratings[name] - before, 1)
                self._told[name] = Mover(name, change, self._counted[name])
                voters.clear()
