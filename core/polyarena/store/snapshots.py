"""Snapshots of leaderboards: written once, never changed (triggers forbid it)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import orjson
from sqlalchemy import Connection, Row, Select, and_, func, select
from sqlalchemy.dialects import postgresql, sqlite

from .tables import snapshots

Fields = Mapping[str, Any]
Board = tuple[str, str, str, str]
"""Category, control, aspect and voters, each empty for all or none."""

EVERYTHING: Board = ("", "", "", "")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A board as it stood, of everybody's votes or of those of `voters`.

    It rates the votes that count with keys from `first_seq` to `last_seq`; `digest` is that of
    their counts, `engine` and `parameters` say what rated them. `as_of` is when the newest of
    them was cast and `made` when the snapshot was. `standings` has one mapping an entry, best
    first, `columns` in it being by id what the arena's columns came to, which the parameters'
    `columns` say how to work out; `effects` has the coefficients beside the ratings.
    """

    arena: str
    category: str
    control: str
    made: float
    as_of: float
    first_seq: int
    last_seq: int
    votes: int
    digest: str
    engine: str
    parameters: Fields
    standings: Sequence[Fields]
    effects: Sequence[Fields]
    notes: Sequence[str]
    aspect: str = ""
    voters: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A snapshot without its contents; the fields are those of `Snapshot`."""

    id: int
    arena: str
    category: str
    control: str
    aspect: str
    voters: str
    as_of: float
    made: float
    first_seq: int
    last_seq: int
    votes: int
    digest: str
    engine: str


JSON = ("parameters", "standings", "effects", "notes")
BOARD = ("category", "control", "aspect", "voters")


def put(connection: Connection, snapshot: Snapshot) -> bool:
    """Store a snapshot; False if there is one of this board up to this vote."""
    make = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    values = {field.name: getattr(snapshot, field.name) for field in fields(Snapshot)}
    del values["id"]
    for name in JSON:
        values[name] = orjson.dumps(values[name], default=dict).decode()
    key = ["arena", *BOARD, "last_seq"]
    done = connection.execute(
        make(snapshots).values(**values).on_conflict_do_nothing(index_elements=key)
    )
    return done.rowcount > 0


def get(connection: Connection, snapshot_id: int) -> Snapshot | None:
    """A snapshot by its id."""
    row = connection.execute(select(snapshots).where(snapshots.c.id == snapshot_id)).one_or_none()
    return _snapshot(row) if row else None


def history(
    connection: Connection,
    arena: str,
    board: Board = EVERYTHING,
    limit: int = 200,
) -> list[Snapshot]:
    """The newest snapshots of a board, oldest first."""
    query = (
        _of_board(select(snapshots), arena, board)
        .order_by(snapshots.c.last_seq.desc())
        .limit(limit)
    )
    return [_snapshot(row) for row in connection.execute(query)][::-1]


def listed(connection: Connection, arena: str, board: Board) -> list[Listed]:
    """Every snapshot of a board, oldest first."""
    columns = select(*(snapshots.c[field.name] for field in fields(Listed)))
    query = _of_board(columns, arena, board).order_by(snapshots.c.last_seq)
    return [Listed(*row) for row in connection.execute(query)]


def ids(connection: Connection, arena: str) -> list[int]:
    """The ids of every snapshot of an arena, oldest first."""
    query = select(snapshots.c.id).where(snapshots.c.arena == arena).order_by(snapshots.c.id)
    return list(connection.execute(query).scalars())


def latest(connection: Connection, arena: str) -> dict[Board, tuple[int, int, float]]:
    """By category, control, aspect and voters: last key, votes and time of the newest snapshot."""
    key = [snapshots.c[name] for name in BOARD]
    newest = (
        select(*key, func.max(snapshots.c.last_seq).label("last_seq"))
        .where(snapshots.c.arena == arena)
        .group_by(*key)
        .subquery()
    )
    same = and_(*(snapshots.c[name] == newest.c[name] for name in (*BOARD, "last_seq")))
    query = (
        select(*key, snapshots.c.last_seq, snapshots.c.votes, snapshots.c.made)
        .join(newest, same)
        .where(snapshots.c.arena == arena)
    )
    return {
        (one.category, one.control, one.aspect, one.voters): (one.last_seq, one.votes, one.made)
        for one in connection.execute(query)
    }


def _of_board(query: Select[Any], arena: str, board: Board) -> Select[Any]:
    named = (snapshots.c[name] == value for name, value in zip(BOARD, board, strict=True))
    return query.where(snapshots.c.arena == arena, *named)


def _snapshot(row: Row[tuple[object, ...]]) -> Snapshot:
    held = dict(row._mapping)
    return Snapshot(**{**held, **{name: orjson.loads(held[name]) for name in JSON}})
