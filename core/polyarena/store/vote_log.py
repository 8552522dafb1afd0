"""Counted votes in the order of the ledger, read from where the last reader stopped.

A vote's key is the `seq` of its event in the ledger. On PostgreSQL a transaction may take a key
and commit after one with a higher key; so a key is used as a bound only once every transaction
that was under way when it was read has ended (`settled`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection, Select, func, select, text

from ..placement import Correction
from .tables import battles, events, vote_categories, votes

LOGGED = ("entry_a", "entry_b", "choice", "visitor", "tier", "specialty", "expert")


@dataclass(frozen=True, slots=True)
class Bound:
    """The newest key of the ledger, when its event was written, and what must end before it."""

    seq: int
    transaction: int | None


@dataclass(frozen=True, slots=True)
class LoggedVote:
    """A vote that counts: its key, the two entries, the choice, who voted, and as what."""

    seq: int
    at: float
    first: str
    second: str
    choice: str
    visitor: str
    tier: str | None
    specialty: str | None
    expert: bool | None


@dataclass(frozen=True, slots=True)
class SharedBattle:
    """A voted battle that its visitor has shared."""

    token: str
    title: str
    first: str
    second: str
    choice: str
    created: float


def newest(connection: Connection) -> Bound:
    """The newest key there is, 0 in an empty ledger."""
    seq = connection.execute(select(func.max(events.c.seq))).scalar() or 0
    if connection.dialect.name != "postgresql":
        return Bound(seq, None)
    query = text("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
    return Bound(seq, connection.execute(query).scalar_one())


def settled(connection: Connection, bound: Bound) -> bool:
    """Whether no vote with a key up to this one can still appear."""
    if bound.transaction is None:
        return True
    query = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    return bool(connection.execute(query).scalar_one() >= bound.transaction)


def read(
    connection: Connection, arena: str, after: int, upto: int
) -> tuple[list[LoggedVote], list[tuple[int, str]]]:
    """An arena's votes with keys above `after` and up to `upto`, oldest first, that count.

    Also (key, category) of each category of each of them.
    """
    seq = events.c.seq
    rows = connection.execute(
        _counted(
            select(seq, events.c.at, *(votes.c[name] for name in LOGGED)), arena, after, upto
        ).order_by(seq)
    )
    found = [LoggedVote(*row) for row in rows]
    if not found:
        return [], []
    named = _counted(select(seq, vote_categories.c.category), arena, after, upto).join(
        vote_categories, vote_categories.c.battle == votes.c.battle
    )
    return found, [(number, category) for number, category in connection.execute(named)]


def corrections(connection: Connection, arena: str, after: int, upto: int) -> list[Correction]:
    """What was later said of the categories of votes that count, in the order it was said."""
    cast = events.alias("cast_")
    query = (
        select(events.c.seq, cast.c.seq.label("vote"), events.c.data)
        .select_from(events)
        .join(votes, votes.c.battle == events.c.subject)
        .join(cast, (cast.c.subject == events.c.subject) & (cast.c.kind == "vote"))
        .where(events.c.kind == "categories", events.c.seq > after, events.c.seq <= upto)
        .where(votes.c.arena == arena, votes.c.excluded.is_(None))
        .order_by(events.c.seq)
    )
    return [
        Correction(row.seq, row.vote, frozenset(orjson.loads(row.data)["categories"]))
        for row in connection.execute(query)
    ]


def features(connection: Connection, arena: str, after: int, upto: int) -> list[tuple[int, str]]:
    """(key, JSON of measures by name) of the votes that have measures, oldest first."""
    query = _counted(select(events.c.seq, votes.c.features), arena, after, upto)
    query = query.where(votes.c.features.is_not(None)).order_by(events.c.seq)
    return [(seq, measures) for seq, measures in connection.execute(query)]


def aspects(connection: Connection, arena: str, after: int, upto: int) -> list[tuple[int, str]]:
    """(key, JSON of choices by aspect) of the votes that judge any, oldest first."""
    query = _counted(select(events.c.seq, votes.c.aspects), arena, after, upto)
    query = query.where(votes.c.aspects.is_not(None)).order_by(events.c.seq)
    return [(seq, said) for seq, said in connection.execute(query)]


def evidence(connection: Connection, arena: str, after: int, upto: int) -> list[tuple[int, str]]:
    """(key, JSON of both sides' values by name) of the votes that have evidence, oldest first."""
    query = _counted(select(events.c.seq, votes.c.evidence), arena, after, upto)
    query = query.where(votes.c.evidence.is_not(None)).order_by(events.c.seq)
    return [(seq, told) for seq, told in connection.execute(query)]


def shared(connection: Connection, arena: str, one: str, other: str) -> list[SharedBattle]:
    """The last ten counted battles of two entries, on whichever sides, that were shared."""
    sides = [votes.c.entry_a, votes.c.entry_b]
    query: Select[Any] = (
        select(battles.c.share, battles.c.title, *sides, votes.c.choice, battles.c.created)
        .join(votes, votes.c.battle == battles.c.id)
        .where(
            votes.c.arena == arena,
            votes.c.excluded.is_(None),
            votes.c.entry_a.in_((one, other)),
            votes.c.entry_b.in_((one, other)),
            battles.c.share.is_not(None),
            ~battles.c.deleted,
        )
        .order_by(battles.c.created.desc())
        .limit(10)
    )
    return [SharedBattle(*row) for row in connection.execute(query)]


def _counted(query: Select[Any], arena: str, after: int, upto: int) -> Select[Any]:
    return (
        query.select_from(events.join(votes, votes.c.battle == events.c.subject))
        .where(events.c.kind == "vote", events.c.seq > after, events.c.seq <= upto)
        .where(votes.c.arena == arena, votes.c.excluded.is_(None))
    )
