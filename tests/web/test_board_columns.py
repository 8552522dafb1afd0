"""A board with columns of the arena's own: its page, its tables, its order, its history."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kit import QUIET
from kit.battles import begin, finish, vote
from kit.served import ArenaPlugin, scripted, served
from kit.uploads import FilesArena
from kit.voting import Cast, cast
from polyarena import Finish
from polyarena.services import open_services
from polyarena.settings import Settings
from polyarena.testing import ScriptedModel

BOARD = "/arenas/files/leaderboard"
API = f"/api/v1{BOARD}"
CAPABILITIES = frozenset({"text", "file", "input"})
MODELS = [
    ScriptedModel(name, ["x", Finish()], capabilities=CAPABILITIES)
    for name in ("Alpha", "Beta", "Gamma")
]
VOTES = (
    Cast("Alpha", "Beta", "a", 20, evidence={"ran": (True, False), "seconds": (0.25, 1234.5)}),
    Cast("Beta", "Alpha", "b", 20, evidence={"ran": (True, True), "seconds": (None, 0.5)}),
    Cast("Gamma", "Alpha", "b", 40, evidence={"ran": (None, False)}),
)


def plugins() -> dict[str, object]:
    return {**scripted(*MODELS), "files": ArenaPlugin(FilesArena())}


async def store(data: Path) -> None:
    settings = Settings.load(data=data, demo=False, disabled_plugins=QUIET)
    async with open_services(settings, plugins(), server=False) as services:
        for one in VOTES:
            given = {name: getattr(one, name) for name in ("choice", "times", "evidence")}
            await cast(services, Cast(one.left, one.right, arena="files", **given))
            await services.snapshots.take("files")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    data = tmp_path_factory.mktemp("found")
    asyncio.run(store(data))
    with served(data, plugins()) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


def cells(html: str) -> dict[str, list[str]]:
    """The texts of the arena's columns by model."""
    rows = re.findall(r'<tr role="row">.*?</tr>', html, re.DOTALL)
    found = {}
    for row in rows:
        if name := re.search(r'href="/models/\w+">(\w+)</a>', row):
            texts = re.findall(r'board-evidence">(?:<span[^>]*>)?([^<]*)', row)
            found[name[1]] = texts
    return found


def by_model(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["model"]: row for row in rows}


def names(client: httpx.Client, query: str) -> list[str]:
    return [row["model"] for row in client.get(f"{API}{query}").json()["rows"]]


def test_the_page_has_a_column_for_each_and_a_dash_for_nothing(client: httpx.Client) -> None:
    html = client.get(BOARD).text
    assert cells(html) == {
        "Alpha": ["50.0 %", "0.375 s", "–"],
        "Beta": ["50.0 %", "1,234 s", "–"],
        "Gamma": ["–", "–", "–"],
    }
    assert 'title="Programs that ended by themselves"' in html
    words = "Programs that ended by themselves; share of the answers of which it is known."
    assert f"<b>Ran</b>: {words}" in html
    assert '<span class="board-found">Median time 1,234 s</span>' in html
    assert "board-evidence" not in client.get("/arenas/text/leaderboard").text


def test_json_and_csv_have_the_columns_with_what_they_are(client: httpx.Client) -> None:
    board = client.get(API).json()
    assert board["columns"][:2] == [
        {
            "name": "evidence_ran", "title": "Ran", "aggregate": "share", "unit": "",
            "hint": "Programs that ended by themselves",
        },
        {
            "name": "evidence_seconds", "title": "Median time", "aggregate": "median",
            "unit": "s", "hint": "",
        },
    ]  # fmt: skip
    alpha = by_model(board["rows"])["Alpha"]
    assert [alpha[one["name"]] for one in board["columns"]] == [0.5, 0.375, None]
    for url in (f"{BOARD}.csv", f"{API}.csv", f"{API}/ranking.csv"):
        lines = by_model(list(csv.DictReader(io.StringIO(client.get(url).text))))
        assert lines["Beta"]["evidence_seconds"] == "1234.5"
        assert lines["Beta"]["evidence_odd"] == lines["Gamma"]["evidence_ran"] == ""
    assert client.get("/api/v1/arenas/text/leaderboard").json()["columns"] == []


def test_a_board_is_sorted_by_its_own_columns(client: httpx.Client) -> None:
    assert names(client, "?sort=evidence_seconds") == ["Alpha", "Beta", "Gamma"]
    assert names(client, "?sort=-evidence_seconds") == ["Beta", "Alpha", "Gamma"]
    html = client.get(f"{BOARD}?sort=-evidence_seconds").text
    assert re.search(r'aria-sort="descending"><a href="[^"]*evidence_seconds">Median time', html)
    assert "sort=-evidence_ran" in html
    for wrong in (f"{API}?sort=evidence_none", "/api/v1/arenas/text/leaderboard?sort=evidence_ran"):
        assert client.get(wrong).status_code == 422


def test_history_shows_how_the_columns_were(client: httpx.Client) -> None:
    listed = client.get("/api/v1/arenas/files/snapshots").json()
    first, *_, last = (client.get(f"/api/v1/snapshots/{one['id']}").json() for one in listed)
    ran = [by_model(one["rows"])["Alpha"]["columns"]["ran"] for one in (first, last)]
    assert ran == [1.0, 0.5]
    assert last["parameters"]["columns"]["seconds"] == "median"
    history = client.get(f"{API}/history").json()["rows"]
    alpha = [row["evidence_ran"] for row in history if row["model"] == "Alpha"]
    assert alpha == [1.0, 1.0, 0.5]
    lines = client.get(f"{BOARD}/history.csv").text.splitlines()
    assert lines[0].endswith(",rank,evidence_ran,evidence_seconds,evidence_odd")
    html = client.get(f"{BOARD}/history").text
    assert ">100.0 % → 50.0 %</td>" in html
    assert ">0.25 s → 0.375 s</td>" in html


def test_a_vote_moves_the_columns_at_once(tmp_path: Path) -> None:
    with served(tmp_path, plugins()) as url, httpx.Client(base_url=url, timeout=30) as client:
        battle = begin(client, arena="files")
        finish(client, battle["id"])
        assert not client.get(API).json()["rows"]
        reveal = vote(client, battle["id"]).json()
        rows = by_model(client.get(API).json()["rows"])
        left, right = (reveal["models"][side]["model"] for side in "ab")
        assert (rows[left]["evidence_ran"], rows[left]["evidence_seconds"]) == (1.0, 0.5)
        assert (rows[right]["evidence_ran"], rows[right]["evidence_seconds"]) == (0.0, None)
