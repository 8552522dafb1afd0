"""The live ticker over HTTP: on the board's page, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from kit.served import scripted, served
from kit.voted import API, BOARD, MODELS, VOTES, add
from kit.voting import Cast

LIVE = f"{API}/live"
SECRET = Cast("Secret", "Alpha", "a", 12)


@dataclass(frozen=True)
class Arena:
    """A server's client, and the directory of its data."""

    client: httpx.Client
    data: Path


@pytest.fixture
def arena(tmp_path: Path) -> Iterator[Arena]:
    add(tmp_path, *VOTES, snapshot=True)
    with (
        served(tmp_path, scripted(*MODELS)) as url,
        httpx.Client(base_url=url, timeout=30) as client,
    ):
        yield Arena(client, tmp_path)


def test_nothing_is_told_before_ten_votes(arena: Arena) -> None:
    add(arena.data, Cast("Beta", "Alpha", "a", 9), SECRET)
    found = arena.client.get(LIVE).json()
    assert (found["votes"], found["rows"]) == (0, [])
    html = arena.client.get(BOARD).text
    assert "once 10 votes of at least 3 people have come in since" in html
    assert 'class="live-movers"' not in html


def test_the_page_the_json_and_the_csv_agree(arena: Arena) -> None:
    add(arena.data, Cast("Beta", "Alpha", "a", 14), SECRET)
    found = arena.client.get(LIVE).json()
    stored = arena.client.get("/api/v1/arenas/text/snapshots").json()[-1]
    assert (found["arena"], found["table"], found["votes"]) == ("text", "live", 14 - 4)
    assert (found["snapshot"], found["since"]) == (stored["id"], stored["as_of"])
    assert found["provisional"] is True
    assert "not the rating" in found["method"]
    assert found["lot"] == {"votes": 10, "voters": 3}
    rows = found["rows"]
    assert {row["model"]: row["votes"] for row in rows} == {"Alpha": 10, "Beta": 10}
    assert sum(row["change"] for row in rows) == pytest.approx(0, abs=0.11)
    html = arena.client.get(BOARD).text
    assert "Provisional, not the rating" in html
    assert "Online Elo over 10 votes since the snapshot" in html
    shown = re.findall(r'id="live:/models/(\w+)"', html)
    assert shown == [row["model"] for row in rows]
    up = max(row["change"] for row in rows)
    assert f"+{up:.1f}" in html
    assert f"−{up:.1f}" in html
    for url in (f"{BOARD}/live.csv", f"{API}/live.csv"):
        lines = list(csv.DictReader(io.StringIO(arena.client.get(url).text)))
        assert [line["model"] for line in lines] == [row["model"] for row in rows]
    for text in (html, arena.client.get(LIVE).text):
        assert "Secret" not in text


def test_models_with_two_voters_are_not_named(arena: Arena) -> None:
    few = (Cast("Beta", "Alpha", "a", 5, voter="one"), Cast("Beta", "Alpha", "b", 4, voter="two"))
    add(arena.data, *few, Cast("Gamma", "Newcomer", "a", voter="three"))
    found = arena.client.get(LIVE).json()
    assert (found["votes"], found["rows"]) == (10, [])
    html = arena.client.get(BOARD).text
    assert "A model is shown once 3 people have voted on it since" in html
    assert 'id="live:' not in html


def test_the_page_asks_only_for_what_is_new(arena: Arena) -> None:
    add(arena.data, Cast("Beta", "Alpha", "a", 10))
    html = arena.client.get(BOARD).text
    (url,) = re.findall(r'hx-get="([^"]*/live\?[^"]*)"', html)
    assert arena.client.get(url).status_code == 204
    add(arena.data, Cast("Alpha", "Beta", "a", 9))
    assert arena.client.get(url).status_code == 204
    add(arena.data, Cast("Alpha", "Beta", "a"))
    answer = arena.client.get(url)
    assert answer.status_code == 200
    assert "Online Elo over 20 votes" in answer.text
    assert "<html" not in answer.text
    (later,) = re.findall(r'hx-get="([^"]*/live\?[^"]*)"', answer.text)
    assert arena.client.get(later).status_code == 204
    assert arena.client.get(f"{BOARD}/live").status_code == 200


def test_it_is_of_all_votes_and_of_no_other_board(arena: Arena) -> None:
    assert 'id="live"' in arena.client.get(BOARD).text
    for query in ("?category=math", "?control=style"):
        assert 'id="live"' not in arena.client.get(f"{BOARD}{query}").text
        for url in (LIVE, f"{BOARD}/live", f"{BOARD}/live.csv"):
            assert arena.client.get(f"{url}{query}").status_code == 422
    assert arena.client.get("/api/v1/arenas/none/leaderboard/live").status_code == 404


def test_without_a_snapshot_it_says_so(tmp_path: Path) -> None:
    with (
        served(tmp_path, scripted(*MODELS)) as url,
        httpx.Client(base_url=url, timeout=30) as client,
    ):
        assert 'id="live"' not in client.get(BOARD).text
        add(tmp_path, Cast("Beta", "Alpha", "a", 20))
        found = client.get(LIVE).json()
        assert (found["snapshot"], found["since"], found["rows"]) == (None, None, [])
        assert "once a first snapshot has been stored" in client.get(BOARD).text
