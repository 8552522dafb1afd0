"""Use of apps over HTTP: it opens the ballot, is the voter's own, and outlives a restart."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kit.app_arena import AppArena, bundles, shown_apps
from kit.battles import finish, vote
from kit.served import ArenaPlugin, scripted, served
from polyarena import Finish
from polyarena.testing import ScriptedModel
from polyarena.use import LOOK_SECONDS

APPS = {"one": {"index.html": b"one"}, "two": {"index.html": b"two"}}


def plugins() -> dict[str, object]:
    models = [ScriptedModel(name, [name, Finish()]) for name in APPS]
    return {**scripted(*models), "apps": ArenaPlugin(AppArena(APPS))}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    with served(tmp_path, plugins()) as url, httpx.Client(base_url=url) as client:
        yield client


def tell(
    client: httpx.Client, battle: str, side: str, bundle: str, api: bool = False, **more: Any
) -> httpx.Response:
    body = {"side": side, "bundle": bundle, "seconds": LOOK_SECONDS, **more}
    return client.post(f"{'/api/v1' if api else ''}/battles/{battle}/use", json=body)


@pytest.mark.parametrize("api", [False, True])
def test_the_ballot_opens_when_both_were_looked_at(client: httpx.Client, api: bool) -> None:
    battle, built = shown_apps(client)
    refused = vote(client, battle)
    assert refused.status_code == 409
    assert "look at app A and app B first" in refused.text
    assert "look at app A and app B first" in client.get(f"/battles/{battle}").text
    half = tell(client, battle, "a", built["a"], api).json()
    assert half == {
        "ballot_open": False,
        "closed_because": "look at app B first",
        "turn_allowed": True,
    }
    assert vote(client, battle).status_code == 409
    assert tell(client, battle, "b", built["b"], api).json()["ballot_open"] is True
    assert vote(client, battle).status_code == 200
    assert tell(client, battle, "b", built["b"], api).status_code == 409


def test_use_outlives_a_restart_and_goes_with_the_vote(tmp_path: Path) -> None:
    counts = {"pointer": 2, "click": 1, "key": 3, "size": 1, "reload": 1, "full_screen": 1}
    with served(tmp_path, plugins()) as url, httpx.Client(base_url=url) as client:
        battle, built = shown_apps(client)
        assert tell(client, battle, "a", built["a"], counts=counts).status_code == 200
        assert tell(client, battle, "b", built["b"], seconds=1.5).status_code == 200
        cookies = client.cookies
    with (
        served(tmp_path, plugins()) as url,
        httpx.Client(base_url=url, cookies=cookies) as client,
    ):
        assert "look at app B first" in client.get(f"/battles/{battle}").text
        opened = tell(client, battle, "b", built["b"], seconds=1.5)
        assert opened.json()["ballot_open"] is True
        assert vote(client, battle).status_code == 200
    with sqlite3.connect(tmp_path / "polyarena.db") as database:
        stored = dict(database.execute("select side, use from answers"))
        ((evidence,),) = database.execute("select evidence from votes")
    assert json.loads(stored["a"]) == {"seconds": LOOK_SECONDS, "counts": counts}
    assert json.loads(stored["b"]) == {"seconds": LOOK_SECONDS, "counts": {}}
    assert json.loads(evidence) == {"seconds": [LOOK_SECONDS, LOOK_SECONDS]}


@pytest.mark.parametrize(
    "more",
    [
        {"seconds": -1},
        {"seconds": 601},
        {"seconds": "NaN"},
        {"counts": {"typed": 1}},
        {"counts": {"click": 1001}},
        {"counts": {"click": -1}},
        {"text": "secret"},
        {"side": "c"},
        {"turn": -1},
        {"bundle": "x"},
    ],
)
def test_reports_are_bounded(client: httpx.Client, more: dict[str, Any]) -> None:
    battle, built = shown_apps(client)
    body = {"side": "a", "bundle": built["a"], **more}
    assert client.post(f"/battles/{battle}/use", json=body).status_code == 422


def test_only_ones_own_battle_its_last_turn_and_the_sides_own_app(client: httpx.Client) -> None:
    battle, built = shown_apps(client)
    with httpx.Client(base_url=client.base_url) as stranger:
        stranger.get("/arenas/apps")
        assert tell(stranger, battle, "a", built["a"]).status_code == 403
        assert stranger.post(f"/battles/{battle}/looked").status_code == 403
    assert tell(client, battle, "a", built["b"]).status_code == 409
    assert tell(client, battle, "a", built["a"], turn=1).status_code == 409
    foreign = client.post(
        f"/battles/{battle}/use",
        json={"side": "a", "bundle": built["a"], "seconds": 5},
        headers={"origin": "http://p-1.preview.localhost"},
    )
    assert foreign.status_code == 403
    sandboxed = client.post(
        f"/battles/{battle}/use",
        json={"side": "a", "bundle": built["a"], "seconds": 5},
        headers={"origin": "null", "sec-fetch-site": "cross-site"},
    )
    assert sandboxed.status_code == 403
    assert vote(client, battle).status_code == 409
    assert client.post(f"/battles/{battle}/regenerate").status_code == 303
    finish(client, battle)
    again = bundles(client, battle)
    assert again == built
    assert tell(client, battle, "a", again["a"]).json()["closed_because"] == "look at app B first"


def test_a_voter_without_scripts_says_so(client: httpx.Client) -> None:
    battle, _ = shown_apps(client)
    page = client.get(f"/battles/{battle}").text
    assert f'action="/battles/{battle}/looked"' in page
    assert client.post(f"/battles/{battle}/looked").status_code == 303
    page = client.get(f"/battles/{battle}").text
    assert "/looked" not in page
    assert vote(client, battle).status_code == 200
