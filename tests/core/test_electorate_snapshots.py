"""Snapshots of the boards by voters, on both engines, and databases from before there were any."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from kit.voting import cast
from kit.ward import ARENA, CATEGORIES, ELECTORATES, opened, some_votes
from polyarena.errors import StorageError
from polyarena.services import Services
from polyarena.services.leaderboards import LeaderboardService
from polyarena.store import open_store
from polyarena.store import snapshots as stored
from polyarena.store.migrate import HERE, migrate

pytestmark = pytest.mark.anyio

BEFORE = """
INSERT INTO snapshots (arena, category, control, aspect, made, as_of, first_seq, last_seq, votes,
    digest, engine, parameters, standings, effects, notes)
VALUES (:arena, '', '', '', 1, 1, 1, :last, 8, 'd', 'e', '{}', '[]', '[]', '[]')
"""


def _run(connection: Connection, statement: str) -> None:
    connection.execute(text(statement))


@pytest.fixture
async def services(database: str, tmp_path: Path) -> AsyncIterator[Services]:
    async with opened(tmp_path, database) as services:
        yield services


async def test_every_board_by_voters_is_stored_and_recomputed(services: Services) -> None:
    await cast(services, *some_votes(1, 300))
    assert await services.snapshots.take(ARENA) > 100
    found = [await services.snapshots.recompute(one) for one in await services.snapshots.ids(ARENA)]
    wrong = [(one.snapshot, one.difference) for one in found if not one.equal]
    assert not wrong
    boards = {
        (one.snapshot.voters, one.snapshot.category, one.snapshot.control, one.snapshot.aspect)
        for one in found
    }
    assert {voters for voters, *_ in boards} == set(ELECTORATES)
    for voters in ("public", "expert"):
        assert {board[1] for board in boards if board[0] == voters} == {"", *CATEGORIES}
        assert (voters, "", "style", "composite") in boards
    for voters in ELECTORATES:
        shown = await services.leaderboards.board(ARENA, voters=voters)
        (kept,) = await services.snapshots.history(ARENA, voters=voters)
        assert (kept.votes, kept.digest) == (shown.votes, shown.digest)
        ratings = {one.model.entry: one.rating for one in shown.standings}
        assert {row["entry"]: row["rating"] for row in kept.standings} == pytest.approx(ratings)


async def test_without_votes_of_theirs_a_board_is_neither_made_nor_stored(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    votes = some_votes(2, 80)
    await cast(services, *votes)
    await services.snapshots.take(ARENA)
    kept = len(await services.snapshots.ids(ARENA))
    made = []
    at = LeaderboardService.at

    async def counted(self: LeaderboardService, key: object, upto: int) -> object:
        made.append(key)
        return await at(self, key, upto)  # type: ignore[arg-type]

    monkeypatch.setattr(LeaderboardService, "at", counted)
    await cast(services, *[one for one in votes if one.held is None][:3])
    await services.snapshots.take(ARENA)
    assert {one.voters for one in made} == {"public"}  # type: ignore[attr-defined]
    more = await services.snapshots.ids(ARENA)
    assert {(await services.snapshots.get(one)).voters for one in more[kept:]} == {"", "public"}


async def test_snapshots_from_before_are_everybodys(database: str) -> None:
    store = open_store(database)

    def before(connection: Connection) -> None:
        config = Config()
        config.set_main_option("script_location", str(HERE))
        config.attributes["connection"] = connection
        command.upgrade(config, "0011_mail_codes")
        for last in (7, 9):
            connection.execute(text(BEFORE), {"arena": ARENA, "last": last})

    await store.write(before)
    await migrate(store)
    found = await store.read(lambda c: stored.history(c, ARENA))
    assert [(one.id, one.last_seq, one.voters) for one in found] == [(1, 7, ""), (2, 9, "")]
    assert await store.read(lambda c: stored.latest(c, ARENA)) == {("", "", "", ""): (9, 8, 1.0)}
    for statement in ("UPDATE snapshots SET voters = 'expert'", "DELETE FROM snapshots"):
        with pytest.raises(StorageError):
            await store.write(partial(_run, statement=statement))
    await store.close()
