"""Tallies kept up to date: what is new in the ledger is read, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from types import MappingProxyType
from typing import TypeVar

import structlog

from ..evidence import Aggregates
from ..store import Store, vote_log
from ..tally import Tally

T = TypeVar("T")
CHUNK = 100_000
SETTLE_TRIES = 100
SETTLE_SECONDS = 0.01

log = structlog.get_logger("polyarena.tallies")


class TallyKeeper:
    """Holds one tally an arena; whoever uses one sees every vote stored before."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._tallies: dict[str, Tally] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def use(
        self,
        arena: str,
        work: Callable[[Tally], T],
        *,
        measures: bool = False,
        aspects: bool = False,
        columns: Aggregates = MappingProxyType({}),
    ) -> T:
        """Bring an arena's tally up to date and do `work` on it, in a thread.

        `measures`: the votes' measures of style are wanted too; `aspects`: what they say of
        aspects; `columns`: these of evidence.

        Raises:
            StorageError: the votes cannot be read.
        """
        async with self._locks.setdefault(arena, asyncio.Lock()):
            tally = self._tallies.setdefault(arena, Tally())
            await self._refresh(arena, tally)
            if measures:
                await self._measure(arena, tally)
            if aspects:
                await self._judge(arena, tally)
            await self._learn(arena, tally, columns)
            return await asyncio.to_thread(work, tally)

    async def _refresh(self, arena: str, tally: Tally) -> None:
        bound = await self._store.read(vote_log.newest)
        if bound.seq <= tally.upto or not await self._settled(bound):
            return
        for after in range(tally.upto, bound.seq, CHUNK):
            upto = min(after + CHUNK, bound.seq)
            read = partial(vote_log.read, arena=arena, after=after, upto=upto)
            votes, categories = await self._store.read(read)
            await asyncio.to_thread(tally.add, votes, categories, upto)
            read_corrections = partial(vote_log.corrections, arena=arena, after=after, upto=upto)
            if found := await self._store.read(read_corrections):
                await asyncio.to_thread(tally.correct, found)

    async def _measure(self, arena: str, tally: Tally) -> None:
        for after in range(tally.measured, tally.upto, CHUNK):
            upto = min(after + CHUNK, tally.upto)
            read = partial(vote_log.features, arena=arena, after=after, upto=upto)
            await asyncio.to_thread(tally.measure, await self._store.read(read), upto)

    async def _judge(self, arena: str, tally: Tally) -> None:
        for after in range(tally.judged, tally.upto, CHUNK):
            upto = min(after + CHUNK, tally.upto)
            read = partial(vote_log.aspects, arena=arena, after=after, upto=upto)
            await asyncio.to_thread(tally.judge, await self._store.read(read), upto)

    async def _learn(self, arena: str, tally: Tally, columns: Aggregates) -> None:
        while (after := tally.evidence.start(columns, tally.upto)) is not None:
            upto = min(after + CHUNK, tally.upto)
            read = partial(vote_log.evidence, arena=arena, after=after, upto=upto)
            found = await self._store.read(read)
            await asyncio.to_thread(tally.learn, columns, found, after, upto)

    async def _settled(self, bound: vote_log.Bound) -> bool:
        for _ in range(SETTLE_TRIES):
            if await self._store.read(lambda c: vote_log.settled(c, bound)):
                return True
            await asyncio.sleep(SETTLE_SECONDS)
        log.warning("a transaction is open for long; boards wait for it to end")
        return False
