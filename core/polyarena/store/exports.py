"""Votes as the ledger has them: what was drawn, what was voted, who it was."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, select

from .tables import events


@dataclass(frozen=True, slots=True)
class LedgerVote:
    """A vote's events joined: `vote` and `reveal`, and `battle` where there is one."""

    seq: int
    at: float
    battle: str
    drawn: dict[str, Any]
    vote: dict[str, Any]
    reveal: dict[str, Any]


def votes_after(connection: Connection, seq: int, limit: int) -> list[LedgerVote]:
    """The next votes of every arena after an event, oldest first."""
    cast, reveal, drawn = (events.alias(name) for name in ("cast_", "reveal_", "drawn_"))
    revealed = and_(reveal.c.subject == cast.c.subject, reveal.c.kind == "reveal")
    begun = and_(drawn.c.subject == cast.c.subject, drawn.c.kind == "battle")
    query = (
        select(cast, reveal.c.data.label("reveal"), drawn.c.data.label("drawn"))
        .join(reveal, revealed)
        .join(drawn, begun, isouter=True)
        .where(cast.c.kind == "vote", cast.c.seq > seq)
        .order_by(cast.c.seq)
        .limit(limit)
    )
    return [
        LedgerVote(
            seq=row.seq,
            at=row.at,
            battle=row.subject,
            drawn=json.loads(row.drawn) if row.drawn else {},
            vote=json.loads(row.data),
            reveal=json.loads(row.reveal),
        )
        for row in connection.execute(query)
    ]
