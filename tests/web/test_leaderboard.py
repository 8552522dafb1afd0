"""Leaderboards over HTTP: what votes make of them, and what they say they do not know."""

from __future__ import annotations

import math
import re
from pathlib import Path

import httpx
import pytest

from kit.battles import begin, finish, vote
from kit.served import scripted, served
from kit.voted import (
    API,
    BOARD,
    PAGES,
    TABLES,
    VOTES,
    names,
    rows,
    snapshots,
)
from polyarena import Finish
from polyarena.testing import ScriptedModel


def notes(client: httpx.Client, query: str = "") -> str:
    return "\n".join(client.get(f"{API}{query}").json()["notes"])


def test_a_board_has_ranks_ratings_and_particulars(client: httpx.Client) -> None:
    board = client.get(API).json()
    assert (board["arena"], board["category"], board["control"]) == ("text", None, None)
    assert board["votes"] == sum(one.times for one in VOTES) - 5
    first, *_, last = board["rows"]
    assert first["model"] == "Alpha"
    assert first["lower"] < first["rating"] < first["upper"]
    assert first["rank_low"] == first["rank"] == 1 <= first["rank_high"]
    assert (first["organization"], first["license"]) == ("One", "MIT")
    assert (first["price_input"], first["price_output"]) == (1, 4)
    assert first["votes"] == 35
    assert not first["preliminary"]
    assert (last["model"], last["preliminary"], last["rank"]) == ("Newcomer", True, None)


def test_the_page_shows_new_models_apart_and_says_what_it_does_not_know(
    client: httpx.Client,
) -> None:
    html = client.get(BOARD).text
    ranked, _, preliminary = html.partition('class="board-section"')
    for name in ("Alpha", "Beta", "Gamma"):
        assert f">{name}</a>" in ranked
    assert ">Newcomer</a>" in preliminary
    assert "one model has fewer than 30 votes" in html
    assert "Beta may each be first" in html
    assert "Alpha" in notes(client)


def test_private_models_are_nowhere(client: httpx.Client) -> None:
    pages = [f"{BOARD}{page}" for page in PAGES] + [f"{API}/{name}" for name in TABLES]
    pages += [f"{BOARD}.csv", f"{BOARD}?category=math", API, "/models/Alpha"]
    pages += [f"/api/v1/snapshots/{one['id']}" for one in snapshots(client)]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        assert "Secret" not in answer.text, page
    assert client.get("/models/Secret").status_code == 404
    assert client.get(f"{API}/compare?a=Alpha&b=Secret").status_code == 404
    maths = client.get(f"{API}?category=math").json()
    assert maths["votes"] == 4


def test_categories_have_boards_of_their_own(client: httpx.Client) -> None:
    assert names(client, "?category=coding") == ["Alpha", "Beta"]
    coding = client.get(f"{API}?category=coding").json()
    assert coding["votes"] == 4
    assert "fewer than 30" in notes(client, "?category=coding")
    html = client.get(BOARD).text
    counts = dict(re.findall(r'category=([\w-]+)[^>]*>[^<]*<span class="pill-count">(\d+)', html))
    assert counts == {"coding": "4", "math": "4"}
    assert 'category=long"' not in html
    assert "Longer prompts" in client.get(f"{BOARD}?category=long").text
    matrix = client.get(f"{API}/categories").json()["rows"]
    assert {(row["model"], row["category"]) for row in matrix} >= {("Alpha", "math"), ("Beta", "")}


def test_style_control_returns_the_effect_that_was_planted(planted: httpx.Client) -> None:
    plain = {row["model"]: row for row in rows(planted, "?category=coding")}
    board = planted.get(f"{API}?category=coding&control=style").json()
    effects = {row["effect"]: row for row in board["effects"]}
    assert effects["length"]["log_odds"] == pytest.approx(math.log(3), rel=0.01)
    assert effects["length"]["odds_factor"] == pytest.approx(3, rel=0.02)
    assert effects["position"]["log_odds"] == pytest.approx(0, abs=0.01)
    assert plain["Alpha"]["rating"] > 1040
    for row in board["rows"]:
        assert row["rating"] == pytest.approx(1000, abs=1)
        before = plain[row["model"]]["rating"]
        assert row["shift"] == pytest.approx(row["rating"] - before, abs=1e-6)
    html = planted.get(f"{BOARD}?category=coding&control=style").text
    assert "What style does" in html
    assert "+200 %" in html
    assert "carry measures of style" in notes(planted, "?control=style")


def test_what_a_board_does_not_know_it_says(planted: httpx.Client) -> None:
    maths = notes(planted, "?category=math")
    assert "cyclic: about" in maths
    assert "Alpha beats Beta, Beta beats Gamma, Gamma beats Alpha" in maths
    assert "cyclic" not in notes(planted, "?category=coding")
    long = notes(planted, "?category=long")
    assert "disconnected: the battles leave 2 groups" in long
    assert "4 models have fewer than 30 votes" in long
    assert "on a prior" in long
    assert "no vote here carries measures" in notes(planted, "?category=math&control=style")


@pytest.mark.parametrize("path", ["/none", "?category=none", "?control=none", "/none.csv"])
def test_what_is_not_there_is_not_found(client: httpx.Client, path: str) -> None:
    assert client.get(f"{API}{path}").status_code == 404


def test_a_vote_moves_the_board_at_once_and_matchmaking_goes_on(tmp_path: Path) -> None:
    pair = [ScriptedModel(name, ["I answer in some words.", Finish()]) for name in ("One", "Two")]
    with served(tmp_path, scripted(*pair)) as url, httpx.Client(base_url=url, timeout=30) as client:
        for number in (1, 2, 3):
            battle = begin(client)
            finish(client, battle["id"])
            reveal = vote(client, battle["id"], "a").json()
            assert reveal["propensity"] == 1.0
            assert client.get(API).json()["votes"] == number
            assert client.get(f"{API}?control=style").json()["votes"] == number
        ratings = [row["rating"] for row in rows(client)]
        assert ratings == sorted(ratings, reverse=True)
