"""Who meets whom: pairs are drawn from odds that votes move in the background."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import structlog

from ..matchmaking import Draw, Odds, learn, odds
from ..model import Model
from ..settings import Matchmaking
from ..tally import Tally
from .clock import Clock
from .tallies import TallyKeeper

if TYPE_CHECKING:
    from ..rating import PairCounts
    from ..rating.sampling import Knowledge

REFRESH_SECONDS = 5.0
MOST_POOLS = 16

log = structlog.get_logger("polyarena.matchmaker")


@dataclass(eq=False)
class _Table:
    """An arena's votes so far, what they say, and the odds of each pool asked for since."""

    counts: PairCounts | None = None
    votes: int = 0
    known: Knowledge | None = None
    odds: dict[tuple[str, ...], Odds] = field(default_factory=dict)
    looked: float = -np.inf
    task: asyncio.Task[None] | None = None


class Matchmaker:
    """Draws pairs; no draw ever waits for votes to be read or rated.

    A draw after `REFRESH_SECONDS` has the votes since the last look taken in for the draws to
    come. Until that is done the odds are those of before, and after a start those without votes;
    the propensity is in any case that of the odds drawn from.
    """

    def __init__(self, tallies: TallyKeeper, rules: Matchmaking, clock: Clock) -> None:
        self._tallies = tallies
        self._rules = rules
        self._clock = clock
        self._tables: dict[str, _Table] = {}
        self._random = random.SystemRandom()

    async def draw(self, arena: str, models: Sequence[Model]) -> Draw:
        """Draw two of these models, and who is left.

        Raises:
            NotEnoughModels: fewer than two of them have a positive weight in the arena.
        """
        self.look(arena)
        table = self._tables[arena]
        pool = tuple(model.name for model in models)
        found = table.odds.get(pool)
        if found is None or found.models != tuple(models):
            known = table.known
            found = await asyncio.to_thread(odds, models, arena, self._rules, known)
            if known is table.known:
                self._keep(table, pool, found)
        return found.draw(self._random)

    def look(self, arena: str) -> None:
        """Have new votes taken in, in the background, unless that was done just now."""
        table = self._tables.setdefault(arena, _Table())
        now = self._clock.steady()
        if (
            self._rules.rule == "active"
            and table.task is None
            and now - table.looked >= REFRESH_SECONDS
        ):
            table.looked = now
            table.task = asyncio.create_task(self._refresh(arena, table))

    def warm(self, arenas: Iterable[str]) -> None:
        """Take in the votes of these arenas before anybody asks for a battle."""
        for arena in arenas:
            self.look(arena)

    async def settle(self) -> None:
        """Wait until the looks under way are over."""
        tasks = [table.task for table in self._tables.values() if table.task is not None]
        await asyncio.gather(*tasks, return_exceptions=True)

    async def close(self) -> None:
        """Give up the looks under way."""
        for table in self._tables.values():
            if table.task is not None:
                table.task.cancel()
        await self.settle()

    def _keep(self, table: _Table, pool: tuple[str, ...], found: Odds) -> None:
        table.odds.pop(pool, None)
        while len(table.odds) >= MOST_POOLS:
            del table.odds[next(iter(table.odds))]
        table.odds[pool] = found

    async def _refresh(self, arena: str, table: _Table) -> None:
        try:
            await self._take_in(arena, table)
        except Exception:
            # The odds of before are as sound as they were; a battle needs no better ones.
            log.exception("new votes do not move the odds of pairs yet", arena=arena)
        finally:
            table.task = None

    async def _take_in(self, arena: str, table: _Table) -> None:
        added = partial(_added, before=table.counts, votes=table.votes)
        counts, votes = await self._tallies.use(arena, added)
        if table.known is not None and votes == table.votes:
            return
        known = await asyncio.to_thread(learn, self._rules, counts)
        lately = list(table.odds.items())[-1:]
        again = {
            pool: await asyncio.to_thread(odds, one.models, arena, self._rules, known)
            for pool, one in lately
        }
        table.counts, table.votes, table.known, table.odds = counts, votes, known, again


def _added(tally: Tally, before: PairCounts | None, votes: int) -> tuple[PairCounts | None, int]:
    """The counts of `before`, of the tally's first `votes`, with the votes since; and how many."""
    from ..rating import PairCounts

    rows = np.arange(votes, len(tally))
    if not len(rows):
        return before, votes
    counts = PairCounts.of(tally.comparisons(rows, {entry: entry for entry in tally.entries}))
    return counts if before is None else before.merged(counts), len(tally)
