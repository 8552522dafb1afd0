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
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from ..arena import Arena, Category
from ..errors import NotFound
from ..leaderboard import Control, choose, cyclic_note, notes, rate
from ..model import SHOWN, Model
from ..plugins import Registry
from ..settings import Leaderboards
from ..tally import Figures, Tally, digest
from .clock import Clock
from .models import ModelService
from .standings import Leaderboard, Standing, aggregates, labels, standings
from .tallies import TallyKeeper

if TYPE_CHECKING:
    from ..rating import Comparisons

__all__ = ["Leaderboard", "LeaderboardService", "Standing"]

GROWN = 1.02
STYLE: Control = "style"
NO_STYLE = "style: no vote here carries measures of style yet"
VAGUE_STYLE = "style: the votes do not yet tell the effects of style from the models' strengths"


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    board: Leaderboard
    models: Mapping[str, Model]
    tallied: int
    at: float


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """A board before it is rated, its votes if there are any, and by label the figures of them."""

    board: Leaderboard
    votes: Comparisons | None = None
    figures: Figures = field(default_factory=dict)


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
        self._held: dict[tuple[str, str | None, Control], _Held] = {}
        self._locks: dict[tuple[str, str | None, Control], asyncio.Lock] = {}
        self._cyclic: dict[tuple[str, str | None], tuple[int, tuple[str, ...]]] = {}
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

    async def counts(self, arena_id: str) -> Mapping[str, int]:
        """Votes by category."""
        entries = list(await self.shown())
        return await self._tallies.use(arena_id, lambda tally: tally.sizes(entries))

    async def shown(self) -> dict[str, Model]:
        """By entry, every model whose name anyone may read, former entries too."""
        known = await self._models.by_entry()
        return {entry: model for entry, model in known.items() if model.state in SHOWN}

    async def board(
        self, arena_id: str, category: str | None = None, control: str = ""
    ) -> Leaderboard:
        """The leaderboard as of now; see the module for how old it may be.

        Raises:
            NotFound: no such arena, category or control.
        """
        key = (arena_id, category, self._checked(arena_id, category, control))
        models = await self.shown()
        tallied = await self._tallies.use(arena_id, len)
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

    async def at(
        self, arena_id: str, category: str | None, control: Control, upto: int
    ) -> Leaderboard:
        """The board of the votes with keys up to `upto`, made anew."""
        return await self._make((arena_id, category, control), await self.shown(), upto)

    def _current(
        self, key: tuple[str, str | None, Control], models: Mapping[str, Model], tallied: int
    ) -> _Held | None:
        held = self._held.get(key)
        same = held is not None and held.tallied == tallied and held.models == models
        return held if same else None

    async def _renew(
        self, key: tuple[str, str | None, Control], models: Mapping[str, Model]
    ) -> Leaderboard:
        async with self._locks.setdefault(key, asyncio.Lock()):
            tallied = await self._tallies.use(key[0], len)
            if held := self._current(key, models, tallied):
                return held.board
            board = await self._make(key, models, None)
            self._held[key] = _Held(board, models, tallied, self._clock.steady())
            return board

    async def _make(
        self, key: tuple[str, str | None, Control], models: Mapping[str, Model], upto: int | None
    ) -> Leaderboard:
        arena_id, category, control = key
        began = time.perf_counter()
        empty = Leaderboard(
            arena_id, category, control, columns=self._arena(arena_id).manifest.columns
        )
        drawn = await self._tallies.use(
            arena_id,
            partial(_drawn, models=models, upto=upto, board=empty),
            measures=bool(control),
            columns=aggregates(empty.columns),
        )
        if drawn.votes is None:
            return drawn.board
        few = self._settings.minimum_votes
        board = await asyncio.to_thread(_rated, drawn.votes, drawn, models, few)
        if not control and upto is None and board.rated is not None:
            board = replace(board, notes=(*board.notes, *await self._cycles(key, drawn.votes)))
        return replace(board, seconds=time.perf_counter() - began)

    async def _cycles(
        self, key: tuple[str, str | None, Control], votes: Comparisons
    ) -> tuple[str, ...]:
        """The note on cycles, worked out again once the votes have grown by some percent."""
        then, note = self._cyclic.get(key[:2], (0, ()))
        if not then <= len(votes) <= then * GROWN:
            note = await asyncio.to_thread(cyclic_note, votes)
            self._cyclic[key[:2]] = (len(votes), note)
        return note

    def _arena(self, arena_id: str) -> Arena:
        if arena_id not in self._registry.arenas:
            raise NotFound(f"There is no arena {arena_id!r}.")
        return self._registry.arenas[arena_id]

    def _checked(self, arena_id: str, category: str | None, control: str) -> Control:
        known = {one.id for one in self.categories(arena_id)}
        if category is not None and category not in known:
            raise NotFound(f"The {arena_id} arena has no category {category!r}.")
        if not control:
            return ""
        if control not in self.controls(arena_id):
            raise NotFound(f"The {arena_id} arena has no control {control!r}.")
        return STYLE


def _drawn(
    tally: Tally, models: Mapping[str, Model], upto: int | None, board: Leaderboard
) -> _Drawn:
    """The votes a board is made of, and the board with what is known of them."""
    rows = tally.rows(list(models), board.category, upto)
    if not len(rows):
        return _Drawn(board)
    named = labels(models)
    rated = rows
    if board.control:
        rated = tally.measured_rows(rows)
        if not len(rated):
            return _Drawn(replace(board, notes=(NO_STYLE,)))
    votes = tally.controlled(rated, named) if board.control else tally.comparisons(rated, named)
    said: tuple[str, ...] = ()
    if len(rated) < len(rows):
        said = (f"style: {len(rated):,} of {len(rows):,} votes carry measures of style",)
    board = replace(
        board,
        votes=len(rated),
        notes=said,
        first_seq=int(tally.seq[rows[0]]),
        last_seq=int(tally.seq[rows[-1]]),
        as_of=float(tally.at[rows[-1]]),
    )
    figures = tally.figures(rated, aggregates(board.columns))
    return _Drawn(board, votes, {named[one]: figures[one] for one in figures if one in named})


def _rated(
    votes: Comparisons, drawn: _Drawn, models: Mapping[str, Model], minimum_votes: int
) -> Leaderboard:
    from ..rating import PairCounts, RatingError

    board = drawn.board
    named = labels(models)
    entry = {label: key for key, label in named.items()}
    counts = PairCounts.of(votes)
    by_entry = replace(counts, names=tuple(entry[name] for name in counts.names))
    board = replace(board, counts=counts, digest=digest(by_entry))
    control: Control = STYLE if board.control else ""
    try:
        rated = rate(votes, choose(votes, minimum_votes, control))
    except RatingError as error:
        said = VAGUE_STYLE if control else f"not rated: {error}"
        return replace(board, notes=(*board.notes, said))
    return replace(
        board,
        rated=rated,
        standings=standings(
            rated, {label: models[key] for label, key in entry.items()}, drawn.figures
        ),
        notes=(*board.notes, *notes(votes, rated)),
        effects=rated.ratings.coefficients,
    )
