"""Votes of an arena as records that anyone can rank again."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import partial

from ..errors import NotFound
from ..model import SHOWN
from ..plugins import Registry
from ..store import Store
from ..store import exports as stored
from ..store.exports import LedgerVote
from .models import ModelService
from .standings import labels

PAGE = 2000
NOT_SHOWN = "model-not-listed"


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """One vote. `excluded` says why the leaderboard leaves it out, and is empty if it counts.

    `voter` is a pseudonym; `propensity` the probability with which the pair was drawn, None where
    nothing was drawn; `at` the time in ISO 8601. `model_a` and `model_b` are what
    the leaderboard calls them: names, or entries where several of one name are shown.
    """

    battle: str
    at: str
    model_a: str
    model_b: str
    winner: str
    voter: str
    categories: tuple[str, ...]
    reasons: tuple[str, ...]
    propensity: float | None
    excluded: str
    mode: str
    turns: int
    entry_a: str
    entry_b: str


COLUMNS = tuple(field.name for field in fields(VoteRecord))


class ExportService:
    """Reads votes from the ledger."""

    def __init__(self, store: Store, registry: Registry, models: ModelService) -> None:
        self._store = store
        self._registry = registry
        self._models = models

    async def records(self, arena_id: str) -> AsyncGenerator[VoteRecord]:
        """Every vote of an arena, oldest first.

        Raises:
            NotFound: no such arena is installed.
        """
        if arena_id not in self._registry.arenas:
            raise NotFound(f"There is no arena {arena_id!r}.")
        known = await self._models.by_entry()
        shown = {entry: model for entry, model in known.items() if model.state in SHOWN}
        named = labels(shown)
        seq = 0
        while page := await self._store.read(partial(stored.votes_after, seq=seq, limit=PAGE)):
            for vote in page:
                if vote.vote["arena"] == arena_id:
                    yield _record(vote, named)
            seq = page[-1].seq


def _record(vote: LedgerVote, named: Mapping[str, str]) -> VoteRecord:
    entries = vote.reveal["entries"]
    a, b = entries["a"], entries["b"]
    return VoteRecord(
        battle=vote.battle,
        at=datetime.fromtimestamp(vote.at, UTC).isoformat(timespec="milliseconds"),
        model_a=named.get(a, a),
        model_b=named.get(b, b),
        winner=vote.vote["choice"],
        voter=vote.vote["voter"],
        categories=tuple(vote.vote["categories"]),
        reasons=tuple(vote.vote["reasons"]),
        propensity=vote.drawn.get("propensity"),
        excluded=vote.vote["excluded"] or ("" if a in named and b in named else NOT_SHOWN),
        mode=vote.drawn.get("mode", ""),
        turns=vote.vote["turns"],
        entry_a=a,
        entry_b=b,
    )
