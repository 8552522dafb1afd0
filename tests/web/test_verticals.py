"""Battles in the arenas of occupations, from the question to the board, known experts or not."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from kit.battles import begin, finish, vote
from kit.served import scripted, served
from polyarena import Finish
from polyarena.testing import ScriptedModel

ARENAS = ("medicine", "legal", "finance", "marketing")
CREDENTIALS = "/api/v1/credentials"
NPI = "1234567893"
MODELS = (
    ScriptedModel("Sound", ["As doi:10.1136/bmj.n71 says.", Finish()]),
    ScriptedModel("Vague", ["Nobody knows, see doi:10.99/x.", Finish()]),
)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data: Path = tmp_path_factory.mktemp("verticals")
    register = data / "npi.csv"
    register.write_text(f"number,family_name,codes\n{NPI},Muster,2080P0202X\n")
    npi = {"occupation": "medicine", "title": "NPI", "check": "npi", "file": str(register)}
    options = {"verticals": {"registers": {"npi": npi}}}
    with served(data / "data", scripted(*MODELS), plugins=options) as url:
        yield url


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    with ExitStack() as stack:
        client = stack.enter_context(httpx.Client(base_url=url))
        client.get("/credentials")
        yield client


def voted(client: httpx.Client, arena: str, **more: Any) -> dict[str, Any]:
    battle = begin(client, "Which dose?", arena=arena)
    finish(client, battle["id"])
    answer = vote(client, battle["id"], reasons=["facts"], **more)
    assert answer.status_code == 200, answer.text
    cast: dict[str, Any] = answer.json()
    return cast


@pytest.mark.parametrize("arena", ARENAS)
def test_nothing_is_revealed_before_a_reason(client: httpx.Client, arena: str) -> None:
    battle = begin(client, "Which dose?", arena=arena)
    finish(client, battle["id"])
    refused = vote(client, battle["id"])
    assert refused.status_code == 422
    assert "models" not in client.get(f"/api/v1/battles/{battle['id']}").json()
    known = {one["id"]: one for one in client.get("/api/v1/arenas").json()}[arena]
    criteria = list(known["aspects"])
    said = {"aspects": {criteria[0]: "b"}, "flags": {"harm": {"a": "severe"}}}
    cast = vote(client, battle["id"], "a", comment="It says so.", **said)
    assert cast.status_code == 200, cast.text
    assert cast.json()["models"].keys() == {"a", "b"}


def test_the_board_says_who_cites_and_in_which_form(client: httpx.Client) -> None:
    for _ in range(2):
        voted(client, "finance")
    board = client.get("/arenas/finance/leaderboard.csv").text
    rows = {row["model"]: row for row in csv.DictReader(board.splitlines())}
    assert float(rows["Sound"]["evidence_well-formed"]) == 1
    assert float(rows["Vague"]["evidence_well-formed"]) == 0
    assert {float(row["evidence_cited"]) for row in rows.values()} == {1}


def test_votes_without_and_with_a_credential(client: httpx.Client) -> None:
    assert voted(client, "medicine")["vote"]["qualification"] is None
    declared = client.post(CREDENTIALS, json={"occupation": "legal", "specialty": "employment"})
    assert declared.status_code in (200, 201), declared.text
    qualification = {"occupation": "legal", "specialty": "employment", "tier": "declared"}
    assert voted(client, "legal")["vote"]["qualification"] == qualification
    assert voted(client, "medicine")["vote"]["qualification"] is None
    wrong = client.post(
        f"{CREDENTIALS}/npi", json={"values": {"number": "1234567890", "family_name": "Muster"}}
    )
    assert wrong.status_code == 422
    assert "check digit" in wrong.json()["error"]["message"]
    right = client.post(
        f"{CREDENTIALS}/npi",
        json={"specialty": "urology", "values": {"number": NPI, "family_name": "Muster"}},
    )
    assert right.status_code in (200, 201), right.text
    qualification = {"occupation": "medicine", "specialty": "pediatrics", "tier": "registry"}
    cast = voted(client, "medicine", expert=True)
    assert cast["vote"]["qualification"] == qualification
    assert NPI not in str(cast)


def test_a_prompt_reaches_the_models_with_its_context(client: httpx.Client) -> None:
    body = {
        "prompt": [
            {"type": "text", "text": "Which dose?"},
            {"type": "input", "name": "setting", "text": "ward"},
        ]
    }
    battle = client.post("/api/v1/arenas/medicine/battles", json=body).json()
    finish(client, battle["id"])
    page = client.get(f"/battles/{battle['id']}").text
    assert "Hospital ward" in page
    assert page.count("found-sources") == 2
    unknown = {"prompt": [*body["prompt"], {"type": "input", "name": "room", "text": "12"}]}
    assert client.post("/api/v1/arenas/medicine/battles", json=unknown).status_code == 422


def test_a_known_specialty_is_chosen_and_its_starters_come_first(client: httpx.Client) -> None:
    chosen = '<option value="pediatrics" selected>'
    before = client.get("/arenas/medicine").text
    assert chosen not in before
    said = {"occupation": "medicine", "specialty": "pediatrics"}
    assert client.post(CREDENTIALS, json=said).status_code == 201
    after = client.get("/arenas/medicine").text
    assert chosen in after
    theirs, others = starters(after), starters(before)
    assert "pediatrics" in theirs[0]
    assert "pediatrics" not in others[0]
    assert sorted(theirs) == sorted(others)
    assert chosen not in client.get("/arenas/medicine?field.specialty=").text
    assert chosen not in client.get("/arenas/legal").text


def starters(page: str) -> list[str]:
    return re.findall(r'href="(?:/arenas/medicine)?\?(prompt=[^"]*)"', page)
