"""Aspects over HTTP: asked for, judged with a vote, and boards by each of them."""

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

from kit.battles import begin, finish, vote
from kit.judging import BOARDS, NAMES, opened, plugins, some_votes
from kit.served import served
from kit.voting import cast

BOARD = "/arenas/judged/leaderboard"
API = f"/api/v1{BOARD}"


async def store(data: Path) -> None:
    async with opened(data) as services:
        await cast(services, *some_votes(1, 200))
        await services.snapshots.take("judged")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    data = tmp_path_factory.mktemp("judged")
    asyncio.run(store(data))
    with served(data, plugins()) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


def battle(client: httpx.Client) -> str:
    begun = begin(client, arena="judged")
    finish(client, begun["id"])
    return str(begun["id"])


def names(board: dict[str, Any]) -> list[str]:
    return [row["model"] for row in board["rows"]]


def test_an_arena_tells_its_aspects(client: httpx.Client) -> None:
    arenas = {one["id"]: one["aspects"] for one in client.get("/api/v1/arenas").json()}
    assert arenas["judged"] == {"looks": "Looks", "works": "Works", "fits": "Fits the prompt"}
    assert arenas["text"] == {}


def test_a_vote_says_what_it_judges(client: httpx.Client) -> None:
    one = battle(client)
    said = {"works": "tie", "looks": "b", "fits": ""}
    told = vote(client, one, "a", aspects=said).json()["vote"]
    assert told["aspects"] == {"looks": "b", "works": "tie"}
    assert vote(client, one, "a", aspects=said).status_code == 200
    assert vote(client, one, "a", aspects={**said, "fits": "a"}).status_code == 409
    assert client.get(f"/api/v1/battles/{one}").json()["vote"] == told
    page = client.get(f"/battles/{one}").text
    assert '<span class="tag">Looks: Right</span><span class="tag">Works: Tie</span>' in page


def test_what_the_ballot_does_not_ask_is_refused(client: httpx.Client) -> None:
    one = battle(client)
    answer = vote(client, one, "a", aspects={"smell": "a"})
    assert answer.status_code == 422
    assert "it has looks, works, fits" in answer.text
    assert vote(client, one, "a", aspects={"looks": "left"}).status_code == 422
    assert client.get(f"/api/v1/battles/{one}").json()["ballot"]["open"]
    plain = begin(client)
    finish(client, plain["id"])
    assert vote(client, plain["id"], "a", aspects={"looks": "a"}).status_code == 422


def test_the_page_asks_and_its_form_is_taken(client: httpx.Client) -> None:
    one = battle(client)
    page = client.get(f"/battles/{one}").text
    assert page.count('role="radiogroup"') == 3
    assert len(re.findall(r'name="aspect\.works" value="(?:a|tie|b)"', page)) == 3
    form = {"choice": "b", "aspect.works": "b", "aspect.looks": "", "reasons": [], "comment": "Ok"}
    assert client.post(f"/battles/{one}/vote", data=form).status_code == 303
    told = client.get(f"/api/v1/battles/{one}").json()["vote"]
    assert (told["choice"], told["aspects"], told["comment"]) == ("b", {"works": "b"}, "Ok")
    odd = battle(client)
    assert client.post(f"/battles/{odd}/vote", data={**form, "aspect.smell": "a"}).is_client_error


def test_a_board_by_aspect_has_an_address_and_is_in_the_picker(client: httpx.Client) -> None:
    looks, works = (client.get(f"{API}?aspect={name}").json() for name in ("looks", "works"))
    assert (looks["aspect"], names(looks)) == ("looks", list(NAMES))
    assert names(works) == list(NAMES)[::-1]
    assert client.get(API).json()["aspect"] is None
    page = client.get(f"{BOARD}?aspect=looks").text
    assert f'<a href="{BOARD}?aspect=looks" aria-current="page">Looks</a>' in page
    assert f'<a href="{BOARD}?aspect=composite">All aspects together</a>' in page
    assert f'href="{BOARD}?category=hard&amp;aspect=looks"' in page
    assert 'name="aspect" value="looks"' in page
    assert "votes judge “Looks”" in page
    assert 'aria-label="Rated by"' not in client.get("/arenas/text/leaderboard").text
    for wrong in (f"{API}?aspect=smell", "/api/v1/arenas/text/leaderboard?aspect=looks"):
        assert client.get(wrong).status_code == 404


def test_the_composite_says_what_it_is_made_of(client: httpx.Client) -> None:
    board = client.get(f"{API}?aspect=composite").json()
    assert any("Looks 25%, Works 50%, Fits the prompt 25%" in note for note in board["notes"])
    page = client.get(f"{BOARD}?aspect=composite").text
    assert "the weighted mean of 3 ratings by Bradley–Terry" in page
    # No pair has one record by several judgements a vote.
    assert ">Win rates</a>" not in page
    assert ">Win rates</a>" in client.get(f"{BOARD}?aspect=looks").text
    assert client.get(f"{BOARD}/pairs?aspect=composite").status_code == 200
    assert client.get(f"{BOARD}/compare?aspect=composite&a=Alpha&b=Beta").status_code == 200


@pytest.mark.parametrize("aspect", BOARDS)
def test_every_table_and_snapshot_of_a_board_by_aspect(client: httpx.Client, aspect: str) -> None:
    query = f"aspect={aspect}&category=hard&control=style"
    rows = client.get(f"{API}?{query}").json()["rows"]
    answer = client.get(f"{BOARD}.csv?{query}")
    assert f"judged-hard-style-{aspect}.csv" in answer.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.text)))
    assert [line["model"] for line in lines] == [row["model"] for row in rows]
    assert all(row["shift"] is not None for row in rows)
    for page in ("categories", "history", "prices", "compare"):
        assert client.get(f"{BOARD}/{page}?{query}").status_code == 200
    query = f"aspect={aspect}&control=style"
    stored = client.get(f"/api/v1/arenas/judged/snapshots?{query}").json()
    assert [(one["aspect"], one["control"]) for one in stored] == [(aspect, "style")]
    history = client.get(f"{API}/history?{query}").json()["rows"]
    assert {row["model"] for row in history} == {row["model"] for row in rows}
