"""Battles, their turns and answers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import orjson
from sqlalchemy import Connection, Insert, Row, Table, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ..arena import Mode
from ..ballot import Choice, Vote
from ..battle import Battle, TurnState
from ..content import Message, Prompt
from ..errors import Failure
from ..expertise import Qualification, Tier
from ..side import Answer, Side, SideStatus
from ..use import UNUSED, Use
from . import artifacts, ledger
from .tables import answers, battles, turns, votes

SEARCH_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class BattleRecord:
    """A battle as stored, with what the state machine does not know; `created` is Unix time."""

    battle: Battle
    created: float
    commitment: str
    share: str | None
    deleted: bool


@dataclass(frozen=True, slots=True)
class BattleSummary:
    """A line of somebody's history."""

    id: str
    arena: str
    mode: Mode
    created: float
    title: str
    entries: tuple[str, ...]
    choice: Choice | None


def create(connection: Connection, battle: Battle, commitment: str) -> None:
    """Store a new battle with its first turn and its commitment."""
    connection.execute(
        insert(battles).values(
            id=battle.id,
            arena=battle.arena,
            mode=battle.mode.value,
            visitor=battle.visitor,
            entry_a=battle.entries["a"],
            entry_b=battle.entries.get("b"),
            propensity=battle.propensity,
            salt=battle.salt,
            commitment=commitment,
            created=time.time(),
            title=_title(battle),
        )
    )
    _put_turn(connection, battle, len(battle.turns) - 1)
    data = {"arena": battle.arena, "mode": battle.mode.value, "commitment": commitment}
    ledger.append(connection, "battle", battle.id, data | {"propensity": battle.propensity})


def put_turn(connection: Connection, battle: Battle, number: int) -> None:
    """Store a turn, in place of the one with its number."""
    if number == 0:
        mine = battles.c.id == battle.id
        connection.execute(update(battles).where(mine).values(title=_title(battle)))
    _put_turn(connection, battle, number)


def _put_turn(connection: Connection, battle: Battle, number: int) -> None:
    turn = battle.turns[number]
    _upsert(
        connection,
        turns,
        [
            {
                "battle": battle.id,
                "number": number,
                "prompt": turn.prompt.model_dump_json(),
                "search": turn.prompt.text.casefold()[:SEARCH_LIMIT],
                "base": turn.base,
            }
        ],
    )
    _upsert(connection, answers, [_answer_row(battle, number, side) for side in battle.sides])
    artifacts.use(connection, battle.id, turn.prompt.parts)


def put_answer(connection: Connection, battle: Battle, number: int, side: Side) -> None:
    """Store one side's answer as it stands."""
    _upsert(connection, answers, [_answer_row(battle, number, side)])
    artifacts.use(connection, battle.id, battle.turns[number].answers[side].parts)


def put_use(connection: Connection, battle: Battle, number: int, side: Side) -> None:
    """Store how one side's app was used."""
    mine = (answers.c.battle == battle.id) & (answers.c.number == number) & (answers.c.side == side)
    use = _use_text(battle.turns[number].answers[side].use)
    connection.execute(update(answers).where(mine).values(use=use))


def get(connection: Connection, battle_id: str) -> BattleRecord | None:
    """A battle by its id."""
    return _load(connection, battles.c.id == battle_id)


def get_shared(connection: Connection, token: str) -> BattleRecord | None:
    """A battle by the token of its share link."""
    return _load(connection, battles.c.share == token)


def set_share(connection: Connection, battle_id: str, token: str) -> None:
    """Give a battle a share link."""
    connection.execute(update(battles).where(battles.c.id == battle_id).values(share=token))


def erase(connection: Connection, battle_ids: Sequence[str]) -> None:
    """Delete every text of these battles; votes and ledger stay."""
    connection.execute(delete(answers).where(answers.c.battle.in_(battle_ids)))
    connection.execute(delete(turns).where(turns.c.battle.in_(battle_ids)))
    connection.execute(update(votes).where(votes.c.battle.in_(battle_ids)).values(comment=""))
    connection.execute(
        update(battles)
        .where(battles.c.id.in_(battle_ids))
        .values(deleted=True, share=None, title="")
    )
    for battle_id in battle_ids:
        ledger.append(connection, "erased", battle_id, {})


def ids_of(connection: Connection, visitor: str) -> list[str]:
    """Ids of every battle of a visitor that is not erased."""
    mine = select(battles.c.id).where(battles.c.visitor == visitor, ~battles.c.deleted)
    return list(connection.execute(mine).scalars())


