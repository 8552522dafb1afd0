"""Measures of style that come with imported votes: what is kept, and what the board makes of it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from kit.command import Command
from kit.served import served
from polyarena.store import open_store
from polyarena.store.tables import events, votes

from .conftest import Run
from .styled import MEASURES, styled_csv

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
IMPORT = ("votes", "import")
INTO = ("--arena", "text", "--yes")
HEAD = "model_a,model_b,winner,length_a,length_b,bold_a,bold_b\n"


def board(data: Path, control: str = "style") -> dict[str, Any]:
    with served(data) as url:
        answer = httpx.get(f"{url}/api/v1/arenas/text/leaderboard?control={control}", timeout=30)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ranked(run: Run, *arguments: object) -> dict[str, float]:
    found = json.loads(run("rank", *arguments, "--json")[0])["boards"][0]["models"]
    return {model["model"]: model["rating"] for model in found}


def ratings(found: dict[str, Any]) -> dict[str, float]:
    return {row["model"]: row["rating"] for row in found["rows"]}


def stored(database: str) -> list[dict[str, list[float]] | None]:
    async def read() -> list[dict[str, list[float]] | None]:
        store = open_store(database)
        query = select(votes.c.features).join(events, events.c.subject == votes.c.battle)
        query = query.where(events.c.kind == "vote").order_by(events.c.seq)
        rows = await store.read(lambda c: list(c.execute(query).scalars()))
        await store.close()
        return [None if row is None else json.loads(row) for row in rows]

    return asyncio.run(read())


def test_the_board_holds_the_style_of_imported_votes_constant(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "v.csv"
    file.write_text(styled_csv(1, 200))
    out, err = run(*IMPORT, file, *INTO)
    assert f"Style controlled: {', '.join(MEASURES)}.\n" in out
    assert "style:" not in err
    found = board(tmp_path / "data")
    assert found["votes"] == 200
    assert [one["effect"] for one in found["effects"]] == [*MEASURES, "position"]
    expected = ranked(run, file, "--style", "--position")
    assert ratings(found) == pytest.approx(expected, abs=1e-6)
    assert all(row["shift"] for row in found["rows"])
    assert ratings(board(tmp_path / "data", "")) == pytest.approx(ranked(run, file), abs=1e-6)


def test_the_crowds_style_is_controlled(run: Run, tmp_path: Path) -> None:
    if not DATA.is_dir():
        pytest.skip(f"the reference votes are not on this machine: {DATA} is not a directory")
    file = DATA / "llmfao_crowd_style.csv"
    out, err = run(*IMPORT, file, "--feature", "length=words", *INTO)
    assert "Style controlled: length, headers, lists, bold; not controlled: code_blocks." in out
    assert "style: the file has no columns of code_blocks; --feature code_blocks=COLUMN" in err
    found = board(tmp_path / "data")
    assert found["votes"] == 8931
    assert len(found["rows"]) == 59
    expected = ranked(run, file, "--style", "--position")
    assert ratings(found) == pytest.approx(expected, abs=1e-6)


def test_what_is_not_controlled_is_said(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "v.csv"
    file.write_text("model_a,model_b,winner,words_a,words_b,text_a,text_b\nP,Q,a,9,5,x,y\n")
    out, err = run(*IMPORT, file, *INTO)
    assert f"Style not controlled: {', '.join(MEASURES)}." in out
    assert "A board at equal style leaves these votes out\n" in err
    assert "style: left out, as the arena does not measure it: words" in err
    again, _ = run(*IMPORT, file, "--feature", "length=words", *INTO)
    assert "Style" not in again
    assert "no vote here carries measures" in board(tmp_path / "data")["notes"][0]


def test_votes_without_a_number_stay_and_are_counted(
    run: Run, tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYARENA_DATABASE_URL", database)
    file = tmp_path / "v.csv"
    file.write_text(HEAD + "P,Q,a,9,5,1,0\nP,Q,b,,7,0,2\nQ,P,tie,nan,,,\nP,Q,b,inf,1,0,0.5\n")
    out, err = run(*IMPORT, file, *INTO)
    assert "Imported 4 votes" in out
    assert "Style controlled: length, bold; not controlled: headers, lists, code_blocks." in out
    assert "style: length has no number in 3 votes (rows 2, 3, 4)" in err
    assert "style: bold has no number in 1 votes (rows 3)" in err
    assert stored(database) == [
        {"length": [9, 5], "bold": [1, 0]},
        {"bold": [0, 2]},
        None,
        {"bold": [0, 0.5]},
    ]


def test_measures_are_named_as_the_arena_names_them(polyarena: Command, tmp_path: Path) -> None:
    file = tmp_path / "v.csv"
    file.write_text("model_a,model_b,winner,words_a,words_b,length_a,length_b\nP,Q,a,9,5,1,2\n")
    code, _, err = polyarena(*IMPORT, file, *INTO, "--feature", "wit=words")
    assert code == 1
    assert "the arena does not measure wit; it measures bold, code_blocks, headers, length" in err
    code, _, err = polyarena(*IMPORT, file, *INTO, "--feature", "length=wit")
    assert code == 1
    assert "no two columns are the feature 'length=wit'; there are " in err
    code, out, _ = polyarena(*IMPORT, file, *INTO, "--feature", "length=words_b")
    assert code == 0
    assert "Style controlled: length; not" in out
    database = f"sqlite:///{tmp_path / 'data' / 'polyarena.db'}"
    assert stored(database) == [{"length": [9, 5]}]
