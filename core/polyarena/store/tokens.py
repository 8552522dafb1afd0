"""API tokens: only their digests are kept."""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from .tables import tokens, visitors

PREFIX = "pa_"


@dataclass(frozen=True, slots=True)
class Token:
    """A token as the operator sees it; times are Unix seconds."""

    id: str
    label: str
    created: float
    revoked: float | None


def create(connection: Connection, label: str) -> str:
    """Make a token with a visitor of its own; the text is shown once and never again."""
    text = PREFIX + secrets.token_urlsafe(32)
    visitor = secrets.token_urlsafe(16)
    now = time.time()
    connection.execute(insert(visitors).values(id=visitor, created=now))
    connection.execute(
        insert(tokens).values(
            id=secrets.token_hex(4),
            label=label,
            digest=_digest(text),
            visitor=visitor,
            created=now,
        )
    )
    return text


def visitor_of(connection: Connection, text: str) -> str | None:
    """The visitor a token stands for, or None if it is unknown or revoked."""
    query = select(tokens.c.visitor).where(
        tokens.c.digest == _digest(text), tokens.c.revoked.is_(None)
    )
    return connection.execute(query).scalar_one_or_none()


def revoke(connection: Connection, token_id: str) -> bool:
    """Revoke a token; False if there is none of that id."""
    done = connection.execute(
        update(tokens)
        .where(tokens.c.id == token_id, tokens.c.revoked.is_(None))
        .values(revoked=time.time())
    )
    return done.rowcount > 0


def every(connection: Connection) -> list[Token]:
    """All tokens, oldest first."""
    rows = connection.execute(select(tokens).order_by(tokens.c.created))
    return [Token(row.id, row.label, row.created, row.revoked) for row in rows]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
