"""Credentials over HTTP: declared, checked, deleted, and what they make of votes."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from kit import QUIET
from kit.battles import begin, finish, vote
from kit.command import Command, command
from kit.guild import dentists, visitor
from kit.served import served
from polyarena.store import open_store
from polyarena.store.tables import events, votes

API = "/api/v1/credentials"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("dentists")


@pytest.fixture(scope="module")
def url(data: Path) -> Iterator[str]:
    with served(data, dentists()) as url:
        yield url


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    with visitor(url) as client:
        yield client


@pytest.fixture
def polyarena(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path
) -> Command:
    monkeypatch.setenv("POLYARENA_DATA", str(data))
    return command(monkeypatch, capsys)


def claim(client: httpx.Client, number: str, specialty: str = "") -> httpx.Response:
    return client.post(f"{API}/roll", json={"specialty": specialty, "values": {"number": number}})


def cast(client: httpx.Client, arena: str = "dentists", **more: Any) -> httpx.Response:
    begun = begin(client, arena=arena)
    finish(client, begun["id"])
    return vote(client, begun["id"], "a", comment="So.", **more)


def tiers(client: httpx.Client) -> list[str]:
    return [one["tier"] for one in client.get(API).json()]


def test_a_credential_is_checked_and_its_evidence_kept_apart(client: httpx.Client) -> None:
    refused = claim(client, "7")
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "credential_refused")
    assert refused.json()["error"]["message"] == "The roll has no such number."
    broken = claim(client, "X")
    assert broken.status_code == 422
    assert "could not be checked just now" in broken.json()["error"]["message"]
    assert claim(client, "D" * 9).json()["error"]["message"] == "Number may have 8 characters."
    assert claim(client, "D-1", "haircuts").status_code == 422
    assert client.post(f"{API}/none", json={}).status_code == 404
    assert client.get(API).json() == []
    (held,) = claim(client, "D-1", "surgery").json()
    assert (held["tier"], held["specialty"], held["checked_by"]) == ("registry", "surgery", "roll")
    assert held["evidence"]
    assert held["lapses"] - held["created"] == pytest.approx(30 * 86400, abs=60)
    assert "D-1" not in client.get("/credentials").text
    (again,) = claim(client, "D-ortho", "surgery").json()
    assert again["specialty"] == "orthodontics"
    assert again["id"] != held["id"]


def test_a_vote_has_the_tier_of_its_time_and_nothing_of_who_it_was(
    client: httpx.Client, data: Path
) -> None:
    assert cast(client).json()["vote"]["qualification"] is None
    client.post(API, json={"occupation": "dentistry", "specialty": "surgery"})
    declared = cast(client).json()["vote"]["qualification"]
    assert declared == {"occupation": "dentistry", "specialty": "surgery", "tier": "declared"}
    claim(client, "D-secret")
    checked = cast(client).json()
    assert checked["vote"]["qualification"]["tier"] == "registry"
    assert cast(client, expert=False).json()["vote"]["qualification"] is None
    assert cast(client, arena="careful").json()["vote"]["qualification"] is None
    stored, told = asyncio.run(_of_vote(data, checked["id"]))
    assert stored == ("dentistry", "", "registry", True)
    assert told["qualification"] == {
        "occupation": "dentistry", "specialty": "", "tier": "registry", "expert": True,
    }  # fmt: skip
    assert "D-secret" not in json.dumps(told)


async def _of_vote(data: Path, battle: str) -> tuple[tuple[Any, ...], dict[str, Any]]:
    store = open_store(f"sqlite:///{data / 'polyarena.db'}")
    columns = (votes.c.occupation, votes.c.specialty, votes.c.tier, votes.c.expert)
    one = await store.read(
        lambda c: c.execute(select(*columns).where(votes.c.battle == battle)).one()
    )
    mine = (events.c.subject == battle) & (events.c.kind == "vote")
    told = await store.read(lambda c: c.execute(select(events.c.data).where(mine)).scalar_one())
    await store.close()
    return tuple(one), json.loads(told)


def test_an_experts_vote_without_its_credential_is_refused(client: httpx.Client) -> None:
    client.post(API, json={"occupation": "dentistry"})
    begun = begin(client, arena="dentists")
    finish(client, begun["id"])
    refused = vote(client, begun["id"], "a", comment="So.", expert=True)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "credential_needed")
    said = refused.json()["error"]["message"]
    assert "“Registry checked” or better" in said
    assert said.endswith("or count it as a public vote.")
    assert client.get(f"/api/v1/battles/{begun['id']}").json()["ballot"]["open"]
    assert cast(client, arena="careful", expert=True).status_code == 422
    assert cast(client, arena="only").status_code == 403
    claim(client, "D-1")
    assert vote(client, begun["id"], "a", comment="So.", expert=True).status_code == 200
    assert cast(client, arena="only", expert=False).json()["vote"]["qualification"]["tier"]


def test_the_page_shows_what_is_held_and_its_forms_work(client: httpx.Client) -> None:
    page = client.get("/credentials").text
    assert "You have shown nothing yet" in page
    assert '<option value="orthodontics">Orthodontics</option>' in page
    assert 'href="/credentials" aria-current="page"' in page
    data = {"occupation": "dentistry", "specialty": "surgery", "note": "https://example.org/me"}
    assert client.post("/credentials/declare", data=data).status_code == 303
    form = {"field.number": "D-7", "specialty": ""}
    assert client.post("/credentials/claim/roll", data=form).status_code == 303
    page = client.get("/credentials").text
    for words in ("Oral surgery", "waiting for the operator", "Shown by: Number in the roll."):
        assert words in page
    bad = client.post("/credentials/claim/roll", data={"field.number": "7"})
    assert bad.status_code == 422
    assert "The roll has no such number." in bad.text
    battle = begin(client, arena="dentists")
    finish(client, battle["id"])
    shown = client.get(f"/battles/{battle['id']}").text
    assert "Counts as an expert" in shown
    said = {"choice": "a", "comment": "So.", "as": "public"}
    assert client.post(f"/battles/{battle['id']}/vote", data=said).status_code == 303
    told = client.get(f"/api/v1/battles/{battle['id']}").json()["vote"]
    assert told["qualification"] is None


def test_a_visitor_deletes_the_evidence_or_all_of_it(client: httpx.Client, url: str) -> None:
    (held,) = claim(client, "D-1").json()
    with visitor(url) as other:
        assert other.delete(f"{API}/{held['id']}").status_code == 404
    delete = f"/credentials/{held['id']}/delete"
    assert client.post(delete, data={"evidence": "only"}).status_code == 303
    (bare,) = client.get(API).json()
    assert (bare["evidence"], bare["tier"]) == (False, "registry")
    assert client.post(delete).status_code == 303
    assert client.get(API).json() == []
    assert client.delete(f"{API}/{held['id']}").status_code == 404


def test_the_operator_confirms_and_revokes(client: httpx.Client, polyarena: Command) -> None:
    note = "I am at\tthe clinic\x1b[2J."
    (held,) = client.post(API, json={"occupation": "dentistry", "note": note}).json()
    code, out, _ = polyarena("credentials", "list", "--asked")
    assert code == 0
    assert [line.split("\t")[0] for line in out.splitlines()].count(held["id"]) == 1
    out = polyarena("credentials", "show", held["id"])[1]
    assert "note: I am at" in out
    assert "\x1b" not in out
    assert polyarena("credentials", "confirm", held["id"])[0] == 0
    assert tiers(client) == ["operator"]
    assert cast(client, expert=True).json()["vote"]["qualification"]["tier"] == "operator"
    assert held["id"] not in polyarena("credentials", "list", "--asked")[1]
    assert polyarena("credentials", "revoke", held["id"], "--why", "The clinic says no.")[0] == 0
    assert "The operator says: The clinic says no." in client.get("/credentials").text
    assert cast(client, expert=True).status_code == 403
    again = client.post(API, json={"occupation": "dentistry"})
    assert again.json()["error"]["message"].endswith("They say: The clinic says no.")
    client.delete(f"{API}/{held['id']}")
    assert [one["state"] for one in client.get(API).json()] == ["revoked"]
    assert polyarena("credentials", "erase", held["id"])[0] == 0
    assert client.get(API).json() == []
    assert polyarena("credentials", "confirm", "none")[2].strip().endswith("credential 'none'.")


def test_a_site_without_occupations_says_so(tmp_path: Path) -> None:
    without = QUIET | {"verticals"}
    with (
        served(tmp_path, disabled_plugins=without) as plain,
        httpx.Client(base_url=plain, timeout=30) as client,
    ):
        assert "No arena here asks" in client.get("/credentials").text
        assert 'href="/credentials"' not in client.get("/arenas/text").text
        assert client.post(API, json={"occupation": "dentistry"}).status_code == 422
