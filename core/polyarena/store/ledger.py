"""The append-only event table: commitments, votes, reveals, model and roster changes.

Nothing in it is ever changed or deleted (triggers forbid it), so no text a person wrote goes in:
where one matters, its salted digest does.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from .tables import events

_INSERT = insert(events)


def append(connection: Connection, kind: str, subject: str, data: Mapping[str, Any]) -> None:
    """Append an event; its digest is the SHA-256 of time, kind, subject and data as stored."""
    append_all(connection, subject, {kind: data})


def append_all(connection: Connection, subject: str, told: Mapping[str, Mapping[str, Any]]) -> None:
    """Append several events about one subject, by kind, in their order."""
    at = time.time()
    rows = []
    for kind, data in told.items():
        text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        digest = event_digest(at, kind, subject, text)
        rows.append({"at": at, "kind": kind, "subject": subject, "data": text, "digest": digest})
    connection.execute(_INSERT, rows)


def event_digest(at: float, kind: str, subject: str, data: str) -> str:
    """SHA-256 over the four fields, joined by newlines; `at` with microseconds."""
    return hashlib.sha256(f"{at:.6f}\n{kind}\n{subject}\n{data}".encode()).hexdigest()


def about(connection: Connection, subject: str) -> list[dict[str, Any]]:
    """Every event about a battle or model, oldest first."""
    rows = connection.execute(
        select(events).where(events.c.subject == subject).order_by(events.c.seq)
    )
    return [{**row._mapping, "data": json.loads(row.data)} for row in rows]
