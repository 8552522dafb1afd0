"""An arena's leaderboard: counted votes, rated, with the models' particulars."""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..arena import Category
from ..dispatch import Dispatcher
from ..errors import NotFound
from ..leaderboard import rate
from ..model import SHOWN, Model
from ..plugins import Registry
from ..store import Store
from ..store import votes as stored
from .models import ModelService

if TYPE_CHECKING:
    from ..rating import Ratings

FRESH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Standing:
    """One model's place; ratings in points (400 to tenfold odds), None where not determined."""

    model: Model
    rank: int | None
    rank_low: int | None
    rank_high: int | None
    rating: float | None
    lower: float | None
    upper: float | None
    votes: int


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """The standings of an arena, or of one of its categories, best first."""

    arena: str
    category: str | None
    standings: tuple[Standing, ...]
    votes: int
    notes: tuple[str, ...]


class LeaderboardService:
    """Rates votes as they stand; the last result serves for a second."""

    def __init__(
        self, store: Store, registry: Registry, dispatcher: Dispatcher, models: ModelService
    ) -> None:
        self._store = store
        self._registry = registry
        self._models = models
        self._boards: dict[tuple[str, str | None], tuple[float, Leaderboard]] = {}

    def categories(self, arena_id: str) -> tuple[Category, ...]:
        """The categories an arena declares.

        Raises:
            NotFound: no such arena is installed.
        """
        if arena_id not in self._registry.arenas:
            raise NotFound(f"There is no arena {arena_id!r}.")
        return self._registry.arenas[arena_id].manifest.categories

    async def counts(self, arena_id: str) -> Mapping[str, int]:
        """Votes by category."""
        return await self._store.read(lambda c: stored.category_counts(c, arena_id))

    async def board(self, arena_id: str, category: str | None = None) -> Leaderboard:
        """The leaderboard as of now.

        Raises:
            NotFound: no such arena or category.
        """
        known = {one.id for one in self.categories(arena_id)}
        if category is not None and category not in known:
            raise NotFound(f"The {arena_id} arena has no category {category!r}.")
        made_at, board = self._boards.get((arena_id, category), (0.0, None))
        if board is None or time.monotonic() - made_at > FRESH_SECONDS:
            board = await self._make(arena_id, category)
            self._boards[arena_id, category] = (time.monotonic(), board)
        return board

    async def _make(self, arena_id: str, category: str | None) -> Leaderboard:
        rows = await self._store.read(lambda c: stored.counts(c, arena_id, category))
        models = {
            entry: model
            for entry, model in (await self._models.by_entry()).items()
            if model.state in SHOWN
        }
        labels = _labels(models)
        shown = [
            (labels[a], labels[b], choice, n)
            for a, b, choice, n in rows
            if a in models and b in models
        ]
        rated = await asyncio.to_thread(rate, shown)
        if rated is None:
            return Leaderboard(arena_id, category, (), 0, ())
        by_label = {label: models[entry] for entry, label in labels.items()}
        standings = sorted(_standings(rated, by_label), key=_order)
        return Leaderboard(
            arena_id, category, tuple(standings), sum(n for *_, n in shown), rated.notes
        )


def _labels(models: Mapping[str, Model]) -> dict[str, str]:
    """A model's name, or its entry id where several entries of one name are shown."""
    names = Counter(model.name for model in models.values())
    return {
        entry: model.name if names[model.name] == 1 else entry for entry, model in models.items()
    }


def _standings(rated: Ratings, models: Mapping[str, Model]) -> list[Standing]:
    return [
        Standing(
            models[label],
            _whole(rated.rank[i]),
            _whole(rated.rank_low[i]),
            _whole(rated.rank_high[i]),
            _finite(rated.rating[i]),
            _finite(rated.lower[i]),
            _finite(rated.upper[i]),
            int(rated.votes[i]),
        )
        for i, label in enumerate(rated.names)
    ]


def _order(standing: Standing) -> tuple[float, str]:
    rating = standing.rating
    return (math.inf if rating is None else -rating, standing.model.name)


def _finite(number: float) -> float | None:
    return float(number) if math.isfinite(number) else None


def _whole(rank: int) -> int | None:
    return int(rank) or None
