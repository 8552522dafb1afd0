"""Categories of votes decided anew, by a newer classifier; the votes stay as they were cast."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass
from functools import partial

from ..arena import Arena
from ..dispatch import Dispatcher
from ..errors import BadRequest, NotFound
from ..plugins import Registry
from ..store import Store, classified
from ..store import battles as battles_stored
from ..store.classified import Placed
from .votes import finished

PAGE = 200


@dataclass(frozen=True, slots=True)
class Reclassified:
    """How many votes were decided anew, and how many of them are in other categories now."""

    votes: int
    changed: int


class CategoryService:
    """Decides anew what older classifiers decided."""

    def __init__(self, store: Store, registry: Registry, dispatcher: Dispatcher) -> None:
        self._store = store
        self._registry = registry
        self._dispatcher = dispatcher

    async def again(
        self, arena_id: str, progress: Callable[[int], None] | None = None
    ) -> Reclassified:
        """Decide the categories of an arena's votes that another classifier decided.

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
        classifier = arena.manifest.classifier
        if not classifier:
            raise BadRequest(f"The {arena_id} arena's manifest names no classifier.")
        read = votes = changed = 0
        async for one in self._others(arena_id, classifier):
            read += 1
            moved = await self._decide(arena, one, classifier)
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

    async def _decide(self, arena: Arena, placed: Placed, classifier: str) -> bool | None:
        """Whether the vote's categories changed; None where its texts are gone."""
        record = await self._store.read(lambda c: battles_stored.get(c, placed.battle))
        if record is None or record.deleted:
            return None
        categories = await self._dispatcher.categories(arena, finished(record.battle))
        put = partial(
            classified.put,
            arena=arena.manifest.id,
            battle=placed.battle,
            categories=categories,
            classifier=classifier,
        )
        await self._store.write(put)
        return categories != placed.categories
