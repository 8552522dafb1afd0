"""Visitors: anonymous, known by a signed cookie; an account will link to one of these ids."""

from __future__ import annotations

import time

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from .tables import visitors


def ensure(connection: Connection, visitor: str) -> None:
    """Store a visitor's id, once."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(
        make(visitors).values(id=visitor, created=time.time()).on_conflict_do_nothing()
    )