def history(
    connection: Connection, visitor: str, query: str, before: float | None, limit: int
) -> tuple[list[BattleSummary], int]:
    """A visitor's battles, newest first, whose prompts contain `query`; and how many there are."""
    mine = [battles.c.visitor == visitor, ~battles.c.deleted]
    if query:
        found = select(turns.c.battle).where(
            turns.c.search.contains(query.casefold(), autoescape=True)
        )
        mine.append(battles.c.id.in_(found))
    total = connection.execute(select(func.count()).select_from(battles).where(*mine)).scalar_one()
    if before is not None:
        mine.append(battles.c.created < before)
    rows = connection.execute(
        select(battles, votes.c.choice)
        .join(votes, votes.c.battle == battles.c.id, isouter=True)
        .where(*mine)
        .order_by(battles.c.created.desc())
        .limit(limit)
    )
    return [_summary(row) for row in rows], total


def recover(connection: Connection) -> int:
    """Mark answers that were under way when the server went down as interrupted."""
    under_way = (SideStatus.WAITING.value, SideStatus.STREAMING.value)
    return connection.execute(
        update(answers)
        .where(answers.c.status.in_(under_way))
        .values(status=SideStatus.FAILED.value, failure=Failure.INTERRUPTED.value)
    ).rowcount


def _title(battle: Battle) -> str:
    return " ".join(battle.turns[0].prompt.text.split())[:120]


def _upsert(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    connection.execute(_upsert_into(table, connection.dialect.name), rows)


@cache
def _upsert_into(table: Table, dialect: str) -> Insert:
    statement = (postgresql.insert if dialect == "postgresql" else sqlite.insert)(table)
    keys = [column.name for column in table.primary_key]
    names = [column.name for column in table.columns if not column.primary_key]
    changed = {name: statement.excluded[name] for name in names}
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)


def _answer_row(battle: Battle, number: int, side: Side) -> dict[str, object]:
    answer = battle.turns[number].answers[side]
    parts = [part.model_dump(mode="json") for part in answer.parts]
    return {
        "battle": battle.id,
        "number": number,
        "side": side,
        "status": answer.status.value,
        "parts": orjson.dumps(parts).decode(),
        "attempt": answer.attempt,
        "failure": answer.failure.value if answer.failure else None,
        "finish": answer.finish,
        "first_token": answer.first_token,
        "seconds": answer.seconds,
        "tokens": answer.tokens,
        "names_itself": answer.names_itself,
        "use": _use_text(answer.use),
    }


def _use_text(use: Use) -> str | None:
    return None if use == UNUSED else orjson.dumps(use).decode()


def _load(connection: Connection, condition: object) -> BattleRecord | None:
    row = connection.execute(select(battles).where(condition)).one_or_none()  # type: ignore[arg-type]
    if row is None:
        return None
    asked = connection.execute(
        select(turns).where(turns.c.battle == row.id).order_by(turns.c.number)
    ).all()
    given: dict[int, dict[Side, Answer]] = {}
    for answer in connection.execute(select(answers).where(answers.c.battle == row.id)):
        given.setdefault(answer.number, {})[answer.side] = _answer(answer)
    vote = connection.execute(select(votes).where(votes.c.battle == row.id)).one_or_none()
    entries: dict[Side, str] = {"a": row.entry_a}
    if row.entry_b is not None:
        entries["b"] = row.entry_b
    battle = Battle(
        id=row.id,
        arena=row.arena,
        mode=Mode(row.mode),
        visitor=row.visitor,
        entries=entries,
        turns=tuple(
            TurnState(Prompt.model_validate_json(turn.prompt), given[turn.number], turn.base)
            for turn in asked
        ),
        vote=_vote(vote) if vote else None,
        propensity=row.propensity,
        salt=row.salt,
    )
    return BattleRecord(battle, row.created, row.commitment, row.share, row.deleted)


def _vote(row: Row[tuple[object, ...]]) -> Vote:
    said = orjson.loads(row.aspects) if row.aspects else {}
    return Vote(
        choice=Choice(row.choice),
        reasons=tuple(orjson.loads(row.reasons)),
        comment=row.comment,
        aspects={name: Choice(choice) for name, choice in said.items()},
        flags=orjson.loads(row.flags) if row.flags else {},
        qualification=Qualification(row.occupation, row.specialty, Tier(row.tier))
        if row.tier
        else None,
    )


def _answer(row: Row[tuple[object, ...]]) -> Answer:
    parts = Message.model_validate({"role": "assistant", "parts": orjson.loads(row.parts)}).parts
    return Answer(
        status=SideStatus(row.status),
        parts=parts,
        attempt=row.attempt,
        failure=Failure(row.failure) if row.failure else None,
        finish=row.finish,
        first_token=row.first_token,
        seconds=row.seconds,
        tokens=row.tokens,
        names_itself=row.names_itself,
        use=Use(**orjson.loads(row.use)) if row.use else UNUSED,
    )


def _summary(row: Row[tuple[object, ...]]) -> BattleSummary:
    entries = (row.entry_a,) if row.entry_b is None else (row.entry_a, row.entry_b)
    return BattleSummary(
        id=row.id,
        arena=row.arena,
        mode=Mode(row.mode),
        created=row.created,
        title=row.title,
        entries=entries,
        choice=Choice(row.choice) if row.choice else None,
    )
