"""Votes of an arena as records that anyone can rank again."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from typing import Any

import orjson
from sqlalchemy import Connection

from ..arena import Scalar
from ..errors import NotFound, StorageError
from ..model import SHOWN
from ..plugins import Registry
from ..store import Store, classified, vote_log
from ..store import exports as stored
from ..store.exports import LedgerVote
from .models import ModelService
from .standings import labels

PAGE = 2000
MEASURED_PAGE = 100_000
SETTLE_TRIES = 100
SETTLE_SECONDS = 0.05
PREFIX = "aspect_"
NOT_SHOWN = "model-not-listed"

Told = Callable[[Connection, str, int, int], list[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class VoteRecord:
    """One vote. `excluded` says why the leaderboard leaves it out, and is empty if it counts.

    `seq` is its key in the ledger; `voter` a pseudonym; `propensity` the probability with which
    the pair was drawn, None where nothing was drawn; `at` the time in ISO 8601. `model_a` and
    `model_b` are what the leaderboard calls them: names, or entries where several of one name are
    shown. `evidence` is what the arena found out about both sides, by name. `flags` are the
    levels that the voter gave to either side, by id; `occupation`, `specialty` and `tier` what was
    known of the voter, empty where nothing was, and `expert` whether that made one of them;
    `aspects` are those
    the voter judged, by id. `measures` are those of style, of both sides, for a vote that counts
    and has any.
    """

    battle: str
    seq: int
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
    evidence: Mapping[str, Sequence[Scalar]]
    flags: Mapping[str, Mapping[str, str]]
    occupation: str
    specialty: str
    tier: str
    expert: bool
    aspects: Mapping[str, str]
    measures: Mapping[str, tuple[float, float]]


COLUMNS = tuple(field.name for field in fields(VoteRecord))[:-2]


@dataclass(frozen=True, slots=True)
class Survey:
    """What there is to export: votes with keys up to `upto`.

    `measures` are all that any of them carries, by name, each with its columns of both sides.
    `aspects` are the ballot's and all that any of them judges, by id, each with its column;
    `weights` are those of the ballot's.
    """

    upto: int
    measures: Mapping[str, tuple[str, str]]
    aspects: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column, those of measures last."""
        return (*COLUMNS, *self.aspects.values(), *chain.from_iterable(self.measures.values()))

    @property
    def numbers(self) -> tuple[str, ...]:
        """The columns that hold numbers that need not be whole, or nothing."""
        return ("propensity", *chain.from_iterable(self.measures.values()))

    def cells(self, record: VoteRecord) -> dict[str, object]:
        """A record by column, None where there is nothing."""
        cells: dict[str, object] = {name: getattr(record, name) for name in COLUMNS}
        cells |= {column: record.aspects.get(name, "") for name, column in self.aspects.items()}
        for name, columns in self.measures.items():
            cells |= zip(columns, record.measures.get(name, (None, None)), strict=True)
        return cells


