"""Aspects in files of votes: imported, exported, released, and ranked as the boards were."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kit.command import Command
from kit.judging import ASPECTS, BOARDS, some_votes
from polyarena.services import open_services
from polyarena.services.standings import Leaderboard
from polyarena.settings import Settings
from polyarena_text.arena import TextArena

from .conftest import Run
from .styled import MEASURES

COMPARED = ("rating", "lower", "upper", "rank", "rank_low", "rank_high", "votes")
NAMES = tuple(one.id for one in ASPECTS)


@pytest.fixture(autouse=True)
def _asking(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text arena asks for the three aspects."""
    ballot = replace(TextArena.manifest.ballot, aspects=ASPECTS)
    monkeypatch.setattr(TextArena, "manifest", replace(TextArena.manifest, ballot=ballot))


@pytest.fixture
def crowd(tmp_path: Path) -> Path:
    """A file of 200 votes with aspects, and with measures of style in most of them."""
    sides = [f"{name}_{side}" for name in MEASURES for side in "ab"]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["model_a", "model_b", "winner", "voter", "tags", "aspect_smell", *sides]
        + [f"aspect_{name}" for name in NAMES]
    )
    for place, one in enumerate(some_votes(7, 200)):
        told = one.features.get("length")
        cells = [(place * n) % 7 + told[n % 2] if told else "" for n in range(len(sides))]
        tags = "coding" if one.categories else "math"
        said = [one.aspects.get(name, "") for name in NAMES]
        writer.writerow([one.left, one.right, one.choice, one.voter, tags, "a", *cells, *said])
    file = tmp_path / "crowd.csv"
    file.write_text(out.getvalue())
    return file


@pytest.fixture
def release(run: Run, crowd: Path, tmp_path: Path) -> Path:
    """A release of the votes, once they were imported."""
    told = run("votes", "import", crowd, "--arena", "text", "--category", "tags", "--yes")
    assert "aspects: the ballot has no smell; those were left out" in told[1]
    folder = tmp_path / "release"
    run("votes", "export", "--arena", "text", "--release", folder)
    return folder


def ranked(run: Run, *arguments: object) -> dict[str | None, dict[str, Any]]:
    boards = json.loads(run("rank", *arguments, "--json")[0])["boards"]
    return {board["category"]: board for board in boards}


def boards(data: Path, *keys: tuple[str | None, str, str]) -> list[Leaderboard]:
    async def work() -> list[Leaderboard]:
        async with open_services(Settings.load(data=data), server=False) as services:
            return [await services.leaderboards.board("text", *key) for key in keys]

    return asyncio.run(work())


def assert_same(found: dict[str, Any], board: Leaderboard) -> None:
    assert found["votes"] == board.votes
    models = {one["model"]: one for one in found["models"]}
    assert models.keys() == {one.label for one in board.standings}
    for one in board.standings:
        told = {name: getattr(one, name) for name in COMPARED}
        assert {name: models[one.label][name] for name in COMPARED} == pytest.approx(
            told, abs=1e-6
        ), one.label


def test_a_release_is_ranked_as_every_board_by_aspect_was(
    run: Run, release: Path, tmp_path: Path
) -> None:
    for aspect in BOARDS:
        plain, coding, styled = boards(
            tmp_path / "data", (None, "", aspect), ("coding", "", aspect), (None, "style", aspect)
        )
        found = ranked(run, release, "--aspect", aspect, "--category", "categories")
        assert_same(found[None], plain)
        assert_same(found["coding"], coding)
        assert_same(ranked(run, release, "--aspect", aspect, "--style")[None], styled)
        assert plain.votes < 200
    manifest = json.loads((release / "manifest.json").read_text())
    assert manifest["columns"]["aspects"] == {name: f"aspect_{name}" for name in NAMES}
    assert manifest["composite"] == {"looks": 1.0, "works": 2.0, "fits": 1.0}


def test_exports_have_a_column_for_each_in_every_format(
    run: Run, release: Path, crowd: Path, tmp_path: Path
) -> None:
    with crowd.open() as given, (release / "votes.csv").open() as out:
        expected = [[row[f"aspect_{name}"] for name in NAMES] for row in csv.DictReader(given)]
        found = [[row[f"aspect_{name}"] for name in NAMES] for row in csv.DictReader(out)]
    assert found == expected
    for format in ("jsonl", "parquet"):
        again = tmp_path / format
        run("votes", "export", "--arena", "text", "--release", again, "--format", format)
        one, other = (ranked(run, folder, "--aspect", "fits")[None] for folder in (again, release))
        assert one["models"] == other["models"]


def test_any_file_with_such_columns_is_ranked_by_them(run: Run, crowd: Path) -> None:
    looks = ranked(run, crowd, "--aspect", "looks")[None]
    assert [one["model"] for one in looks["models"]] == ["Alpha", "Beta", "Gamma"]
    whole = ranked(run, crowd, "--aspect", "composite", "--anchor", "Beta=1200")[None]
    assert whole["system"] == "composite of bradley-terry"
    assert {one["model"]: one["rating"] for one in whole["models"]}["Beta"] == 1200
    named = ranked(run, crowd, "--aspect", "prettier=aspect_looks")[None]
    assert named["models"] == looks["models"]


def test_what_is_unclear_or_not_there_is_said(
    polyarena: Command, release: Path, tmp_path: Path
) -> None:
    file = tmp_path / "odd.csv"
    file.write_text(
        "model_a,model_b,winner,aspect_looks,aspect_works\nP,Q,a,maybe,\nP,Q,b,b,\nP,Q,a,,\n"
    )
    for arguments, said in (
        ((file, "--aspect", "looks"), "an unknown winner by looks 'maybe' in 1 row (1)"),
        ((file, "--aspect", "works"), "no vote here judges works"),
        ((file, "--aspect", "smell"), "no column is the aspect 'smell'; there are looks, works"),
        ((release, "--aspect", "smell"), "the release has no aspect 'smell'; there are looks"),
        ((file, "--aspect", "composite", "--system", "elo"), "does not go with the elo system"),
    ):
        code, _, err = polyarena("rank", *arguments)
        assert code in (1, 2)
        assert said in " ".join(err.split()), err
    code, out, _ = polyarena("rank", file, "--aspect", "looks", "--skip-bad", "--csv")
    assert code == 0
    assert out.splitlines()[1].startswith("P,")
