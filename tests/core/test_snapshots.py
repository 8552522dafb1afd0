"""Snapshots on both engines: they never change, and can be made again from the votes."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import Connection, text

from kit import QUIET
from kit.served import scripted
from kit.voting import Cast, cast
from polyarena import Finish
from polyarena.errors import NotFound, StorageError
from polyarena.model import ModelState
from polyarena.services import Services, open_services
from polyarena.settings import Settings
from polyarena.store import snapshots as stored
from polyarena.store import vote_log
from polyarena.testing import ScriptedModel

pytestmark = pytest.mark.anyio

NAMES = ("Alpha", "Beta", "Gamma")
CODING = frozenset({"coding"})


@asynccontextmanager
async def opened(database: str, data: Path) -> AsyncIterator[Services]:
    settings = Settings.load(data=data, database_url=database, demo=False, disabled_plugins=QUIET)
    models = [ScriptedModel(name, ["Hi.", Finish()]) for name in NAMES]
    async with open_services(settings, scripted(*models), server=False) as services:
        yield services


@pytest.fixture
async def services(database: str, tmp_path: Path) -> AsyncIterator[Services]:
    async with opened(database, tmp_path) as services:
        yield services


def some_votes(seed: int, number: int = 60) -> list[Cast]:
    """Votes by 25 people in which Alpha is ahead of Beta, and Beta of Gamma."""
    rng = random.Random(seed)
    given = []
    for _ in range(number):
        left, right = rng.sample(NAMES, 2)
        better = min(left, right)
        choice = rng.choices(["tie", "a" if better == left else "b", "both_bad"], [1, 3, 1])[0]
        if rng.random() < 0.2:
            choice = "b" if choice == "a" else "a"
        lengths = {"length": (rng.randint(1, 90), rng.randint(1, 90))}
        coding = CODING if rng.random() < 0.6 else frozenset()
        voter = f"v{rng.randrange(25)}"
        given.append(Cast(left, right, choice, 1, coding, lengths, voter))
    return given


@pytest.fixture
async def local(tmp_path: Path) -> AsyncIterator[Services]:
    async with opened("", tmp_path) as services:
        yield services


def _run(connection: Connection, statement: str) -> None:
    connection.execute(text(statement))


async def test_every_snapshot_is_recomputed_to_the_same_board(services: Services) -> None:
    await cast(services, *some_votes(1))
    assert await services.snapshots.take("text") == 4
    await cast(services, *some_votes(2))
    assert await services.snapshots.take("text") == 4
    boards = set()
    for number in await services.snapshots.ids("text"):
        again = await services.snapshots.recompute(number)
        assert again.equal, (again.difference, again.counts_match)
        boards.add((again.snapshot.category, again.snapshot.control, again.snapshot.votes))
    assert {board[:2] for board in boards} == {
        ("", ""), ("", "style"), ("coding", ""), ("coding", "style"),
    }  # fmt: skip
    assert {votes for category, _, votes in boards if not category} == {60, 120}


async def test_a_snapshot_says_what_it_was_made_of(local: Services) -> None:
    await cast(local, *some_votes(3))
    await local.snapshots.take("text")
    (one,) = await local.snapshots.history("text")
    assert 0 < one.first_seq < one.last_seq
    assert one.engine.startswith("polyarena.rating ")
    assert one.parameters["system"] == "bradley-terry"
    assert one.parameters["by_voter"] is True
    assert [row["entry"].partition("@")[0] for row in one.standings] == list(NAMES)
    assert len(one.digest) == 64


async def test_a_snapshot_that_was_tampered_with_is_found_out(local: Services) -> None:
    await cast(local, *some_votes(4))
    await local.snapshots.take("text")
    (one,) = await local.snapshots.history("text")
    first = {**one.standings[0], "rating": one.standings[0]["rating"] + 1e-4}
    moved = replace(one, last_seq=one.last_seq + 1, standings=[first, *one.standings[1:]])
    other = replace(one, last_seq=one.last_seq + 2, digest="0" * 64)
    for forged in (moved, other):
        assert await local.store.write(partial(stored.put, snapshot=forged))
    found = [
        await local.snapshots.recompute(one.id) for one in await local.snapshots.history("text")
    ]
    assert [one.equal for one in found] == [True, False, False]
    assert found[1].difference == pytest.approx(1e-4)
    assert not found[2].counts_match


async def test_snapshots_never_change(services: Services) -> None:
    await cast(services, *some_votes(5))
    await services.snapshots.take("text")
    for statement in ("UPDATE snapshots SET votes = 0", "DELETE FROM snapshots"):
        with pytest.raises(StorageError):
            await services.store.write(partial(_run, statement=statement))
    (one,) = await services.snapshots.history("text")
    assert one.votes == 60


async def test_without_new_votes_no_snapshot_is_added(local: Services) -> None:
    assert await local.snapshots.take("text") == 0
    await cast(local, *some_votes(6))
    assert await local.snapshots.take("text") > 0
    assert await local.snapshots.take("text") == 0


async def test_history_can_be_filled_in_afterwards(local: Services) -> None:
    await cast(local, *some_votes(7))
    await local.snapshots.backfill("text", 3)
    assert [one.votes for one in await local.snapshots.history("text")] == [20, 40, 60]
    with pytest.raises(NotFound):
        await local.snapshots.backfill("none", 3)


async def test_a_board_that_grew_is_the_one_made_at_once(
    services: Services, database: str, tmp_path: Path
) -> None:
    for seed in (8, 9):
        await cast(services, *some_votes(seed, 60))
        await services.leaderboards.board("text")
        await services.leaderboards.board("text", "coding", "style")
    async with opened(database, tmp_path) as fresh:
        for category, control in ((None, ""), ("coding", "style")):
            grown = await services.leaderboards.board("text", category, control)
            whole = await fresh.leaderboards.board("text", category, control)
            assert grown.digest == whole.digest
            assert [one.rating for one in grown.standings] == pytest.approx(
                [one.rating for one in whole.standings], abs=1e-9
            )


async def test_only_new_votes_are_read(local: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = []
    read = vote_log.read

    def counted(*args: object, **more: object) -> object:
        found = read(*args, **more)  # type: ignore[arg-type]
        numbers.append(len(found[0]))
        return found

    monkeypatch.setattr(vote_log, "read", counted)
    for number in (40, 7):
        await cast(local, *some_votes(number, number))
        for _ in range(2):
            await local.leaderboards.board("text")
            await local.leaderboards.board("text", "coding")
    assert numbers == [40, 7]


async def test_hidden_models_leave_no_trace(local: Services) -> None:
    await cast(local, *some_votes(11))
    await local.models.set_state("Alpha", ModelState.PRIVATE)
    board = await local.leaderboards.board("text")
    assert [one.label for one in board.standings] == ["Beta", "Gamma"]
    assert 0 < board.votes < 60
    assert not [note for note in board.notes if "Alpha" in note]
    counts = await local.leaderboards.counts("text")
    assert counts["coding"] <= board.votes


@pytest.fixture
def on_postgres(postgres: Callable[[], str]) -> str:
    return postgres()


async def test_a_vote_that_commits_late_is_not_missed(on_postgres: str, tmp_path: Path) -> None:
    async with opened(on_postgres, tmp_path) as services:
        await cast(services, Cast("Alpha", "Beta", "a"))
        assert (await services.leaderboards.board("text")).votes == 1
        slow = await asyncpg.connect(on_postgres)
        transaction = slow.transaction()
        await transaction.start()
        for table, key in (("battles", "id"), ("votes", "battle")):
            await slow.execute(
                f"CREATE TEMP TABLE copy ON COMMIT DROP AS SELECT * FROM {table};"
                f"UPDATE copy SET {key} = 'late'; INSERT INTO {table} SELECT * FROM copy;"
                "DROP TABLE copy"
            )
        await slow.execute(
            "INSERT INTO events (at, kind, subject, data, digest) "
            "VALUES (0, 'vote', 'late', '', '')"
        )
        await cast(services, Cast("Alpha", "Beta", "a"))
        assert (await services.leaderboards.board("text")).votes == 1
        await transaction.commit()
        await slow.close()
        assert (await services.leaderboards.board("text")).votes == 3
