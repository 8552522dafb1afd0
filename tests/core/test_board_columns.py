"""Columns of an arena's evidence: what a board makes of it, and what snapshots keep."""

from __future__ import annotations

import random
import statistics
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from kit import QUIET
from kit.served import ArenaPlugin, scripted
from kit.voting import Cast, cast
from polyarena import Arena, ArenaManifest, Category, Column, Finish, FinishedBattle, Scalar
from polyarena.model import ModelState
from polyarena.services import Services, open_services, tallies
from polyarena.services.standings import Leaderboard
from polyarena.settings import Settings
from polyarena.store import snapshots as stored
from polyarena.store import vote_log
from polyarena.testing import ScriptedModel, check_arena

pytestmark = pytest.mark.anyio

NAMES = ("Alpha", "Beta", "Gamma")
COLUMNS = (
    Column("ran", "Ran", "share"),
    Column("seconds", "Median time", "median", "s"),
    Column("lines", "Lines", "mean"),
)
HARD = frozenset({"hard"})
Found = Mapping[str, tuple[Scalar, Scalar]]


class Timed(Arena):
    """Measures its answers, and has a category."""

    def __init__(self, columns: tuple[Column, ...] = COLUMNS) -> None:
        self.manifest = ArenaManifest(
            id="timed",
            title="Timed",
            summary="Times answers.",
            columns=columns,
            categories=(Category("hard", "Hard"),),
        )

    def features(self, battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
        return {"length": (1.0, 2.0)}


@asynccontextmanager
async def opened(
    data: Path, database: str = "", columns: tuple[Column, ...] = COLUMNS
) -> AsyncIterator[Services]:
    settings = Settings.load(data=data, database_url=database, demo=False, disabled_plugins=QUIET)
    plugins = scripted(*(ScriptedModel(name, ["Hi.", Finish()]) for name in NAMES))
    plugins["timed"] = ArenaPlugin(Timed(columns))
    async with open_services(settings, plugins, server=False) as services:
        yield services


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    async with opened(tmp_path) as services:
        yield services


def timed(left: str, right: str, evidence: Found, **more: object) -> Cast:
    return Cast(left, right, "a", arena="timed", evidence=evidence, **more)  # type: ignore[arg-type]


def figures(board: Leaderboard) -> dict[str, dict[str, float | None]]:
    return {one.label: dict(one.figures) for one in board.standings}


def some_votes(seed: int, number: int) -> list[Cast]:
    rng = random.Random(seed)

    def value(known: Scalar) -> Scalar:
        return known if rng.random() < 0.8 else None

    given = []
    for _ in range(number):
        left, right = rng.sample(NAMES, 2)
        evidence: dict[str, tuple[Scalar, Scalar]] = {
            "ran": (value(rng.random() < 0.7), value(rng.random() < 0.7)),
            "seconds": (value(rng.lognormvariate(0, 2)), value(rng.lognormvariate(0, 2))),
            "lines": (value(rng.randrange(90)), value(rng.randrange(90))),
        }
        choice = rng.choice(["a", "b", "tie"])
        hard = HARD if rng.random() < 0.5 else frozenset()
        lengths = {"length": (float(rng.randint(1, 9)), float(rng.randint(1, 9)))}
        features = lengths if rng.random() < 0.7 else {}
        more = {"categories": hard, "features": features, "voter": f"v{rng.randrange(30)}"}
        given.append(replace(timed(left, right, evidence, **more), choice=choice))
    return given


def expected(votes: list[Cast]) -> dict[str, dict[str, float]]:
    def values(name: str, column: str) -> list[float]:
        sides = [(one.left, one.evidence[column][0]) for one in votes]
        sides += [(one.right, one.evidence[column][1]) for one in votes]
        return [float(value) for model, value in sides if model == name and value is not None]

    return {
        name: {
            "ran": statistics.mean(values(name, "ran")),
            "seconds": statistics.median(values(name, "seconds")),
            "lines": statistics.mean(values(name, "lines")),
        }
        for name in NAMES
    }


def assert_figures(board: Leaderboard, votes: list[Cast]) -> None:
    found = figures(board)
    assert found.keys() == set(NAMES)
    for name, columns in expected(votes).items():
        assert found[name] == pytest.approx(columns, rel=1e-12), name


async def test_shares_are_of_true_and_false_and_others_of_numbers(services: Services) -> None:
    await cast(
        services,
        timed("Alpha", "Beta", {"ran": (True, False), "seconds": (1.0, 8), "lines": (3, 10)}),
        timed("Beta", "Alpha", {"ran": (None, True), "seconds": (True, 2.0), "lines": (20, None)}),
        timed("Alpha", "Beta", {"ran": (False, 1), "seconds": (9.0, "7"), "odd": (1, 1)}),
        timed("Alpha", "Gamma", {}),
    )
    board = await services.leaderboards.board("timed")
    assert figures(board) == {
        "Alpha": {"ran": pytest.approx(2 / 3), "seconds": 2.0, "lines": 3.0},
        "Beta": {"ran": 0.0, "seconds": 8.0, "lines": 15.0},
        "Gamma": {"ran": None, "seconds": None, "lines": None},
    }


def test_columns_have_names_of_their_own() -> None:
    assert check_arena(Timed()) == []
    (problem,) = check_arena(Timed((*COLUMNS, Column("ran", "Ran again", "mean"))))
    assert str(problem) == "manifest: there are two column ids 'ran'"


async def test_numbers_of_any_size_do_no_harm(services: Services) -> None:
    await cast(
        services,
        timed("Alpha", "Beta", {"seconds": (1e308, -1e308), "lines": (1e308, 2**63)}),
        timed("Alpha", "Beta", {"seconds": (1.5e308, 0), "lines": (1e308, 2**63)}),
    )
    found = figures(await services.leaderboards.board("timed"))
    assert found["Alpha"] == {"ran": None, "seconds": 1.25e308, "lines": None}
    assert found["Beta"] == {"ran": None, "seconds": -5e307, "lines": float(2**63)}


async def test_a_board_shows_what_its_own_votes_found(
    tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "CHUNK", 40)
    votes = some_votes(1, 120)
    async with opened(tmp_path, database) as services:
        await cast(services, *votes[:70])
        await services.leaderboards.board("timed")
        await cast(services, *votes[70:])
        boards = services.leaderboards
        assert_figures(await boards.board("timed"), votes)
        hard = [one for one in votes if one.categories]
        assert_figures(await boards.board("timed", "hard"), hard)
        measured = [one for one in votes if one.features]
        assert_figures(await boards.board("timed", None, "style"), measured)
        both = [one for one in measured if one.categories]
        assert_figures(await boards.board("timed", "hard", "style"), both)


async def test_votes_on_hidden_models_are_left_out(services: Services) -> None:
    votes = some_votes(2, 60)
    await cast(services, *votes)
    await services.models.set_state("Gamma", ModelState.PRIVATE)
    found = figures(await services.leaderboards.board("timed"))
    shown = [one for one in votes if "Gamma" not in (one.left, one.right)]
    told = [one.evidence["ran"][one.right == "Alpha"] for one in shown]
    assert found.keys() == {"Alpha", "Beta"}
    assert found["Alpha"]["ran"] == statistics.mean(one for one in told if isinstance(one, bool))


async def test_only_new_evidence_is_read(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = []
    read = vote_log.evidence

    def counted(*args: object, **more: object) -> object:
        found = read(*args, **more)  # type: ignore[arg-type]
        numbers.append(len(found))
        return found

    monkeypatch.setattr(vote_log, "evidence", counted)
    for number in (40, 7):
        await cast(services, *some_votes(number, number))
        for _ in range(2):
            await services.leaderboards.board("timed")
            await services.leaderboards.board("timed", "hard")
        await services.leaderboards.board("text")
    assert numbers == [40, 7]


async def test_snapshots_keep_the_columns_and_are_recomputed(services: Services) -> None:
    await cast(services, *some_votes(3, 60))
    assert await services.snapshots.take("timed") == 4
    await cast(services, *some_votes(4, 60))
    assert await services.snapshots.take("timed") == 4
    for number in await services.snapshots.ids("timed"):
        again = await services.snapshots.recompute(number)
        assert again.equal, again.difference
    first, second = await services.snapshots.history("timed")
    assert second.parameters["columns"] == {"ran": "share", "seconds": "median", "lines": "mean"}
    board = await services.leaderboards.board("timed")
    assert [row["columns"] for row in second.standings] == [one.figures for one in board.standings]
    assert first.standings[0]["columns"] != second.standings[0]["columns"]


async def test_a_column_that_was_tampered_with_is_found_out(services: Services) -> None:
    await cast(services, *some_votes(5, 60))
    await services.snapshots.take("timed")
    (one,) = await services.snapshots.history("timed")
    row, *others = one.standings
    changes: list[dict[str, float | None]] = [{"seconds": row["columns"]["seconds"] + 0.01}]
    changes += [{"ran": None}, {}]
    for place, change in enumerate(changes, 1):
        changed = {**row, "columns": {**row["columns"], **change} if change else {}}
        seq = one.last_seq + place
        forged = replace(one, last_seq=seq, standings=[changed, *others])
        assert await services.store.write(partial(stored.put, snapshot=forged))
    found = [
        await services.snapshots.recompute(one.id)
        for one in await services.snapshots.history("timed")
    ]
    assert [one.equal for one in found] == [True, False, False, False]
    assert found[1].difference == pytest.approx(0.01)
    assert all(one.counts_match for one in found)


async def test_snapshots_outlive_a_change_of_columns(tmp_path: Path) -> None:
    async with opened(tmp_path, columns=()) as services:
        await cast(services, *some_votes(6, 60))
        await services.snapshots.take("timed")
    async with opened(tmp_path) as services:
        await cast(services, *some_votes(7, 30))
        await services.snapshots.take("timed")
    changed = (Column("ran", "Ran", "mean"), Column("seconds", "Mean time", "mean"))
    async with opened(tmp_path, columns=changed) as services:
        found = figures(await services.leaderboards.board("timed"))
        assert found["Alpha"].keys() == {"ran", "seconds"}
        assert found["Alpha"]["ran"] is None
        await cast(services, *some_votes(8, 10))
        ids = await services.snapshots.ids("timed")
        assert len(ids) == 8
        assert all([(await services.snapshots.recompute(one)).equal for one in ids])
