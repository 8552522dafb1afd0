"""Snapshots: taken by votes and by time, never changed, recomputed at will."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial

import numpy as np
import structlog

from ..errors import NotFound
from ..leaderboard import Control, engine
from ..plugins import Registry
from ..settings import Leaderboards
from ..store import Store
from ..store import snapshots as stored
from ..store.snapshots import Listed, Snapshot
from .clock import Clock
from .leaderboards import BoardKey, Leaderboard, LeaderboardService
from .recomputing import COMPARED, Recomputed, columns_of, compared, votes_of
from .standings import aggregates, finite
from .tallies import TallyKeeper

log = structlog.get_logger("polyarena.snapshots")


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
        categories = [None, *(one.id for one in self._leaderboards.categories(arena_id))]
        controls: tuple[Control, ...] = ("", *self._leaderboards.controls(arena_id))
        aspects = self._leaderboards.boards_by(arena_id)
        # Boards by an aspect are kept of all votes alone; with every category they would be many.
        boards = [(category, "") for category in categories] + [(None, one) for one in aspects]
        taken = 0
        for (category, aspect), control in itertools.product(boards, controls):
            key = BoardKey(arena_id, category, control, aspect)
            if upto is None:
                board = await self._leaderboards.board(*key)
            else:
                board = await self._leaderboards.at(key, upto)
            if board.rated is not None:
                made = _snapshot(board, self._clock.wall())
                taken += await self._store.write(partial(stored.put, snapshot=made))
        return taken

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
        self, arena_id: str, category: str | None = None, control: str = "", aspect: str = ""
    ) -> list[Snapshot]:
        """The newest snapshots of a board, oldest first."""
        board = (arena_id, category or "", control, aspect)
        return await self._store.read(lambda c: stored.history(c, *board))

    async def listed(
        self, arena_id: str, category: str | None = None, control: str = "", aspect: str = ""
    ) -> list[Listed]:
        """Every snapshot of a board without its contents, oldest first."""
        board = (arena_id, category or "", control, aspect)
        return await self._store.read(lambda c: stored.listed(c, *board))

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
        if ("", "") not in latest:
            return True
        last_seq, votes, made = latest["", ""]
        rule = self._settings
        age = self._clock.wall() - made
        wanted = max(rule.snapshot_every_votes, rule.snapshot_every_share * votes)
        many = board.votes - votes >= wanted and age >= rule.snapshot_pause_seconds
        return board.last_seq > last_seq and (many or age >= rule.snapshot_every_seconds)


def _snapshot(board: Leaderboard, made: float) -> Snapshot:
    assert board.rated is not None
    rated = board.rated
    return Snapshot(
        arena=board.arena,
        category=board.category or "",
        control=board.control,
        aspect=board.aspect,
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
