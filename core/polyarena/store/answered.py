"""Answers of an arena as they are stored, a page at a time."""

from __future__ import annotations

from sqlalchemy import Connection, select, tuple_

from .tables import answers, battles

Place = tuple[float, str, int, str]
"""Where an answer stands: when its battle began, the battle, the turn, the side."""

FIRST: Place = (-1.0, "", -1, "")


def page(
    connection: Connection, arena: str, since: float, after: Place, limit: int
) -> list[tuple[Place, str]]:
    """The next answers after a place, of battles that began at `since` or later: their parts."""
    place = (battles.c.created, answers.c.battle, answers.c.number, answers.c.side)
    query = (
        select(*place, answers.c.parts)
        .join(battles, battles.c.id == answers.c.battle)
        .where(battles.c.arena == arena, battles.c.created >= since, tuple_(*place) > after)
        .order_by(*place)
        .limit(limit)
    )
    rows = connection.execute(query)
    return [((row.created, row.battle, row.number, row.side), row.parts) for row in rows]
