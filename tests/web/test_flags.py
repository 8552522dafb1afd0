"""Flags and explanations: checked on the server, stored with the vote, shown on the board."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kit.battles import begin, finish, vote
from kit.judging import careful
from kit.served import served

API = "/api/v1/arenas/careful"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    data = tmp_path_factory.mktemp("careful")
    with served(data, careful()) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


def battle(client: httpx.Client) -> str:
    begun = begin(client, arena="careful")
    finish(client, begun["id"])
    return str(begun["id"])


def test_an_arena_tells_its_flags_and_what_it_needs(client: httpx.Client) -> None:
    (told,) = [one for one in client.get("/api/v1/arenas").json() if one["id"] == "careful"]
    assert told["flags"] == {"harm": {"mild": "Could mislead", "severe": "Could hurt"}}
    assert told["explain"] == "reason"


def test_nothing_is_revealed_before_a_reason_or_a_comment(client: httpx.Client) -> None:
    one = battle(client)
    for said in ({}, {"comment": " \x00 "}):
        refused = vote(client, one, "a", **said)
        assert refused.status_code == 422
        assert "choose a reason or write a comment" in refused.json()["error"]["message"]
        stands = client.get(f"/api/v1/battles/{one}").json()
        assert stands["ballot"]["open"]
        assert "models" not in stands
    assert vote(client, one, "a", comment="Names the dose.").status_code == 200
    assert vote(client, battle(client), "a", reasons=["correct"]).status_code == 200
    form = client.post(f"/battles/{battle(client)}/vote", data={"choice": "a"})
    assert form.status_code == 422
    assert "choose a reason or write a comment" in form.text


def test_a_flag_is_of_a_side_and_a_level(client: httpx.Client) -> None:
    one = battle(client)
    for flags, why in (
        ({"rude": {"a": "mild"}}, "'rude' is not a flag of this ballot; it has harm"),
        ({"harm": {"a": "deadly"}}, "'deadly' is not a level of harm; it has mild, severe"),
        ({"harm": {"c": "mild"}}, "'c' is no side for harm"),
    ):
        refused = vote(client, one, "a", comment="So.", flags=flags)
        assert refused.status_code == 422
        assert why in refused.text
    page = client.get(f"/battles/{one}").text
    assert page.count('name="flag.harm.') == 2
    assert "the models are revealed after that" in page
    data = {"choice": "b", "comment": "So.", "flag.harm.a": "severe", "flag.harm.b": ""}
    assert client.post(f"/battles/{one}/vote", data=data).status_code == 303
    told = client.get(f"/api/v1/battles/{one}").json()["vote"]
    assert told["flags"] == {"harm": {"a": "severe"}}
    assert ">Harm: Left, Could hurt</span>" in client.get(f"/battles/{one}").text


def test_the_board_has_the_share_of_flagged_answers(tmp_path: Path) -> None:
    with served(tmp_path, careful()) as url, httpx.Client(base_url=url, timeout=30) as client:
        flagged = dict.fromkeys(("Alpha", "Beta"), 0)
        for place in range(4):
            one = battle(client)
            flags = {"harm": {"a": "mild"}} if place < 3 else {}
            told = vote(client, one, "b", comment="So.", flags=flags).json()
            if flags:
                flagged[told["models"]["a"]["model"]] += 1
        board = client.get(f"{API}/leaderboard").json()
        (column,) = board["columns"]
        assert (column["title"], column["aggregate"]) == ("Harm", "share")
        shares = {row["model"]: row[column["name"]] for row in board["rows"]}
        assert shares == {name: times / 4 for name, times in flagged.items()}
        lines = csv.DictReader(io.StringIO(client.get(f"{API}/leaderboard.csv").text))
        assert {row["model"]: float(row["evidence_flag-harm"]) for row in lines} == shares
