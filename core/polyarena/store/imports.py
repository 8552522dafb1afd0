"""Votes that were cast elsewhere, stored as battles with a vote and no answers."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from ..arena import Mode
from .ledger import event_digest
from .tables import battles, events, visitors, vote_categories, votes

ASKED_AT_ONCE = 1000
HELD = ("occupation", "specialty", "tier", "expert")


@dataclass(frozen=True, slots=True)
class ImportedVote:
    """One vote: who is on which side, what was voted, by aspect too, and by whom.

    `evidence` is what was found out about both sides, by name; `flags` the levels that the voter
    gave, by id and side; `held` what was known of them, empty if nothing: the occupation, the
    specialty, the tier, and whether they are an expert.
    `visitor` is the voter's id here and `voter` their pseudonym in the ledger; `entries` and
    `salt` open `commitment`.
    """

    battle: str
    visitor: str
    voter: str
    entries: tuple[str, str]
    choice: str
    categories: tuple[str, ...]
    aspects: Mapping[str, str]
    salt: str
    commitment: str
    evidence: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    flags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    held: Mapping[str, Any] = field(default_factory=dict)


def missing(connection: Connection, battle_ids: Sequence[str]) -> set[str]:
    """Which of these battles are not stored."""
    absent = set(battle_ids)
    for start in range(0, len(battle_ids), ASKED_AT_ONCE):
        some = battle_ids[start : start + ASKED_AT_ONCE]
        found = select(battles.c.id).where(battles.c.id.in_(some))
        absent -= set(connection.execute(found).scalars())
    return absent


def add(connection: Connection, arena: str, source: str, given: Sequence[ImportedVote]) -> int:
    """Store those votes that are not stored yet, with their events; answers how many they were.

    `source` is the digest of the file they come from.
    """
    absent = missing(connection, [vote.battle for vote in given])
    fresh = [vote for vote in given if vote.battle in absent]
    if not fresh:
        return 0
    now = time.time()
    _ensure_visitors(connection, {vote.visitor for vote in fresh}, now)
    connection.execute(insert(battles), [_battle(arena, vote, now) for vote in fresh])
    connection.execute(insert(votes), [_vote(arena, vote, now) for vote in fresh])
    placed = [
        {"battle": vote.battle, "category": name} for vote in fresh for name in vote.categories
    ]
    if placed:
        connection.execute(insert(vote_categories), placed)
    rows = [row for vote in fresh for row in _events(arena, source, vote, now)]
    connection.execute(insert(events), rows)
    return len(fresh)


def _ensure_visitors(connection: Connection, ids: set[str], now: float) -> None:
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    rows = [{"id": visitor, "created": now} for visitor in sorted(ids)]
    connection.execute(make(visitors).on_conflict_do_nothing(), rows)


def _battle(arena: str, vote: ImportedVote, now: float) -> dict[str, object]:
    return {
        "id": vote.battle,
        "arena": arena,
        "mode": Mode.BATTLE.value,
        "visitor": vote.visitor,
        "entry_a": vote.entries[0],
        "entry_b": vote.entries[1],
        "propensity": None,
        "salt": vote.salt,
        "commitment": vote.commitment,
        "created": now,
        "title": "",
        # There is nothing to look at, as in a battle whose texts were deleted.
        "deleted": True,
    }


def _vote(arena: str, vote: ImportedVote, now: float) -> dict[str, object]:
    return {
        "battle": vote.battle,
        "arena": arena,
        "entry_a": vote.entries[0],
        "entry_b": vote.entries[1],
        "choice": vote.choice,
        "reasons": "[]",
        "comment": "",
        "visitor": vote.visitor,
        "excluded": None,
        "created": now,
        **{name: json.dumps(dict(told)) if told else None for name, told in _told(vote).items()},
        **{name: vote.held.get(name) for name in HELD},
    }


def _told(vote: ImportedVote) -> dict[str, Mapping[str, Any]]:
    return {"aspects": vote.aspects, "evidence": vote.evidence, "flags": vote.flags}


def _events(arena: str, source: str, vote: ImportedVote, now: float) -> Iterator[dict[str, object]]:
    mode = Mode.BATTLE.value
    battle = {"arena": arena, "mode": mode, "commitment": vote.commitment, "propensity": None}
    cast: dict[str, Any] = {
        "arena": arena,
        "choice": vote.choice,
        "reasons": [],
        "comment": None,
        "content": None,
        "categories": sorted(vote.categories),
        "voter": vote.voter,
        "excluded": None,
        "turns": 0,
        "imported": source,
    }
    told = {**_told(vote), "qualification": vote.held}
    cast |= {name: dict(one) for name, one in told.items() if one}
    reveal = {"entries": {"a": vote.entries[0], "b": vote.entries[1]}, "salt": vote.salt}
    for kind, data in (("battle", battle), ("vote", cast), ("reveal", reveal)):
        yield _event(now, kind, vote.battle, data)


def _event(at: float, kind: str, subject: str, data: Mapping[str, Any]) -> dict[str, object]:
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = event_digest(at, kind, subject, text)
    return {"at": at, "kind": kind, "subject": subject, "data": text, "digest": digest}
