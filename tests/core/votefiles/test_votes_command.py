"""`polyarena votes`: votes into an arena and out of it."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from kit.battles import begin, finish, vote
from kit.command import Command
from kit.served import scripted, served
from polyarena import Finish
from polyarena.store import open_store
from polyarena.store.tables import battles, events
from polyarena.testing import ScriptedModel

from .conftest import Run

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
CSV = (
    "model_a,model_b,winner,voter,tags\n"
    "org/P,Q,a,ann,coding; math\norg/P,Q,b,bob,coding\nQ,R,tie,ann,\n"
    "R,Q,both_bad,,poetry\nQ,R,a,bob,\n"
)


def ratings(run: Run, *arguments: object) -> dict[str, float]:
    board = json.loads(run("rank", *arguments, "--json")[0])["boards"][0]
    return {model["model"]: model["rating"] for model in board["models"]}


def test_real_votes_show_on_the_leaderboard_and_come_back(run: Run, tmp_path: Path) -> None:
    if not DATA.is_dir():
        pytest.skip(f"the reference votes are not on this machine: {DATA} is not a directory")
    file = DATA / "llmfao_crowd.csv"
    first, _ = run("votes", "import", file, "--arena", "text", "--yes")
    assert "Imported 8,931 votes on 59 models" in first
    again, _ = run("votes", "import", file, "--arena", "text", "--yes")
    assert "Imported 0 votes on 59 models into text; 8,931 had been imported before" in again
    with served(tmp_path / "data") as url:
        answer = httpx.get(f"{url}/api/v1/arenas/text/leaderboard", timeout=30)
    assert answer.status_code == 200, answer.text
    board = {row["model"]: row["rating"] for row in answer.json()["rows"]}
    assert len(board) == 59
    exported = tmp_path / "out.csv"
    run("votes", "export", "--arena", "text", "--output", exported)
    assert ratings(run, exported) == pytest.approx(board, abs=1e-6)
    assert ratings(run, file) == pytest.approx(board, abs=1e-6)


def test_an_import_is_in_the_ledger_once_and_names_no_voter(
    run: Run, tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYARENA_DATABASE_URL", database)
    file = tmp_path / "v.csv"
    file.write_text(CSV + "P,P,a,eve,\n")
    given = ("votes", "import", file, "--arena", "text", "--category", "tags", "--skip-bad")
    out, err = run(*given, "--where", "model_a=Q", "--yes")
    assert "Imported 2 votes on 2 models" in out
    out, err = run(*given, "--yes")
    assert "Imported 3 votes on 3 models into text; 2 had been imported before" in out
    assert "renamed: 1 models" in err
    assert "the arena has no poetry" in err
    assert "Imported 0 votes" in run(*given, "--yes")[0]
    logged = asyncio.run(ledger(database))
    imports = [data for kind, data in logged if kind == "imported"]
    assert [event["votes"] for event in imports] == [2, 3]
    assert imports[1]["skipped"] == {"a model against itself": 1}
    assert imports[1]["columns"]["winner"] == ["winner"]
    cast = [data for kind, data in logged if kind == "vote"]
    assert len({one["voter"] for one in cast}) == 3
    assert not any("ann" in one["voter"] or "bob" in one["voter"] for one in cast)
    lines, _ = run("votes", "export", "--arena", "text", "--format", "jsonl")
    records = [json.loads(line) for line in lines.splitlines()]
    assert [one["winner"] for one in records] == ["tie", "a", "a", "b", "both_bad"]
    assert records[2]["model_a"] == "org-P"
    assert records[2]["categories"] == ["coding", "math"]


async def ledger(database: str) -> list[tuple[str, dict[str, Any]]]:
    store = open_store(database)
    query = select(events.c.kind, events.c.data).order_by(events.c.seq)
    rows = await store.read(lambda c: c.execute(query).all())
    await store.close()
    return [(kind, json.loads(data)) for kind, data in rows]


def test_models_in_use_keep_their_names_and_are_not_drawn(run: Run, tmp_path: Path) -> None:
    run("models", "add", "Q", "--base-url", "http://127.0.0.1:9/v1", "--model", "tiny")
    file = tmp_path / "v.csv"
    file.write_text(CSV)
    run("votes", "import", file, "--arena", "text", "--yes")
    listed = [json.loads(line) for line in run("models", "list", "--json")[0].splitlines()]
    models = {model["name"]: model for model in listed}
    assert models["Q"]["provider"] == "openai"
    assert models["Q (imported)"]["provider"] == "imported"
    assert models["R"]["weight"] == 0
    assert models["R"]["state"] == "listed"
    run("models", "set-state", "R", "private")
    run("votes", "import", file, "--arena", "text", "--yes")
    text, _ = run("votes", "export", "--arena", "text")
    excluded = [row["excluded"] for row in csv.DictReader(text.splitlines())]
    assert excluded == ["", ""] + ["model-not-listed"] * 3


def test_what_counts_and_what_does_not_is_exported(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "v.csv"
    file.write_text(CSV)
    run("votes", "import", file, "--arena", "text", "--yes")
    models = scripted(
        ScriptedModel("Alpha", ["One.", Finish()]), ScriptedModel("Beta", ["Two.", Finish()])
    )
    with served(tmp_path / "data", models) as url, httpx.Client(base_url=url) as web:
        blind = begin(web)
        finish(web, blind["id"])
        assert vote(web, blind["id"], "a").status_code == 200
        named = begin(web, mode="side-by-side", models=["Alpha", "Beta"])
        finish(web, named["id"])
        assert vote(web, named["id"], "b").status_code == 200
        for imported in asyncio.run(imported_battles(tmp_path / "data")):
            assert web.get(f"/api/v1/battles/{imported}").status_code in (403, 404)
    text, _ = run("votes", "export", "--arena", "text")
    records = {one["battle"]: one for one in csv.DictReader(text.splitlines())}
    assert records[blind["id"]]["excluded"] == ""
    assert 0 < float(records[blind["id"]]["propensity"]) <= 1
    assert records[named["id"]]["excluded"] == "side-by-side"
    exported = tmp_path / "out.csv"
    exported.write_text(text)
    board = json.loads(run("rank", exported, "--json")[0])["boards"][0]
    assert board["votes"] == 6
    assert "excluded: 1 votes that the file says do not count" in board["notes"]
    assert {one["model"] for one in board["models"]} == {"org-P", "Q", "R", "Alpha", "Beta"}


async def imported_battles(data: Path) -> list[str]:
    store = open_store(f"sqlite:///{data / 'polyarena.db'}", checkpoints=False)
    query = select(battles.c.id).where(battles.c.deleted)
    found = await store.read(lambda c: list(c.execute(query).scalars()))
    await store.close()
    assert len(found) == 5
    return found


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("import", "v.csv", "--arena", "nope", "--yes"), 1, "no arena 'nope'"),
        (("import", "w.csv", "--arena", "text", "--yes"), 1, "would both be called 'x-y'"),
        (("import", "none.csv", "--arena", "text", "--yes"), 1, "cannot be read"),
        (("export", "--arena", "nope"), 1, "no arena 'nope'"),
        (("export", "--arena", "text", "--output", "no/where"), 1, "cannot be written"),
        (("export",), 2, "--arena"),
        (("import", "v.csv", "--arena", "text", "--where", "x"), 2, "COLUMN=VALUE"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: tuple[str, ...], code: int, says: str, polyarena: Command, tmp_path: Path
) -> None:
    (tmp_path / "v.csv").write_text(CSV)
    (tmp_path / "w.csv").write_text("model_a,model_b,winner\nx/y,x@y,a\n")
    files = [str(tmp_path / one) if one.endswith(".csv") else one for one in arguments]
    ended, out, err = polyarena("votes", *files)
    assert (ended, out) == (code, "")
    assert says in err
    assert "Traceback" not in err


@pytest.mark.parametrize(("answer", "added"), [("y\n", 5), ("n\n", 0), ("", 0)])
def test_an_import_asks_first(
    answer: str, added: int, polyarena: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    (tmp_path / "v.csv").write_text(CSV)
    code, _, err = polyarena("votes", "import", tmp_path / "v.csv", "--arena", "text")
    assert "Import 5 votes on 3 models into text?" in err
    assert code == (0 if added else 1)
    text = polyarena("votes", "export", "--arena", "text")[1]
    assert len(text.splitlines()) == 1 + added
