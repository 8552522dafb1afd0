"""Categories decided anew, on both engines: boards follow, votes and snapshots stay."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from kit import QUIET
from kit.served import scripted
from kit.voting import Cast, cast
from polyarena import Arena, ArenaManifest, Finish
from polyarena.errors import BadRequest, NotFound
from polyarena.services import Services, open_services
from polyarena.services.exports import ExportService
from polyarena.settings import Settings
from polyarena.store.tables import events, vote_categories, votes
from polyarena.testing import ArenaPlugin, ScriptedModel

pytestmark = pytest.mark.anyio

LAWYER = "Should I ask a lawyer about it?"
LAWYERS = Cast("Alpha", "Beta", "a", 20, frozenset({"coding"}), prompt=LAWYER)
CODERS = Cast("Beta", "Alpha", "a", 12, frozenset({"coding"}), prompt="Fix my python function")


class Bare(Arena):
    manifest = ArenaManifest(id="bare", title="Bare", summary="Nothing beside what it must have.")


@pytest.fixture
async def services(database: str, tmp_path: Path) -> AsyncIterator[Services]:
    settings = Settings.load(
        data=tmp_path, database_url=database, demo=False, disabled_plugins=QUIET
    )
    models = [ScriptedModel(name, ["Hi.", Finish()]) for name in ("Alpha", "Beta")]
    plugins = {**scripted(*models), "bare": ArenaPlugin(Bare())}
    async with open_services(settings, plugins, server=False) as services:
        yield services


async def counted(services: Services) -> dict[str, int]:
    counts = await services.leaderboards.counts("text")
    return {name: counts.get(name, 0) for name in ("coding", "software", "legal")}


def everything(connection: Connection) -> list[object]:
    rows = [connection.execute(select(table)).all() for table in (votes, vote_categories)]
    return [sorted(map(str, one)) for one in rows]


async def test_boards_follow_and_votes_stay(services: Services) -> None:
    await cast(services, LAWYERS, CODERS)
    assert await counted(services) == {"coding": 32, "software": 0, "legal": 0}
    board = await services.leaderboards.board("text", "coding")
    assert board.votes == 32
    before = await services.store.read(everything)

    done = await services.categories.again("text")
    assert (done.votes, done.changed) == (32, 32)
    assert await counted(services) == {"coding": 12, "software": 12, "legal": 20}
    assert (await services.leaderboards.board("text", "coding")).votes == 12
    assert (await services.leaderboards.board("text", "legal")).votes == 20
    assert await services.store.read(everything) == before

    assert (await services.categories.again("text")).votes == 0
    await cast(services, LAWYERS)
    assert (await services.categories.again("text")).votes == 20
    assert await counted(services) == {"coding": 12, "software": 12, "legal": 40}


async def test_snapshots_of_before_and_after_are_recomputed(services: Services) -> None:
    await cast(services, LAWYERS, CODERS)
    await services.snapshots.take("text")
    await services.categories.again("text")
    await cast(services, LAWYERS)
    await services.snapshots.take("text")
    await services.categories.again("text")
    found = [
        await services.snapshots.recompute(one) for one in await services.snapshots.ids("text")
    ]
    assert all(one.equal for one in found)
    coding = [one.snapshot.votes for one in found if one.snapshot.category == "coding"]
    assert coding == [32, 32]
    assert [one.snapshot.votes for one in found if one.snapshot.category == "legal"] == [20]


async def test_the_ledger_and_exports_tell(services: Services) -> None:
    await cast(services, LAWYERS)
    await services.categories.again("text")
    told = select(events.c.data).where(events.c.kind == "categories")
    found = await services.store.read(lambda c: [json.loads(x) for x in c.execute(told).scalars()])
    assert len(found) == 20
    classifier = services.battles.arena("text").manifest.classifier
    assert {(one["arena"], one["classifier"]) for one in found} == {("text", classifier)}
    exports = ExportService(services.store, services.registry, services.models)
    survey = await exports.survey("text")
    records = [one async for one in exports.records("text", survey)]
    assert {one.categories for one in records} == {("english", "legal")}


async def test_votes_whose_texts_are_gone_keep_their_categories(services: Services) -> None:
    await cast(services, LAWYERS)
    visitor = "visitor-of-one"
    await cast(services, Cast("Alpha", "Beta", "a", 1, frozenset({"math"}), voter=visitor))
    await services.battles.erase(visitor)
    assert (await services.categories.again("text")).votes == 20
    assert (await services.leaderboards.board("text", "math")).votes == 1


async def test_what_cannot_be_done_is_said(services: Services) -> None:
    with pytest.raises(NotFound, match="no arena 'none'"):
        await services.categories.again("none")
    with pytest.raises(BadRequest, match="names no classifier"):
        await services.categories.again("bare")
