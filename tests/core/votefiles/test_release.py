"""Releases: votes that leave an arena with a manifest, and are ranked as its board was."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from kit.battles import begin, finish, vote
from kit.command import Command
from kit.served import scripted, served
from polyarena import Finish
from polyarena.services import open_services
from polyarena.settings import Settings
from polyarena.testing import ScriptedModel

from .conftest import Run
from .styled import styled_csv

COMPARED = ("rating", "lower", "upper", "rank", "rank_low", "rank_high", "votes")
LONG = "# Title\n\n- one\n- **two**\n\n```python\nprint(1)\n```\n"
MODELS = (
    ScriptedModel("Alpha", [LONG, Finish()]),
    ScriptedModel("Beta", ["A short answer.", Finish()]),
)


@pytest.fixture
def mixed(run: Run, tmp_path: Path) -> Path:
    """A data directory with votes imported with style, without it, and cast by visitors."""
    imported = {
        "styled": styled_csv(1, 240, least=-5),
        "plain": styled_csv(2, 90, ()),
        "partly": styled_csv(3, 12, ("length",), "X"),
    }
    for name, content in imported.items():
        file = tmp_path / f"{name}.csv"
        file.write_text(content)
        run("votes", "import", file, "--arena", "text", "--category", "tags", "--yes")
    with served(tmp_path / "data", scripted(*MODELS)) as url:
        for place, choice in enumerate(("tie", "a", "tie", "b", "tie", "both_bad")):
            with httpx.Client(base_url=url) as web:
                battle = begin(web, "Write a function.")
                finish(web, battle["id"])
                assert vote(web, battle["id"], choice).status_code == 200
                if place == 0:
                    named = begin(web, mode="side-by-side", models=["Alpha", "Beta"])
                    finish(web, named["id"])
                    assert vote(web, named["id"], "b").status_code == 200
    return tmp_path / "data"


@contextmanager
def api(data: Path) -> Iterator[Any]:
    with served(data, scripted(*MODELS)) as url:

        def board(query: str = "") -> dict[str, dict[str, Any]]:
            answer = httpx.get(f"{url}/api/v1/arenas/text/leaderboard?{query}", timeout=30)
            assert answer.status_code == 200, answer.text
            return {row["model"]: row for row in answer.json()["rows"]}

        yield board


def ranked(run: Run, *arguments: object) -> list[dict[str, dict[str, Any]]]:
    found = json.loads(run("rank", *arguments, "--json")[0])["boards"]
    return [{one["model"]: one for one in board["models"]} for board in found]


def assert_same(found: dict[str, dict[str, Any]], board: dict[str, dict[str, Any]]) -> None:
    assert found.keys() == board.keys()
    for name, row in board.items():
        assert row["preliminary"] == found[name]["preliminary"]
        for field in COMPARED:
            assert found[name][field] == pytest.approx(row[field], abs=1e-6), (name, field)


def test_a_release_is_ranked_as_the_board_was(run: Run, mixed: Path, tmp_path: Path) -> None:
    release = tmp_path / "release"
    assert "Wrote 349 votes" in run("votes", "export", "--arena", "text", "--release", release)[1]
    (overall, *categories) = ranked(run, release, "--category", "categories")
    (styled,) = ranked(run, release, "--style")
    with api(mixed) as board:
        assert_same(overall, board())
        assert_same(styled, board("control=style"))
        names = json.loads(run("rank", release, "--category", "categories", "--json")[0])["boards"]
        for name, found in zip([one["category"] for one in names[1:]], categories, strict=True):
            assert_same(found, board(f"category={name}"))
        assert "Alpha" in styled
        assert "XP" not in styled
        (coding,) = ranked(run, release, "--style", "--where", "categories=coding")
        assert sum(one["votes"] for one in coding.values()) > 0
    (drawn,) = ranked(run, release, "--inverse-propensity", "--skip-bad")
    assert {name: one["votes"] for name, one in drawn.items()} == {"Alpha": 6, "Beta": 6}
    notes = json.loads(run("rank", release, "--style", "--json")[0])["boards"][0]["notes"]
    assert "style: 246 of 348 votes carry measures of style" in notes
    assert "excluded: 1 votes that the file says do not count" in notes
    run("votes", "export", "--arena", "text", "--release", tmp_path / "lines", "--format", "jsonl")
    assert ranked(run, tmp_path / "lines", "--style") == [styled]
    manifest = (release / "manifest.json").read_bytes()
    digest = hashlib.sha256(manifest).hexdigest()
    (told,) = [note for note in notes if note.startswith("release: 349 votes of the text arena")]
    assert digest in told


def test_a_small_boards_prior_and_minimum_come_with_the_release(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYARENA_LEADERBOARDS__MINIMUM_VOTES", "3")
    file, release = tmp_path / "v.csv", tmp_path / "release"
    file.write_text("model_a,model_b,winner\nP,Q,a\nP,Q,a\nQ,R,a\nQ,R,a\n")
    run("votes", "import", file, "--arena", "text", "--yes")
    run("votes", "export", "--arena", "text", "--release", release, "--format", "jsonl")

    async def standings() -> dict[str, tuple[float | None, int | None]]:
        settings = Settings.load(data=tmp_path / "data")
        async with open_services(settings, server=False) as services:
            board = await services.leaderboards.board("text")
        return {one.label: (one.rating, one.rank) for one in board.standings}

    board = asyncio.run(standings())
    monkeypatch.delenv("POLYARENA_LEADERBOARDS__MINIMUM_VOTES")
    (found,) = ranked(run, release)
    assert {name: one["rank"] for name, one in found.items()} == {"P": None, "Q": 1, "R": None}
    for name, (rating, rank) in board.items():
        assert rating is not None
        assert found[name]["rating"] == pytest.approx(rating, abs=1e-6)
        assert found[name]["rank"] == rank
    (bare,) = ranked(run, release, "--prior", "0", "--min-votes", "0")
    assert bare["P"]["rating"] is None


@pytest.mark.parametrize("kind", ["zip", "tar", "gztar"])
@pytest.mark.parametrize("inside", [True, False])
def test_a_release_may_be_packed(
    kind: str, inside: bool, run: Run, release: Path, tmp_path: Path
) -> None:
    root = (release.parent, release.name) if inside else (release, ".")
    packed = shutil.make_archive(str(tmp_path / "packed"), kind, *root)
    assert ranked(run, packed) == ranked(run, release)


@pytest.fixture
def release(run: Run, tmp_path: Path) -> Path:
    """A release of 60 votes."""
    file, folder = tmp_path / "v.csv", tmp_path / "released"
    file.write_text(styled_csv(4, 60))
    run("votes", "import", file, "--arena", "text", "--yes")
    run("votes", "export", "--arena", "text", "--release", folder)
    return folder


def test_the_manifest_says_what_is_in_it(release: Path) -> None:
    manifest = json.loads((release / "manifest.json").read_text())
    table = (release / "votes.csv").read_bytes()
    assert manifest["files"] == {
        "votes.csv": {"sha256": hashlib.sha256(table).hexdigest(), "bytes": len(table)}
    }
    rows = list(csv.DictReader(table.decode().splitlines()))
    span = manifest["range"]
    assert (span["first"], span["last"]) == (int(rows[0]["seq"]), int(rows[-1]["seq"]))
    assert (span["since"], span["until"]) == (rows[0]["at"], rows[-1]["at"])
    assert manifest["votes"] == len(rows) == 60
    named = manifest["columns"].pop("features")
    assert named["length"] == ["length_a", "length_b"]
    assert manifest["columns"].pop("aspects") == manifest["composite"] == {}
    known = {*manifest["columns"].values(), *(side for pair in named.values() for side in pair)}
    assert known <= rows[0].keys()
    assert not any("v1" in row["voter"] for row in rows)


def test_a_model_that_is_not_shown_is_not_in_a_release(
    run: Run, release: Path, tmp_path: Path
) -> None:
    run("models", "set-state", "P", "private")
    run("votes", "export", "--arena", "text", "--release", tmp_path / "later")
    text = (tmp_path / "later" / "votes.csv").read_text()
    assert {row["model_a"] for row in csv.DictReader(text.splitlines())} == {"Q", "R"}
    assert "P@" not in text
    assert "P@" in run("votes", "export", "--arena", "text")[0]


def replaced(release: Path, old: bytes, new: bytes) -> None:
    file = release / "votes.csv"
    text = file.read_bytes()
    assert old in text
    file.write_bytes(text.replace(old, new, 1))


@pytest.mark.parametrize("packed", [True, False])
def test_a_release_that_was_changed_is_not_ranked(
    packed: bool, polyarena: Command, release: Path, tmp_path: Path
) -> None:
    def refused() -> str:
        place = release
        if packed:
            place = Path(shutil.make_archive(str(tmp_path / "packed"), "zip", release))
        code, out, err = polyarena("rank", place)
        assert (code, out) == (1, "")
        assert err.count("\n") == 1
        return err

    whole = (release / "votes.csv").read_bytes()
    digest = hashlib.sha256(whole).hexdigest()
    replaced(release, b",battle,", b",bottle,")
    said = refused()
    assert "not what its manifest says: votes.csv has SHA-256 " in said
    assert f", not {digest}" in said
    (release / "votes.csv").write_bytes(whole[:-1])
    assert f"votes.csv has {len(whole) - 1:,} bytes, not {len(whole):,}" in refused()
    (release / "votes.csv").write_bytes(whole + b"\n")
    assert f"votes.csv has more than its {len(whole):,} bytes" in refused()
    (release / "votes.csv").unlink()
    assert "votes.csv is missing" in refused()
    (release / "votes.csv").write_bytes(whole)
    assert polyarena("rank", release)[0] == 0


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"polyarena votes 1"', '"other 2"', "manifest.json is no release's: format"),
        ('"table": "votes.csv"', '"table": "../votes.csv"', "no release's: table"),
        ('"table": "votes.csv"', '"table": "more.csv"', "has no SHA-256 of more.csv"),
        ('"votes.csv": {', '"/etc/passwd": {', "no release's: files"),
        ('"votes": 60', '"votes": "many"', "no release's: votes"),
        ("{", "[", "no release's: the whole"),
    ],
)
def test_a_manifest_that_is_none_is_refused(
    old: str, new: str, says: str, polyarena: Command, release: Path
) -> None:
    manifest = release / "manifest.json"
    manifest.write_text(manifest.read_text().replace(old, new, 1))
    code, out, err = polyarena("rank", release)
    assert (code, out) == (1, "")
    assert says in err
    assert "Traceback" not in err


def test_what_is_no_release_is_said(polyarena: Command, release: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.zip").write_bytes(b"PK nothing")
    (tmp_path / "broken.tar").write_bytes(b"nothing at all")
    (tmp_path / "empty").mkdir()
    for place, says in (
        ("broken.zip", "cannot be read"),
        ("broken.tar", "cannot be read"),
        ("empty", "holds no manifest.json"),
        ("absent.zip", "cannot be read"),
    ):
        code, _, err = polyarena("rank", tmp_path / place)
        assert code == 1
        assert says in err
    code, _, err = polyarena("rank", release, "--feature", "wit")
    assert code == 1
    assert "the release has no feature 'wit'; there are length, headers" in err


def test_a_release_needs_a_folder_of_its_own(polyarena: Command, release: Path) -> None:
    export = ("votes", "export", "--arena", "text", "--release")
    code, _, err = polyarena(*export, release)
    assert code == 1
    assert "is there already" in err
    code, _, err = polyarena("votes", "export", "--arena", "nope", "--release", release / "new")
    assert code == 1
    assert not (release / "new").exists()
    assert polyarena(*export, release / "new", "--output", "x.csv")[0] == 2
    assert polyarena(*export, release / "none" / "new")[0] == 1
    assert sorted(one.name for one in release.iterdir()) == ["manifest.json", "votes.csv"]
