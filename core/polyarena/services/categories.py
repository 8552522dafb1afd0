"""Categories of votes decided anew, by a newer classifier or a judge; the votes stay as cast.

Where an arena has a judge, every vote is put to it in the background, once it is stored; until
then, and where the judge does not answer, what was decided at the vote stands. What waits when the
server ends is not lost: `again` finds it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

import structlog

from ..arena import Arena, Ask, FinishedBattle
from ..battle import Battle
from ..dispatch import Dispatcher
from ..errors import BadRequest, NotFound
from ..plugins import Registry
from ..store import Store, classified
from ..store import battles as battles_stored
from ..store.classified import Placed
from .finished import finished

PAGE = 200
JUDGES_AT_ONCE = 2
WAITING = 1000

log = structlog.get_logger("polyarena.categories")


@dataclass(frozen=True, slots=True)
class Reclassified:
    """How many votes were decided anew, and how many of them are in other categories now."""

    votes: int
    changed: int


class CategoryService:
    """Decides anew what older classifiers decided."""

    def __init__(self, store: Store, registry: Registry, dispatcher: Dispatcher, ask: Ask) -> None:
        self._store = store
        self._registry = registry
        self._dispatcher = dispatcher
        self._ask = ask
        self._waiting: asyncio.Queue[tuple[Arena, Placed, FinishedBattle]] | None = None

    @asynccontextmanager
    async def kept(self) -> AsyncGenerator[None]:
        """Meanwhile put votes to the judges of their arenas."""
        self._waiting = asyncio.Queue(WAITING)
        tasks = [asyncio.create_task(self._judge(self._waiting)) for _ in range(JUDGES_AT_ONCE)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            self._waiting = None

    def offer(self, arena: Arena, battle: Battle, categories: frozenset[str]) -> None:
        """Put a vote that was just stored to the arena's judge, if it has one; does not wait."""
        if not arena.judged_by or self._waiting is None:
            return
        placed = Placed(battle.id, categories, arena.manifest.classifier)
        try:
            self._waiting.put_nowait((arena, placed, finished(battle)))
        except asyncio.QueueFull:
            log.warning("too many votes wait for the judge; one is left out", battle=battle.id)

    async def _judge(self, waiting: asyncio.Queue[tuple[Arena, Placed, FinishedBattle]]) -> None:
        while True:
            arena, placed, battle = await waiting.get()
            try:
                await self._decide(arena, placed, battle)
            except Exception:
                # One vote's trouble must not end the judging of the others.
                log.exception("a vote was not judged", battle=placed.battle)

    async def again(
        self, arena_id: str, progress: Callable[[int], None] | None = None
    ) -> Reclassified:
        """Decide the categories of an arena's votes that another classifier or judge decided.

        Votes whose texts were deleted, or were never here, keep theirs. `progress` is told how
        many votes were read.

        Raises:
            NotFound: no such arena is installed.
            BadRequest: its classifier has no version.
            StorageError: what is stored is stored; the same again does the rest.
        """
        if arena_id not in self._registry.arenas:
            raise NotFound(f"There is no arena {arena_id!r}.")
        arena = self._registry.arenas[arena_id]
        classifier = arena.judged_by or arena.manifest.classifier
        if not classifier:
            raise BadRequest(f"The {arena_id} arena's manifest names no classifier.")
        read = votes = changed = 0
        async for one in self._others(arena_id, classifier):
            read += 1
            record = await self._store.read(partial(battles_stored.get, battle_id=one.battle))
            if record is None or record.deleted:
                continue
            moved = await self._decide(arena, one, finished(record.battle))
            if moved is not None:
                votes, changed = votes + 1, changed + moved
            if progress is not None:
                progress(read)
        return Reclassified(votes, changed)

    async def _others(self, arena_id: str, classifier: str) -> AsyncGenerator[Placed]:
        after = ""
        look = partial(classified.others, arena=arena_id, classifier=classifier, limit=PAGE)
        while page := await self._store.read(partial(look, after=after)):
            for one in page:
                if one.classifier != classifier:
                    yield one
            after = page[-1].battle

    async def _decide(self, arena: Arena, placed: Placed, battle: FinishedBattle) -> bool | None:
        """Whether the vote's categories changed; None where nothing new was decided."""
        classifier, categories = arena.judged_by, None
        if classifier:
            categories = await self._dispatcher.judge(arena, battle, self._ask)
        if categories is None:
            classifier = arena.manifest.classifier
            if placed.classifier == classifier:
                return None
            categories = await self._dispatcher.categories(arena, battle)
        put = partial(
            classified.put,
            arena=arena.manifest.id,
            battle=placed.battle,
            categories=categories,
            classifier=classifier,
        )
        await self._store.write(put)
        return categories != placed.categories
