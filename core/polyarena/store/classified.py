"""Categories of votes decided anew: the votes stay, and the ledger tells what was decided."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, select
from sqlalchemy.dialects import postgresql, sqlite

from . import ledger
from .tables import battles, classified, events, votes


@dataclass(frozen=True, slots=True)
class Placed:
    """The categories that a vote's battle is in, and the version of what decided."""

    battle: str
    categories: frozenset[str]
    classifier: str


def others(
    connection: Connection, arena: str, classifier: str, after: str, limit: int
) -> list[Placed]:
    """Votes, by battle, not decided by this classifier whose texts are there still.

    Those whose battle's id comes after `after`, in that order.
    """
    query = (
        select(votes.c.battle, events.c.data, classified.c.classifier)
        .select_from(votes)
        .join(battles, battles.c.id == votes.c.battle)
        .join(events, and_(events.c.subject == votes.c.battle, events.c.kind == "vote"))
        .join(classified, classified.c.battle == votes.c.battle, isouter=True)
        .where(votes.c.arena == arena, votes.c.battle > after, ~battles.c.deleted)
        .where(classified.c.classifier.is_(None) | (classified.c.classifier != classifier))
        .order_by(votes.c.battle)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    again = latest(connection, [row.battle for row in rows if row.classifier is not None])
    found = []
    for row in rows:
        cast = json.loads(row.data)
        told = again.get(row.battle, frozenset(cast["categories"]))
        found.append(Placed(row.battle, told, row.classifier or cast.get("classifier", "")))
    return found


def latest(connection: Connection, battle_ids: Sequence[str]) -> dict[str, frozenset[str]]:
    """Of those of these battles that were decided anew, the categories decided last."""
    query = (
        select(events.c.subject, events.c.data)
        .where(events.c.kind == "categories", events.c.subject.in_(battle_ids))
        .order_by(events.c.seq)
    )
    return {
        subject: frozenset(json.loads(data)["categories"])
        for subject, data in connection.execute(query)
    }


def put(
    connection: Connection, arena: str, battle: str, categories: Collection[str], classifier: str
) -> None:
    """Note what was decided anew of a vote's battle."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    row = {"battle": battle, "classifier": classifier}
    statement = make(classified).values(row)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["battle"], set_={"classifier": classifier})
    )
    told = {"arena": arena, "categories": sorted(categories), "classifier": classifier}
    ledger.append(connection, "categories", battle, told)