class ExportService:
    """Reads votes from the ledger."""

    def __init__(self, store: Store, registry: Registry, models: ModelService) -> None:
        self._store = store
        self._registry = registry
        self._models = models

    async def survey(self, arena_id: str) -> Survey:
        """What there is to export of an arena now.

        Raises:
            NotFound: no such arena is installed.
            StorageError: an older transaction does not end, and may hold votes.
        """
        if arena_id not in self._registry.arenas:
            raise NotFound(f"There is no arena {arena_id!r}.")
        upto = await self._settled()
        ballot = self._registry.arenas[arena_id].manifest.ballot
        weights = {one.id: one.weight for one in ballot.aspects}
        measures, judged = dict[str, None](), dict[str, None].fromkeys(weights)
        for after in range(0, upto, MEASURED_PAGE):
            span = (arena_id, after, min(after + MEASURED_PAGE, upto))
            for told in (await self._told(vote_log.features, *span)).values():
                measures |= dict.fromkeys(told)
            for told in (await self._told(vote_log.aspects, *span)).values():
                judged |= dict.fromkeys(told)
        aspects = {name: f"{PREFIX}{name}" for name in judged}
        return Survey(upto, _columns(measures, aspects.values()), aspects, weights)

    async def records(
        self, arena_id: str, survey: Survey, *, public: bool = False
    ) -> AsyncGenerator[VoteRecord]:
        """Every vote of an arena that the survey found, oldest first.

        `public`: without those on models that are not shown, which may not be named yet.
        """
        known = await self._models.by_entry()
        shown = {entry: model for entry, model in known.items() if model.state in SHOWN}
        named = labels(shown)
        seq = 0
        while page := await self._store.read(partial(stored.votes_after, seq=seq, limit=PAGE)):
            measures = await self._told(vote_log.features, arena_id, seq, page[-1].seq)
            battles = [vote.battle for vote in page]
            again = await self._store.read(partial(classified.latest, battle_ids=battles))
            for vote in page:
                if vote.seq > survey.upto:
                    return
                named_both = all(one in named for one in vote.reveal["entries"].values())
                if vote.vote["arena"] == arena_id and (named_both or not public):
                    categories = again.get(vote.battle, vote.vote["categories"])
                    yield _record(vote, named, categories, measures.get(vote.seq, {}))
            seq = page[-1].seq

    async def _told(
        self, read: Told, arena_id: str, after: int, upto: int
    ) -> dict[int, dict[str, Any]]:
        found = await self._store.read(lambda c: read(c, arena_id, after, upto))
        return {seq: orjson.loads(told) for seq, told in found}

    async def _settled(self) -> int:
        """The newest key up to which no vote can still appear."""
        bound = await self._store.read(vote_log.newest)
        for _ in range(SETTLE_TRIES):
            if await self._store.read(lambda c: vote_log.settled(c, bound)):
                return bound.seq
            await asyncio.sleep(SETTLE_SECONDS)
        raise StorageError("A transaction has been open for long; export again once it has ended.")


def _columns(names: Iterable[str], others: Iterable[str]) -> dict[str, tuple[str, str]]:
    """By measure, names of columns that are nothing else's."""
    taken = {*COLUMNS, *others}
    columns = {}
    for name in names:
        plain = name
        while taken & {f"{plain}_a", f"{plain}_b"}:
            plain = f"measured_{plain}"
        columns[name] = (f"{plain}_a", f"{plain}_b")
        taken.update(columns[name])
    return columns


def _record(
    vote: LedgerVote,
    named: Mapping[str, str],
    categories: Iterable[str],
    measures: Mapping[str, tuple[float, float]],
) -> VoteRecord:
    entries = vote.reveal["entries"]
    a, b = entries["a"], entries["b"]
    held = vote.vote.get("qualification", {})
    return VoteRecord(
        battle=vote.battle,
        seq=vote.seq,
        at=datetime.fromtimestamp(vote.at, UTC).isoformat(timespec="milliseconds"),
        model_a=named.get(a, a),
        model_b=named.get(b, b),
        winner=vote.vote["choice"],
        voter=vote.vote["voter"],
        categories=tuple(sorted(categories)),
        reasons=tuple(vote.vote["reasons"]),
        propensity=vote.drawn.get("propensity"),
        excluded=vote.vote["excluded"] or ("" if a in named and b in named else NOT_SHOWN),
        mode=vote.drawn.get("mode", ""),
        turns=vote.vote["turns"],
        entry_a=a,
        entry_b=b,
        evidence=vote.vote.get("evidence", {}),
        flags=vote.vote.get("flags", {}),
        occupation=held.get("occupation", ""),
        specialty=held.get("specialty", ""),
        tier=held.get("tier", ""),
        expert=held.get("expert", False),
        aspects=vote.vote.get("aspects", {}),
        measures=measures,
    )
