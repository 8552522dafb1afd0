"""Snapshots: taken by votes and by time, never changed, recomputed at will."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial

import numpy as np
import structlog

from ..errors import NotFound
from ..leaderboard import engine
from ..plain import finite
from ..plugins import Registry
from ..settings import Leaderboards
from ..store import Store
from ..store import snapshots as stored
from ..store.snapshots import Listed, Snapshot
from ..tally import Tally
from .clock import Clock
from .leaderboards import BoardKey, Leaderboard, LeaderboardService
from .recomputing import COMPARED, Recomputed, columns_of, compared, votes_of
from .standings import aggregates
from .tallies import TallyKeeper

log = structlog.get_logger("polyarena.snapshots")

Part = tuple[str | None, str]


class SnapshotService:
    """Takes, lists and recomputes snapshots of every arena's boards."""

    def __init__(
        self,
        store: Store,
        registry: Registry,
        leaderboards: LeaderboardService,
        tallies: TallyKeeper,
        settings: Leaderboards,
        clock: Clock,
    ) -> None:
        self._store = store
        self._registry = registry
        self._leaderboards = leaderboards
        self._tallies = tallies
        self._settings = settings
        self._clock = clock

    @asynccontextmanager
    async def kept(self) -> AsyncGenerator[None]:
        """Meanwhile keep the boards fresh, and take snapshots where they are due."""
        task = asyncio.create_task(self._keep())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def take(self, arena_id: str, upto: int | None = None) -> int:
        """Store the arena's boards, of votes up to the key `upto` if given; answers how many.

        A board without new votes since its last snapshot is not stored again.
        """
        taken = 0
        for key, newest in await self._moved(arena_id, upto):
            # Boards by voters are many, and are not held in memory for having been stored.
            if upto is None and not key.voters:
                board = await self._leaderboards.board(*key)
            else:
                board = await self._leaderboards.at(key, newest)
            if board.rated is not None:
                made = _snapshot(board, self._clock.wall())
                taken += await self._store.write(partial(stored.put, snapshot=made))
        return taken

    async def _moved(self, arena_id: str, upto: int | None) -> list[tuple[BoardKey, int]]:
        """The boards of votes that have come since they were stored, each with the newest key."""
        boards = self._leaderboards.kept(arena_id)
        entries = list(await self._leaderboards.shown())
        parts = dict.fromkeys((one.category, one.voters) for one in boards)
        read = partial(_newest, entries=entries, parts=list(parts), upto=upto)
        newest = await self._tallies.use(arena_id, read)
        latest = await self._store.read(lambda c: stored.latest(c, arena_id))
        known = {(one[0] or None, one[3]): latest[one][0] for one in latest if not any(one[1:3])}
        moved = {part: seq for part, seq in newest.items() if known.get(part) != seq}
        return [
            (one, moved[one.category, one.voters])
            for one in boards
            if (one.category, one.voters) in moved
        ]

    async def backfill(self, arena_id: str, points: int) -> int:
        """Take snapshots as they would have been after each 1/`points` of the votes.

        Raises:
            NotFound: no such arena is installed.
        """
        self._leaderboards.categories(arena_id)
        keys = await self._tallies.use(arena_id, lambda tally: tally.seq)
        cuts = {len(keys) * (i + 1) // points for i in range(points)} - {0}
        taken = 0
        for cut in sorted(cuts):
            taken += await self.take(arena_id, int(keys[cut - 1]))
        return taken

    async def history(
        self,
        arena_id: str,
        category: str | None = None,
        control: str = "",
        aspect: str = "",
        voters: str = "",
    ) -> list[Snapshot]:
        """The newest snapshots of a board, oldest first."""
        board = (category or "", control, aspect, voters)
        return await self._store.read(lambda c: stored.history(c, arena_id, board))

    async def listed(
        self,
        arena_id: str,
        category: str | None = None,
        control: str = "",
        aspect: str = "",
        voters: str = "",
    ) -> list[Listed]:
        """Every snapshot of a board without its contents, oldest first."""
        board = (category or "", control, aspect, voters)
        return await self._store.read(lambda c: stored.listed(c, arena_id, board))

    async def newest(self, arena_id: str) -> Snapshot | None:
        """The newest snapshot of an arena's board of all votes, if there is one."""
        found = await self._store.read(lambda c: stored.history(c, arena_id, limit=1))
        return found[0] if found else None

    async def get(self, snapshot_id: int) -> Snapshot:
        """A snapshot by its id.

        Raises:
            NotFound: there is none.
        """
        found = await self._store.read(lambda c: stored.get(c, snapshot_id))
        if found is None:
            raise NotFound(f"There is no snapshot {snapshot_id}.")
        return found

    async def ids(self, arena_id: str) -> list[int]:
        """The ids of every snapshot of an arena, oldest first."""
        return await self._store.read(lambda c: stored.ids(c, arena_id))

    async def recompute(self, snapshot_id: int) -> Recomputed:
        """Make a snapshot again from its votes and parameters, and compare.

        Raises:
            NotFound: there is none.
        """
        snapshot = await self.get(snapshot_id)
        found = await self._tallies.use(
            snapshot.arena,
            partial(votes_of, snapshot=snapshot),
            measures=bool(snapshot.control),
            aspects=bool(snapshot.aspect),
            columns=columns_of(snapshot),
        )
        if found is None:
            return Recomputed(snapshot, np.inf, False)
        return await asyncio.to_thread(compared, snapshot, *found)

    async def take_due(self) -> int:
        """Store the boards of every arena in which a snapshot is due; answers how many."""
        taken = 0
        for arena_id in self._registry.arenas:
            try:
                if await self._due(arena_id):
                    taken += await self.take(arena_id)
            except Exception:
                # One arena's trouble must not end the snapshots of the others.
                log.exception("no snapshot was taken", arena=arena_id)
        return taken

    async def _keep(self) -> None:
        while True:
            await asyncio.sleep(self._settings.check_every_seconds)
            await self.take_due()

    async def _due(self, arena_id: str) -> bool:
        board = await self._leaderboards.board(arena_id)
        if board.rated is None:
            return False
        latest = await self._store.read(lambda c: stored.latest(c, arena_id))
        whole = _of_board(BoardKey(arena_id))
        if whole not in latest:
            return True
        last_seq, votes, made = latest[whole]
        rule = self._settings
        age = self._clock.wall() - made
        wanted = max(rule.snapshot_every_votes, rule.snapshot_every_share * votes)
        many = board.votes - votes >= wanted and age >= rule.snapshot_pause_seconds
        return board.last_seq > last_seq and (many or age >= rule.snapshot_every_seconds)


def _of_board(key: BoardKey) -> stored.Board:
    return key.category or "", key.control, key.aspect, key.voters


def _newest(
    tally: Tally, entries: Sequence[str], parts: Sequence[Part], upto: int | None
) -> dict[Part, int]:
    """By category and voters, the key of the newest vote, for those that have votes."""
    rows = {one: tally.rows(entries, one, upto) for one in dict.fromkeys(c for c, _ in parts)}
    mine = {part: tally.voting(rows[part[0]], part[1]) for part in parts}
    return {part: int(tally.seq[held[-1]]) for part, held in mine.items() if len(held)}


def _snapshot(board: Leaderboard, made: float) -> Snapshot:
    assert board.rated is not None
    rated = board.rated
    return Snapshot(
        arena=board.arena,
        category=board.category or "",
        control=board.control,
        aspect=board.aspect,
        voters=board.voters,
        made=made,
        as_of=board.as_of,
        first_seq=board.first_seq,
        last_seq=board.last_seq,
        votes=board.votes,
        digest=board.digest,
        engine=engine(),
        parameters={
            **rated.parameters.fields(),
            "columns": aggregates(board.columns),
            "corrected": board.corrected,
        },
        standings=[
            {
                "entry": one.model.entry,
                **_figures(rated.ratings.names.index(one.label), board),
                "columns": one.figures,
            }
            for one in board.standings
        ],
        effects=[
            {name: _number(getattr(one, name)) for name in ("name", "value", "lower", "upper")}
            for one in board.effects
        ],
        notes=list(board.notes),
    )


def _figures(place: int, board: Leaderboard) -> dict[str, float | None]:
    assert board.rated is not None
    ratings = board.rated.ratings
    columns = {name: getattr(ratings, name)[place] for name in COMPARED}
    return {
        name: int(value) if isinstance(value, np.integer) else finite(value)
        for name, value in columns.items()
    }


def _number(value: str | float) -> str | float | None:
    return value if isinstance(value, str) else finite(value)
