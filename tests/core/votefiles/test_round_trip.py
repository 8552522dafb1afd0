"""A release imported into another instance gives the same boards, on both engines."""

from __future__ import annotations

import asyncio
import csv
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from kit.voting import cast
from kit.ward import ARENA, CATEGORIES, ELECTORATES, NAMES, opened, some_votes
from polyarena.services import Services
from polyarena.services.leaderboards import Leaderboard

from .conftest import Run

Board = tuple[str | None, str, str, str]
FIGURES = ("rating", "lower", "upper", "rank", "rank_low", "rank_high", "votes", "preliminary")
KEPT = (
    "winner", "categories", "evidence", "flags", "occupation", "specialty", "tier", "expert",
    "excluded", "length_a", "length_b", "aspect_safe",
)  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def databases(
    request: pytest.FixtureRequest, tmp_path: Path, postgres: Callable[[], str]
) -> tuple[str, str]:
    """Two new databases, on each engine in turn."""
    if request.param == "postgresql":
        return postgres(), postgres()
    return f"sqlite:///{tmp_path / 'one.db'}", f"sqlite:///{tmp_path / 'other.db'}"


@pytest.fixture
def there(monkeypatch: pytest.MonkeyPatch, run: Run) -> Callable[..., str]:
    """Run a command on a database."""

    def there(database: str, *arguments: object) -> str:
        monkeypatch.setenv("POLYARENA_DATABASE_URL", database)
        return run(*arguments)[0]

    return there


def figures(board: Leaderboard) -> dict[str, dict[str, Any]]:
    """By model, all that a board says of it."""
    return {
        one.label: {**{name: getattr(one, name) for name in FIGURES}, **one.figures}
        for one in board.standings
    }


async def boards(services: Services) -> dict[Board, dict[str, dict[str, Any]]]:
    """Every board of the arena that has votes, and how far its voters agree."""
    found: dict[Board, dict[str, dict[str, Any]]] = {}
    for key in services.leaderboards.kept(ARENA):
        if key.voters not in ELECTORATES or key.category not in (None, *CATEGORIES):
            continue
        board = await services.leaderboards.at(key, sys.maxsize)
        found[key[1:]] = {**figures(board), "": {"votes": board.votes}}
        for effect in board.effects:
            found[key[1:]][f"effect {effect.name}"] = {"log_odds": effect.value}
    for one in await services.agreements.of(ARENA):
        told = {name: getattr(one.found, name) for name in ("value", "lower", "upper", "units")}
        found[one.measure, one.of, "", "agreement"] = {"": told}
    return found


def of(
    data: Path, database: str, names: Sequence[str] = ()
) -> dict[Board, dict[str, dict[str, Any]]]:
    async def work() -> dict[Board, dict[str, dict[str, Any]]]:
        async with opened(data, database, names) as services:
            return await boards(services)

    return asyncio.run(work())


def store(data: Path, database: str, seed: int, number: int) -> None:
    async def work() -> None:
        async with opened(data, database) as services:
            await cast(services, *some_votes(seed, number))

    asyncio.run(work())


def assert_same(
    one: Mapping[Board, dict[str, dict[str, Any]]], other: Mapping[Board, dict[str, dict[str, Any]]]
) -> None:
    assert one.keys() == other.keys()
    for key, rows in one.items():
        assert rows.keys() == other[key].keys(), key
        for name, row in rows.items():
            assert other[key][name] == pytest.approx(row, abs=1e-6, nan_ok=True), (key, name)


def test_a_release_gives_the_same_boards_elsewhere(
    databases: tuple[str, str], there: Callable[..., str], tmp_path: Path
) -> None:
    here, elsewhere = databases
    store(tmp_path / "here", here, 3, 400)
    release = tmp_path / "release"
    there(here, "votes", "export", "--arena", ARENA, "--release", release)
    added = there(elsewhere, "votes", "import", release, "--arena", ARENA, "--yes")
    assert "Imported 400 votes on 3 models" in added
    again = there(elsewhere, "votes", "import", release, "--arena", ARENA, "--yes")
    assert "Imported 0 votes on 3 models into medicine; 400 had been imported before" in again

    original = of(tmp_path / "here", here, NAMES)
    assert_same(original, of(tmp_path / "elsewhere", elsewhere))
    assert all(original[None, "", "", one][""]["votes"] for one in ELECTORATES)
    assert original[None, "", "", "expert"]["Alpha"]["flag-harm"] > 0
    assert original[None, "style", "composite", "expert"]["Alpha"]["rating"] is not None

    there(elsewhere, "boards", "snapshot", ARENA)
    assert "0 of" not in there(elsewhere, "boards", "check", ARENA)
    listed = there(elsewhere, "boards", "list", ARENA, "--voters", "tier-registry")
    votes = original[None, "", "", "tier-registry"][""]["votes"]
    assert [line.split("\t")[1] for line in listed.splitlines()] == [f"{votes} votes"]


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("released", [True, False])
def test_what_was_imported_is_exported_as_it_was(
    format: str, released: bool, there: Callable[..., str], tmp_path: Path
) -> None:
    here, elsewhere = (f"sqlite:///{tmp_path / name}.db" for name in ("one", "other"))
    store(tmp_path / "here", here, 4, 60)
    export = ("votes", "export", "--arena", ARENA)
    file = tmp_path / ("release" if released else f"votes.{format}")
    there(here, *export, "--format", format, "--release" if released else "--output", file)
    named = () if released else ("--category", "categories")
    there(elsewhere, "votes", "import", file, "--arena", ARENA, *named, "--yes")
    first, second = (
        [{name: row[name] for name in KEPT} for row in csv.DictReader(text.splitlines())]
        for text in (there(here, *export), there(elsewhere, *export))
    )
    assert len(first) == 60
    assert first == second
