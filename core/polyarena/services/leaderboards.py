"""An arena's leaderboards as of now.

A board is made again when it is looked at and there are new votes, so that a voter who opens it
right after the vote sees it move. That is a read of the new votes and a fit to all, some
milliseconds for an arena of ten thousand votes. From `live_votes` on the last board is served
while a new one is made in the background, and no more than `background_share` of the time is
spent on that (see `settings.Leaderboards`). What boards were is kept in snapshots.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from ..arena import Arena, Category
from ..ballot import COMPOSITE, Aspect
from ..electorate import electorates
from ..errors import NotFound
from ..leaderboard import Control, cyclic_note
from ..model import SHOWN, Model
from ..plugins import Registry
from ..settings import Leaderboards
from .clock import Clock
from .drawn import drawn, rated
from .models import ModelService
from .standings import Leaderboard, Standing, aggregates
from .tallies import TallyKeeper

if TYPE_CHECKING:
    from ..criteria import Votes

__all__ = ["BoardKey", "Leaderboard", "LeaderboardService", "Standing"]

GROWN = 1.02
STYLE: Control = "style"


class BoardKey(NamedTuple):
    """Which board: an arena's, of a category, what held constant, by which aspect, whose votes."""

    arena: str
    category: str | None = None
    control: Control = ""
    aspect: str = ""
    voters: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    board: Leaderboard
    models: Mapping[str, Model]
    tallied: tuple[int, int]
    at: float


