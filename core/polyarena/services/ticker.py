"""The live ticker: what has moved in an arena since its newest snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from ..store.snapshots import Snapshot
from ..tally import Tally
from ..ticker import Mover, Ticker
from .leaderboards import LeaderboardService
from .snapshots import SnapshotService
from .standings import labels
from .tallies import TallyKeeper

if TYPE_CHECKING:
    from ..rating import Comparisons


@dataclass(frozen=True, slots=True)
class Movement:
    """The models that moved, the largest movement first, by labels.

    `snapshot` is the id of the snapshot from which is counted, 0 where there is none, and `since`
    when its newest vote was cast; `votes` are those since that are told of.
    """

    arena: str
    snapshot: int = 0
    since: float = 0.0
    votes: int = 0
    movers: tuple[Mover, ...] = ()


@dataclass(slots=True)
class _Held:
    snapshot: int
    labels: Mapping[str, str]
    ticker: Ticker
    upto: int


class TickerService:
    """Keeps one ticker an arena, on counted votes between models whose names anyone may read."""

    def __init__(
        self, leaderboards: LeaderboardService, snapshots: SnapshotService, tallies: TallyKeeper
    ) -> None:
        self._leaderboards = leaderboards
        self._snapshots = snapshots
        self._tallies = tallies
        self._held: dict[str, _Held] = {}

    async def movement(self, arena_id: str) -> Movement:
        """What has moved since the newest snapshot of the board of all votes.

        Raises:
            NotFound: no such arena is installed.
        """
        self._leaderboards.categories(arena_id)
        snapshot = await self._snapshots.newest(arena_id)
        if snapshot is None:
            return Movement(arena_id)
        named = labels(await self._leaderboards.shown())
        held = self._held.get(arena_id)
        if held is None or held.snapshot != snapshot.id or held.labels != named:
            held = self._held[arena_id] = _begin(snapshot, named)
        votes, movers = await self._tallies.use(arena_id, partial(_told, held=held))
        return Movement(arena_id, snapshot.id, snapshot.as_of, votes, movers)


def _begin(snapshot: Snapshot, named: Mapping[str, str]) -> _Held:
    ratings = {
        named[row["entry"]]: row["rating"]
        for row in snapshot.standings
        if row["entry"] in named and row["rating"] is not None
    }
    return _Held(snapshot.id, named, Ticker(ratings), snapshot.last_seq)


def _told(tally: Tally, held: _Held) -> tuple[int, tuple[Mover, ...]]:
    rows = tally.rows(list(held.labels), after=held.upto)
    held.upto = max(held.upto, tally.upto)
    if len(rows):
        _feed(held.ticker, tally.comparisons(rows, held.labels))
    return held.ticker.votes, held.ticker.movers()


def _feed(ticker: Ticker, votes: Comparisons) -> None:
    assert votes.voter is not None
    columns = (votes.first, votes.second, votes.outcome, votes.voter)
    for first, second, outcome, voter in zip(*(one.tolist() for one in columns), strict=True):
        ticker.add(votes.names[first], votes.names[second], outcome, voter)
