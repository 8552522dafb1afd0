"""Votes: one row a battle, never changed."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import asdict
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Connection, Insert, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from ..arena import Scalar
from ..ballot import Vote
from ..battle import Battle
from . import ledger
from .tables import vote_categories, votes


def cast(
    connection: Connection,
    battle: Battle,
    categories: Collection[str],
    event: Mapping[str, Any],
    reveal: Mapping[str, Any],
    features: Mapping[str, tuple[float, float]] | None = None,
    evidence: Mapping[str, tuple[Scalar, Scalar]] | None = None,
) -> bool:
    """Store a battle's vote, its event and the reveal; False if there is a vote already.

    `features` are the arena's measures of both sides, by name; `evidence` what it found out.
    """
    assert battle.vote is not None
    row = {
        "battle": battle.id,
        "arena": battle.arena,
        "entry_a": battle.entries["a"],
        "entry_b": battle.entries["b"],
        "choice": battle.vote.choice.value,
        "reasons": orjson.dumps(battle.vote.reasons).decode(),
        "comment": battle.vote.comment,
        "visitor": battle.visitor,
        "excluded": battle.exclusion,
        "created": time.time(),
        "features": _text(features),
        "evidence": _text(evidence),
        "aspects": _text(battle.vote.aspects),
        "flags": _text(battle.vote.flags),
        **_qualified(battle.vote, event),
    }
    stored = connection.execute(_insert_once(connection.dialect.name), row)
    if stored.rowcount == 0:
        return False
    if categories:
        rows = [{"battle": battle.id, "category": name} for name in sorted(categories)]
        connection.execute(insert(vote_categories), rows)
    ledger.append_all(connection, battle.id, {"vote": event, "reveal": reveal})
    return True


def _qualified(vote: Vote, event: Mapping[str, Any]) -> dict[str, object]:
    held = vote.qualification
    if held is None:
        return dict.fromkeys(("occupation", "specialty", "tier", "expert"))
    expert = event.get("qualification", {}).get("expert", False)
    return {**asdict(held), "tier": held.tier.value, "expert": expert}


def _text(told: Mapping[str, Any] | None) -> str | None:
    return orjson.dumps(dict(told)).decode() if told else None


@cache
def _insert_once(dialect: str) -> Insert:
    statement = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(votes)
    return statement.on_conflict_do_nothing(index_elements=["battle"])


def counts(
    connection: Connection, arena: str, category: str | None = None
) -> list[tuple[str, str, str, int]]:
    """Votes that count, as rows of entry a, entry b, choice, number."""
    query = (
        select(votes.c.entry_a, votes.c.entry_b, votes.c.choice, func.count())
        .where(votes.c.arena == arena, votes.c.excluded.is_(None))
        .group_by(votes.c.entry_a, votes.c.entry_b, votes.c.choice)
    )
    if category is not None:
        query = query.join(vote_categories, vote_categories.c.battle == votes.c.battle).where(
            vote_categories.c.category == category
        )
    return [(a, b, choice, n) for a, b, choice, n in connection.execute(query)]
