"""A model that declines: shown as such, voted on, and counted by the arena's rule."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from contract.sample import arena as sample
from kit.battles import begin, events, finish, vote
from kit.served import ArenaPlugin, scripted, served
from polyarena import Arena, Finish
from polyarena.testing import ProviderPlugin, ScriptedModel, ScriptedProvider

REFUSED = Finish("refused")
DECLINED = "The model declined to answer."


def strict() -> Arena:
    """An arena in which votes on refusals are left out of ratings."""
    return sample(id="strict", refusals="exclude")


@contextmanager
def visited(data: Path, *models: ScriptedModel) -> Iterator[httpx.Client]:
    extra = {**scripted(*models), "strict": ArenaPlugin(strict())}
    with served(data, extra) as url, httpx.Client(base_url=url) as client:
        yield client


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    shy = ScriptedModel("Shy", [REFUSED], ["Later I spoke.", Finish()])
    with visited(tmp_path / "data", shy, ScriptedModel("Bold", ["An answer.", Finish()])) as client:
        yield client


def sides_of(battle: dict[str, Any]) -> tuple[str, str]:
    """The side that declined, and the other."""
    answers = battle["turns"][0]["answers"]
    (shy,) = [side for side in "ab" if answers[side].get("refused")]
    return shy, "b" if shy == "a" else "a"


def test_a_refusal_is_shown_and_is_no_failure(client: httpx.Client) -> None:
    battle = begin(client)["id"]
    seen = finish(client, battle)
    assert {data["status"] for _, name, data in seen if name == "side"} == {"streaming", "done"}
    shown = client.get(f"/api/v1/battles/{battle}").json()
    shy, bold = sides_of(shown)
    assert shown["turns"][0]["answers"][shy] == {
        "status": "done",
        "parts": [],
        "refused": True,
        "note": DECLINED,
    }
    assert "note" not in shown["turns"][0]["answers"][bold]
    page = client.get(f"/battles/{battle}").text
    assert page.count(DECLINED) == 1
    (said,) = [data for _, name, data in events(client, battle, page=True) if name == "snapshot"]
    assert said["sides"][shy]["note"] == DECLINED
    assert not said["sides"][shy]["can_retry"]


@pytest.mark.parametrize(("arena", "counted"), [("text", 1), ("strict", 0)])
def test_the_arenas_rule_says_whether_it_counts(
    client: httpx.Client, arena: str, counted: int
) -> None:
    battle = begin(client, arena=arena)["id"]
    finish(client, battle)
    _, bold = sides_of(client.get(f"/api/v1/battles/{battle}").json())
    reveal = vote(client, battle, bold).json()
    assert reveal["models"][bold]["model"] == "Bold"
    left_out = reveal["vote"]["excluded"]
    assert left_out is None if counted else "declined" in left_out
    assert client.get(f"/api/v1/arenas/{arena}/leaderboard").json()["votes"] == counted
    arenas = client.get("/api/v1/arenas").json()
    rules = {one["id"]: one["refusals"] for one in arenas if one["id"] in ("text", "strict")}
    assert rules == {"text": "count", "strict": "exclude"}


def test_the_thread_goes_on_without_the_turn_that_was_refused(tmp_path: Path) -> None:
    shy = ScriptedModel("Shy", [REFUSED], ["Later I spoke.", Finish()])
    bold = ScriptedModel("Bold", ["An answer.", Finish()])
    provider = ScriptedProvider((shy, bold))
    with (
        served(tmp_path, {"scripted": ProviderPlugin(provider)}) as url,
        httpx.Client(base_url=url) as client,
    ):
        battle = begin(client, "First")["id"]
        finish(client, battle)
        more = {"prompt": [{"type": "text", "text": "Second"}]}
        assert client.post(f"/api/v1/battles/{battle}/turns", json=more).status_code == 201
        finish(client, battle)
        asked = {
            model.name: [(message.role, message.text) for message in request.messages]
            for model, request in provider.requests[2:]
        }
    assert asked == {
        "Shy": [("user", "Second")],
        "Bold": [("user", "First"), ("assistant", "An answer."), ("user", "Second")],
    }


def test_the_ledger_says_which_side_it_was(client: httpx.Client, tmp_path: Path) -> None:
    battle = begin(client, arena="strict")["id"]
    finish(client, battle)
    shy, _ = sides_of(client.get(f"/api/v1/battles/{battle}").json())
    vote(client, battle, "tie")
    with closing(sqlite3.connect(tmp_path / "data" / "polyarena.db")) as database:
        (told,) = database.execute("SELECT data FROM events WHERE kind = 'vote'").fetchone()
    event = json.loads(told)
    assert event["refused"] == [shy]
    assert event["excluded"] == "refused"
