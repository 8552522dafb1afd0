"""How far experts and the public agree, among themselves and with one another."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from ..agreement import Measured, measured
from ..electorate import EXPERT, PUBLIC
from ..errors import NotFound
from ..model import Model
from ..tally import Tally
from .leaderboards import LeaderboardService
from .standings import labels
from .tallies import TallyKeeper

if TYPE_CHECKING:
    from ..rating import Comparisons
    from ..rating.arrays import Bools


class AgreementService:
    """Measures agreement on the votes between models whose names anyone may read."""

    def __init__(self, leaderboards: LeaderboardService, tallies: TallyKeeper) -> None:
        self._leaderboards = leaderboards
        self._tallies = tallies

    async def of(self, arena_id: str, category: str | None = None) -> tuple[Measured, ...]:
        """Every measure, of all votes or those of a category; empty without votes.

        Raises:
            NotFound: no such arena is installed, or it does not ask whose votes are an expert's.
        """
        if not self._leaderboards.electorates(arena_id):
            raise NotFound(f"The {arena_id} arena does not ask whose votes are an expert's.")
        models = await self._leaderboards.shown()
        drawn = partial(_votes, models=models, category=category)
        found = await self._tallies.use(arena_id, drawn)
        return () if found is None else await asyncio.to_thread(measured, *found)


def _votes(
    tally: Tally, models: Mapping[str, Model], category: str | None
) -> tuple[Comparisons, Bools, Bools] | None:
    rows = tally.rows(list(models), category)
    if not len(rows):
        return None
    votes = tally.comparisons(rows, labels(models))
    experts, public = (np.isin(rows, tally.voting(rows, who)) for who in (EXPERT, PUBLIC))
    return votes, experts, public
