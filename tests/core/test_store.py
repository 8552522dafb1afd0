"""The store on both engines: what is acknowledged is stored, what is stored is not lost."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial

import asyncpg
import pytest
from sqlalchemy import Connection, text

from polyarena.arena import Mode
from polyarena.ballot import Choice, Vote
from polyarena.battle import Battle
from polyarena.content import Prompt, Text
from polyarena.errors import ConfigError, Failure, StorageError
from polyarena.model import Model, ModelState
from polyarena.side import Answer, SideStatus
from polyarena.store import Store, battles, ledger, models, open_store, tokens, votes
from polyarena.store.migrate import migrate, newest

pytestmark = pytest.mark.anyio


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    opened = open_store(database)
    await migrate(opened)
    yield opened
    await opened.close()


def a_battle(number: int = 0, prompt: str = "Hello", visitor: str = "visitor") -> Battle:
    fresh = Battle(
        id=f"battle-{number}",
        arena="text",
        mode=Mode.BATTLE,
        visitor=visitor,
        entries={"a": "Alpha@1", "b": "Beta@2"},
        propensity=0.25,
        salt="salt",
    )
    return fresh.ask(Prompt.of(prompt))


def answered(battle: Battle) -> Battle:
    done = Answer(SideStatus.DONE, (Text(text="An answer."),), finish="stop", tokens=3)
    for side in battle.sides:
        battle = battle.start(side).end(side, done)
    return battle


def run(connection: Connection, statement: str) -> list[object]:
    result = connection.execute(text(statement))
    return list(result) if result.returns_rows else []


def save(connection: Connection, battle: Battle) -> None:
    battles.create(connection, battle, "commitment")


async def cast(store: Store, battle: Battle, choice: Choice = Choice.A) -> bool:
    voted = answered(battle).cast(Vote(choice, ("clear",), "Nice."))
    return await store.write(lambda c: votes.cast(c, voted, {"code"}, {"choice": choice}, {}))


async def test_migrating_twice_changes_nothing(store: Store) -> None:
    await migrate(store)
    version = await store.read(lambda c: c.execute(text("SELECT * FROM alembic_version")).scalar())
    assert version == newest()


async def test_a_battle_comes_back_as_it_was(store: Store) -> None:
    battle = answered(a_battle(prompt="Grüße, 世界 \u202e!"))
    await store.write(lambda c: save(c, battle))
    assert await cast(store, a_battle(prompt="Grüße, 世界 \u202e!"))
    record = await store.read(lambda c: battles.get(c, battle.id))
    assert record is not None
    assert record.battle == battle.cast(Vote(Choice.A, ("clear",), "Nice."))


async def test_of_fifty_votes_at_once_one_stands(store: Store) -> None:
    battle = a_battle()
    await store.write(lambda c: save(c, battle))
    stood = await asyncio.gather(*(cast(store, battle, list(Choice)[n % 4]) for n in range(50)))
    assert sum(stood) == 1
    counted = await store.read(lambda c: votes.counts(c, "text"))
    assert sum(n for *_, n in counted) == 1
    kinds = Counter(
        event["kind"] for event in await store.read(lambda c: ledger.about(c, battle.id))
    )
    assert kinds == {"battle": 1, "vote": 1, "reveal": 1}


async def test_four_hundred_writers_lose_nothing(store: Store) -> None:
    async def one(number: int) -> None:
        battle = a_battle(number)
        await store.write(lambda c: save(c, battle))
        assert await cast(store, battle)

    await asyncio.gather(*(one(number) for number in range(400)))
    assert await store.read(lambda c: votes.counts(c, "text")) == [("Alpha@1", "Beta@2", "a", 400)]
    coding = await store.read(lambda c: votes.counts(c, "text", "code"))
    assert coding == [("Alpha@1", "Beta@2", "a", 400)]


async def test_one_bad_write_of_a_group_leaves_the_others(store: Store) -> None:
    def bad(connection: Connection) -> None:
        save(connection, a_battle(1))
        raise ValueError("no")

    results = await asyncio.gather(
        store.write(lambda c: save(c, a_battle(0))),
        store.write(bad),
        store.write(lambda c: save(c, a_battle(2))),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [type(None), ValueError, type(None)]
    _, total = await store.read(lambda c: battles.history(c, "visitor", "", None, 10))
    assert total == 2


async def test_events_can_only_be_appended(store: Store) -> None:
    await store.write(lambda c: save(c, a_battle()))
    statements = ["UPDATE events SET data = ''", "DELETE FROM events"]
    for statement in statements:
        with pytest.raises(StorageError):
            await store.write(partial(run, statement=statement))
    kept = await store.read(lambda c: c.execute(text("SELECT * FROM events")).one())
    assert kept.digest == ledger.event_digest(kept.at, kept.kind, kept.subject, kept.data)
    assert json.loads(kept.data)["commitment"] == "commitment"


async def test_answers_under_way_at_a_crash_are_failed(store: Store) -> None:
    battle = a_battle().start("a")
    await store.write(lambda c: save(c, battle))
    assert await store.write(battles.recover) == 2
    record = await store.read(lambda c: battles.get(c, battle.id))
    assert record is not None
    for answer in record.battle.turn.answers.values():
        assert (answer.status, answer.failure) == (SideStatus.FAILED, Failure.INTERRUPTED)


async def test_erasing_takes_the_text_and_leaves_the_vote(store: Store) -> None:
    battle = answered(a_battle(prompt="My secret"))
    await store.write(lambda c: save(c, battle))
    await cast(store, battle_as_asked(battle))
    await store.write(lambda c: battles.erase(c, [battle.id]))
    record = await store.read(lambda c: battles.get(c, battle.id))
    assert record is not None
    assert record.deleted
    assert record.battle.turns == ()
    assert sum(n for *_, n in await store.read(lambda c: votes.counts(c, "text"))) == 1
    for name in ("battles", "turns", "answers", "votes", "events"):
        rows = await store.read(partial(run, statement=f"SELECT * FROM {name}"))
        assert "My secret" not in repr(rows)
        assert "Nice." not in repr(rows)


def battle_as_asked(battle: Battle) -> Battle:
    return replace(battle, turns=()).ask(battle.turn.prompt)


@pytest.mark.parametrize("query", ["100%", "under_score", "back\\slash", "ÄPFEL", "select '"])
async def test_history_finds_what_was_typed(store: Store, query: str) -> None:
    await store.write(lambda c: save(c, a_battle(0, f"About {query.swapcase()} and more")))
    await store.write(lambda c: save(c, a_battle(1, "about 100 underXscore nothing")))
    rows, total = await store.read(lambda c: battles.history(c, "visitor", query, None, 10))
    assert [row.id for row in rows] == ["battle-0"]
    assert total == 1


async def test_history_is_ones_own_and_pages(store: Store) -> None:
    for number in range(5):
        await store.write(partial(save, battle=a_battle(number)))
    await store.write(lambda c: save(c, a_battle(9, visitor="another")))
    first, total = await store.read(lambda c: battles.history(c, "visitor", "", None, 3))
    rest, _ = await store.read(lambda c: battles.history(c, "visitor", "", first[-1].created, 3))
    assert total == 5
    assert [row.id for row in first + rest] == [f"battle-{n}" for n in (4, 3, 2, 1, 0)]


async def test_a_changed_model_is_a_new_entry(store: Store) -> None:
    model = Model(name="Alpha", provider="openai", config={"model": "x"})
    hotter = model.model_copy(update={"parameters": {"temperature": 1}})
    assert await store.write(lambda c: models.put(c, model, "cli"))
    assert not await store.write(lambda c: models.put(c, model, "cli"))
    assert await store.write(lambda c: models.put(c, hotter, "cli"))
    every = await store.read(lambda c: models.roster(c, everything=True))
    assert [(e.model.entry, e.model.state, e.current) for e in every] == [
        (model.entry, ModelState.RETIRED, False),
        (hotter.entry, ModelState.LISTED, True),
    ]
    kinds = [e["kind"] for e in await store.read(lambda c: ledger.about(c, model.entry))]
    assert kinds == ["model.added", "model.retired"]


async def test_a_removed_model_leaves_the_roster_and_can_come_back(store: Store) -> None:
    model = Model(name="Alpha", provider="openai")
    await store.write(lambda c: models.put(c, model, "cli"))
    assert await store.write(lambda c: models.remove(c, "Alpha"))
    assert not await store.write(lambda c: models.remove(c, "Alpha"))
    assert await store.read(models.roster) == []
    await store.write(lambda c: models.put(c, model, "cli"))
    assert [e.model for e in await store.read(models.roster)] == [model]


async def test_tokens_are_kept_as_digests_and_can_be_revoked(store: Store) -> None:
    token = await store.write(lambda c: tokens.create(c, "a script"))
    rows = await store.read(lambda c: c.execute(text("SELECT * FROM tokens")).all())
    assert token not in repr(rows)
    assert await store.read(lambda c: tokens.visitor_of(c, token))
    (listed,) = await store.read(tokens.every)
    assert await store.write(lambda c: tokens.revoke(c, listed.id))
    assert await store.read(lambda c: tokens.visitor_of(c, token)) is None


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ConfigError, match="mysql is not supported"):
        open_store("mysql://host/db")


async def test_connections_that_the_server_closed_are_replaced(
    postgres_url: str,
) -> None:
    opened = open_store(postgres_url)
    await migrate(opened)
    await asyncio.gather(*(opened.read(ping) for _ in range(5)))
    cut = await asyncpg.connect(postgres_url)
    await cut.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
        "current_database() AND pid <> pg_backend_pid()"
    )
    await cut.close()
    await opened.write(lambda c: save(c, a_battle()))
    assert await opened.read(ping) == 1
    await opened.close()


def ping(connection: Connection) -> int:
    return int(connection.execute(text("SELECT 1")).scalar_one())
