"""The guide's table of boards and commands: each command gives the numbers that the page shows."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from kit.command import Command
from kit.served import scripted, served
from kit.voting import cast
from kit.ward import ARENA, NAMES, opened, some_votes
from polyarena import Finish
from polyarena.testing import ScriptedModel

from .conftest import Run

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "numbers.md"
ROW = re.compile(r"^\| [^|]+ \| (?:`([?/][^`]+)`)? *\| `polyarena (rank release[^`]*)` \|$", re.M)
ROWS = ROW.findall(GUIDE.read_text())
BOARDS = [one for one in ROWS if "--table" not in one[1]]
TABLES = [one for one in ROWS if "--table" in one[1]]
BASE = f"/api/v1/arenas/{ARENA}/leaderboard"
FIGURES = ("rating", "lower", "upper", "rank", "rank_low", "rank_high", "votes", "preliminary")


@pytest.fixture
def release(run: Run, tmp_path: Path) -> Path:
    """Votes of every kind of voter, released; they lie in the commands' data directory."""

    async def store() -> None:
        async with opened(tmp_path / "data") as services:
            await cast(services, *some_votes(5, 600))

    asyncio.run(store())
    run("votes", "export", "--arena", ARENA, "--release", tmp_path / "release")
    return tmp_path / "release"


@pytest.fixture
def site(release: Path, tmp_path: Path) -> Iterator[httpx.Client]:
    models = scripted(*(ScriptedModel(name, [f"{name}.", Finish()]) for name in NAMES))
    data = tmp_path / "data"
    with served(data, models) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


def printed(run: Run, command: str, release: Path) -> dict[str, Any]:
    told = [str(release) if word == "release" else word for word in shlex.split(command)]
    found: dict[str, Any] = json.loads(run(*told, "--json")[0])
    return found


def test_every_board_of_the_guide_is_made_by_its_command(
    run: Run, release: Path, site: httpx.Client
) -> None:
    assert len(BOARDS) == 10
    shown: list[dict[str, Any]] = []
    for query, command in BOARDS:
        boards = printed(run, command, release)["boards"]
        wanted = parse_qs(query.removeprefix("?")).get("category", [None])[0]
        (made,) = (one for one in boards if one["category"] == wanted)
        rows = {
            row["model"]: row for row in site.get(BASE + query).raise_for_status().json()["rows"]
        }
        assert {one["model"] for one in made["models"]} == rows.keys(), query
        for one in made["models"]:
            expected = {name: rows[one["model"]][name] for name in FIGURES}
            found = {name: one[name] for name in FIGURES}
            assert found == pytest.approx(expected, abs=1e-6), (query, one["model"])
        shown.append(rows)
    assert all(one not in shown[:place] for place, one in enumerate(shown))


def test_every_table_of_the_guide_is_made_by_its_command(
    run: Run, release: Path, site: httpx.Client
) -> None:
    assert len(TABLES) == 6
    shown: list[Any] = []
    for query, command in TABLES:
        made = printed(run, command, release)["rows"]
        rows = site.get(BASE + query).raise_for_status().json()["rows"]
        assert len(made) == len(rows) > 0, query
        for one, other in zip(made, rows, strict=True):
            assert one == pytest.approx(other, abs=1e-6), query
        shown.append(rows)
    assert all(one not in shown[:place] for place, one in enumerate(shown))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--voters", "doctors"], "there are public, expert, tier-declared"),
        (["--voters", "tier-best"], "there are no voters 'tier-best'"),
        (["--voters", "expert", "--where", "expert=false"], "expert is asked for twice"),
    ],
)
def test_voters_that_cannot_be_had_are_refused(
    polyarena: Command, release: Path, options: list[str], said: str
) -> None:
    code, out, err = polyarena("rank", release, *options)
    assert (code, out) == (1, "")
    assert said in err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--table", "pairs", "--category", "categories"], "neither --category nor --plot"),
        (["--table", "pairs", "--aspect", "composite"], "does not go with --aspect composite"),
        (["--table", "agreement", "--aspect", "safe"], "does not go with --aspect safe"),
    ],
)
def test_options_that_do_not_go_with_a_table(
    polyarena: Command, release: Path, options: list[str], said: str
) -> None:
    code, _, err = polyarena("rank", release, *options)
    assert code == 2
    assert said in " ".join(err.replace("│", "").split())


def test_a_table_of_any_file(polyarena: Command, tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text("model_a,model_b,winner\n" + "=A,B,a\n" * 3 + "B,=A,a\nB,=A,tie\n")
    code, out, _ = polyarena("rank", file, "--table", "pairs")
    assert code == 0
    head, row = out.splitlines()
    assert head.startswith("model_a,model_b,votes,wins,losses,ties,both_bad,win_rate")
    assert row.startswith("'=A,B,5,3,1,1,0,0.7,")
    assert polyarena("rank", file, "--table", "agreement")[0] == 2


def test_an_anchor_without_votes_by_the_aspect_is_told(polyarena: Command, tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    judged = "A,B,model_a,model_a\nB,A,model_a,model_b\nA,B,model_b,model_b\nC,A,model_b,\n"
    file.write_text("model_a,model_b,winner,aspect_looks\n" + judged)
    asked = ("rank", file, "--aspect", "looks", "--anchor", "C")
    for more in (("--csv",), ("--table", "pairs")):
        code, _, err = polyarena(*asked, *more)
        assert code == 0
        assert "anchor: C has no votes here, so the mean is 1000" in err


def test_voters_of_a_file_that_is_no_release(polyarena: Command, tmp_path: Path) -> None:
    file = tmp_path / "votes.csv"
    file.write_text("model_a,model_b,winner\nA,B,a\n")
    code, _, err = polyarena("rank", file, "--voters", "expert")
    assert code == 2
    assert "--where" in err