class LeaderboardService:
    """Makes boards of the votes between the models whose names anyone may read."""

    def __init__(
        self,
        registry: Registry,
        models: ModelService,
        tallies: TallyKeeper,
        settings: Leaderboards,
        clock: Clock,
    ) -> None:
        self._registry = registry
        self._models = models
        self._tallies = tallies
        self._settings = settings
        self._clock = clock
        self._held: dict[BoardKey, _Held] = {}
        self._locks: dict[BoardKey, asyncio.Lock] = {}
        self._cyclic: dict[BoardKey, tuple[int, tuple[str, ...]]] = {}
        self._renewals: set[asyncio.Task[Leaderboard]] = set()

    def categories(self, arena_id: str) -> tuple[Category, ...]:
        """The categories an arena declares.

        Raises:
            NotFound: no such arena is installed.
        """
        return self._arena(arena_id).manifest.categories

    def controls(self, arena_id: str) -> tuple[Control, ...]:
        """`style`, if the arena measures the style of answers."""
        return () if type(self._arena(arena_id)).features is Arena.features else (STYLE,)

    def aspects(self, arena_id: str) -> tuple[Aspect, ...]:
        """The aspects that an arena's ballot asks for.

        Raises:
            NotFound: no such arena is installed.
        """
        return self._arena(arena_id).manifest.ballot.aspects

    def boards_by(self, arena_id: str) -> tuple[str, ...]:
        """What there are boards by beside the main choice: the aspects, then `composite`."""
        aspects = tuple(one.id for one in self.aspects(arena_id))
        return (*aspects, COMPOSITE) if aspects else ()

    def electorates(self, arena_id: str) -> dict[str, str]:
        """By id, the titles of those whose votes have boards of their own.

        Raises:
            NotFound: no such arena is installed.
        """
        return electorates(self._arena(arena_id).manifest.expertise)

    def kept(self, arena_id: str) -> list[BoardKey]:
        """The boards of which snapshots are kept, everybody's first.

        Of those of the same votes, the one by the main choice with nothing held constant comes
        last: where it is stored, so are the others. Boards by an aspect are kept of all categories
        together alone; with every category they would be many.

        Raises:
            NotFound: no such arena is installed.
        """
        categories = [None, *(one.id for one in self.categories(arena_id))]
        boards: list[tuple[str | None, str]] = [(None, one) for one in self.boards_by(arena_id)]
        boards += [(one, "") for one in categories]
        controls: tuple[Control, ...] = (*self.controls(arena_id), "")
        return [
            BoardKey(arena_id, category, control, aspect, voters)
            for voters in ("", *self.electorates(arena_id))
            for category, aspect in boards
            for control in controls
        ]

    async def voters(self, arena_id: str) -> Mapping[str, int]:
        """Votes by whose they are, all of them under an empty id."""
        entries, known = list(await self.shown()), self.electorates(arena_id)
        return await self._tallies.use(arena_id, lambda tally: tally.voters(entries, known))

    async def counts(self, arena_id: str) -> Mapping[str, int]:
        """Votes by category."""
        entries = list(await self.shown())
        return await self._tallies.use(arena_id, lambda tally: tally.sizes(entries))

    async def shown(self) -> dict[str, Model]:
        """By entry, every model whose name anyone may read, former entries too."""
        known = await self._models.by_entry()
        return {entry: model for entry, model in known.items() if model.state in SHOWN}

    async def board(
        self,
        arena_id: str,
        category: str | None = None,
        control: str = "",
        aspect: str = "",
        voters: str = "",
    ) -> Leaderboard:
        """The leaderboard as of now; see the module for how old it may be.

        `aspect` is one of the ballot's, or `composite`; `voters` one of `electorates`.

        Raises:
            NotFound: no such arena, category, control, aspect or voters.
        """
        key = self._checked(arena_id, category, control, aspect, voters)
        models = await self.shown()
        tallied = await self._tallies.use(arena_id, lambda tally: tally.state)
        if held := self._current(key, models, tallied):
            return held.board
        held = self._held.get(key)
        if held is None or held.board.votes < self._settings.live_votes or held.models != models:
            return await self._renew(key, models)
        if self._rested(held) and not self._renewals:
            task = asyncio.create_task(self._renew(key, models))
            self._renewals.add(task)
            task.add_done_callback(self._renewals.discard)
        return held.board

    def _rested(self, held: _Held) -> bool:
        rest = held.board.seconds / self._settings.background_share
        return self._clock.steady() - held.at > rest

    async def at(self, key: BoardKey, upto: int) -> Leaderboard:
        """The board of the votes with keys up to `upto`, made anew."""
        return await self._make(key, await self.shown(), upto)

    def _current(
        self, key: BoardKey, models: Mapping[str, Model], tallied: tuple[int, int]
    ) -> _Held | None:
        held = self._held.get(key)
        same = held is not None and held.tallied == tallied and held.models == models
        return held if same else None

    async def _renew(self, key: BoardKey, models: Mapping[str, Model]) -> Leaderboard:
        async with self._locks.setdefault(key, asyncio.Lock()):
            tallied = await self._tallies.use(key.arena, lambda tally: tally.state)
            if held := self._current(key, models, tallied):
                return held.board
            board = await self._make(key, models, None)
            self._held[key] = _Held(board, models, tallied, self._clock.steady())
            return board

    async def _make(
        self, key: BoardKey, models: Mapping[str, Model], upto: int | None
    ) -> Leaderboard:
        began = time.perf_counter()
        manifest = self._arena(key.arena).manifest
        empty = Leaderboard(*key, columns=manifest.shown_columns)
        aspects = manifest.ballot.aspects
        found = await self._tallies.use(
            key.arena,
            partial(drawn, models=models, upto=upto, board=empty, aspects=aspects),
            measures=bool(key.control),
            aspects=bool(key.aspect),
            columns=aggregates(empty.columns),
        )
        if found.votes is None:
            return found.board
        few = self._settings.minimum_votes
        board = await asyncio.to_thread(rated, found.votes, found, models, few)
        if not key.control and upto is None and board.rated is not None:
            board = replace(board, notes=(*board.notes, *await self._cycles(key, found.votes)))
        return replace(board, seconds=time.perf_counter() - began)

    async def _cycles(self, key: BoardKey, votes: Votes) -> tuple[str, ...]:
        """The note on cycles, worked out again once the votes have grown by some percent."""
        if isinstance(votes, Mapping):
            return ()
        then, note = self._cyclic.get(key, (0, ()))
        if not then <= len(votes) <= then * GROWN:
            note = await asyncio.to_thread(cyclic_note, votes)
            self._cyclic[key] = (len(votes), note)
        return note

    def _arena(self, arena_id: str) -> Arena:
        if arena_id not in self._registry.arenas:
            raise NotFound(f"There is no arena {arena_id!r}.")
        return self._registry.arenas[arena_id]

    def _checked(
        self, arena_id: str, category: str | None, control: str, aspect: str, voters: str
    ) -> BoardKey:
        known = {one.id for one in self.categories(arena_id)}
        if category is not None and category not in known:
            raise NotFound(f"The {arena_id} arena has no category {category!r}.")
        if control and control not in self.controls(arena_id):
            raise NotFound(f"The {arena_id} arena has no control {control!r}.")
        if aspect and aspect not in self.boards_by(arena_id):
            raise NotFound(f"The {arena_id} arena has no aspect {aspect!r}.")
        if voters and voters not in self.electorates(arena_id):
            raise NotFound(f"The {arena_id} arena has no boards by voters {voters!r}.")
        return BoardKey(arena_id, category, STYLE if control else "", aspect, voters)
