"""Leaderboards over HTTP: what votes make of them, and every table by its address."""

from __future__ import annotations

import asyncio
import csv
import io
import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from kit.battles import begin, finish, vote
from kit.served import scripted, served
from kit.voting import Cast, cast
from polyarena import Finish, Price
from polyarena.model import ModelState
from polyarena.services import open_services
from polyarena.settings import Settings
from polyarena.testing import ScriptedModel

BOARD = "/arenas/text/leaderboard"
API = f"/api/v1{BOARD}"
SAY: Sequence[str | Finish] = ("Hello.", Finish())
MATHS = frozenset({"math"})
CODING = frozenset({"coding"})
TABLES = (
    "ranking", "categories", "pairs", "calibration", "history", "moves", "prices", "effects",
)  # fmt: skip
MODELS = (
    ScriptedModel("Alpha", SAY, organization="One", license="MIT", price=Price(input=1, output=4)),
    ScriptedModel("Beta", SAY, organization="Two", license="MIT", price=Price(input=0.1, output=1)),
    ScriptedModel("Gamma", SAY, organization="One", license="Closed"),
    ScriptedModel("Newcomer", SAY, organization="=1+1"),
    ScriptedModel("Secret", SAY, state=ModelState.PRIVATE),
)
VOTES = (
    # Ten votes on Alpha and Beta: six won, two lost, a tie and a both-bad, on either side.
    Cast("Alpha", "Beta", "a", 4, MATHS),
    Cast("Beta", "Alpha", "b", 2, CODING),
    Cast("Alpha", "Beta", "b", 2, CODING),
    Cast("Beta", "Alpha", "tie", share="shown-to-all"),
    Cast("Alpha", "Beta", "both_bad"),
    Cast("Beta", "Gamma", "a", 15),
    Cast("Gamma", "Beta", "a", 10),
    Cast("Alpha", "Gamma", "a", 18),
    Cast("Gamma", "Alpha", "a", 7),
    Cast("Newcomer", "Gamma", "a"),
    Cast("Newcomer", "Gamma", "b"),
    Cast("Secret", "Alpha", "a", 5, MATHS),
)


def cyclic() -> list[Cast]:
    """Votes in which each model beats the next, in the category of maths."""
    pairs = (("Alpha", "Beta"), ("Beta", "Gamma"), ("Gamma", "Alpha"))
    return [
        Cast(one, other, choice, times, MATHS)
        for one, other in pairs
        for choice, times in (("a", 18), ("b", 6))
    ]


def styled() -> list[Cast]:
    """Votes by length alone, 3 to 1 for the longer answer, in coding; Alpha's are longer."""
    given = []
    for left, right, longer, shorter in (
        ("Alpha", "Beta", 40, 8), ("Alpha", "Gamma", 40, 8), ("Beta", "Gamma", 24, 24),
    ):  # fmt: skip
        for times, lengths in ((longer, (30.0, 10.0)), (shorter, (10.0, 30.0))):
            likely = "a" if lengths[0] > lengths[1] else "b"
            other = "b" if likely == "a" else "a"
            measures = {"length": lengths}
            given.append(Cast(left, right, likely, times * 3 // 4, CODING, measures))
            given.append(Cast(left, right, other, times // 4, CODING, measures))
    return given


def apart() -> list[Cast]:
    """Two pairs that never met, and too few votes for a rank, in longer prompts."""
    long = frozenset({"long"})
    pairs = (("Alpha", "Beta"), ("Gamma", "Newcomer"))
    return [Cast(one, other, choice, 5, long) for one, other in pairs for choice in "ab"]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    yield from _served(tmp_path_factory.mktemp("plain"), VOTES)


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    yield from _served(tmp_path_factory.mktemp("planted"), [*cyclic(), *styled(), *apart()])


def _served(data: Path, votes: Sequence[Cast]) -> Iterator[httpx.Client]:
    async def store() -> None:
        settings = Settings.load(data=data, demo=False, disabled_plugins=frozenset({"demo"}))
        async with open_services(settings, scripted(*MODELS), server=False) as services:
            for start in range(0, len(votes), 3):
                await cast(services, *votes[start : start + 3])
                await services.snapshots.take("text")

    asyncio.run(store())
    with served(data, scripted(*MODELS)) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


def rows(client: httpx.Client, query: str = "") -> list[dict[str, Any]]:
    answer = client.get(f"{API}{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


def names(client: httpx.Client, query: str = "") -> list[str]:
    return [row["model"] for row in rows(client, query)]


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


PAGES = ("", "/categories", "/pairs", "/compare", "/compare?a=Alpha&b=Beta", "/history", "/prices")


def snapshots(client: httpx.Client, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/api/v1/arenas/text/snapshots{query}").json()
    return found


@pytest.mark.parametrize("page", [*PAGES, "?control=style", "/history?model=Beta"])
@pytest.mark.parametrize("arena", ["text", "empty"])
def test_every_page_is_there_also_without_votes(
    client: httpx.Client, planted: httpx.Client, page: str, arena: str
) -> None:
    path = f"{BOARD}{page}"
    if arena == "empty":
        path += f"{'&' if '?' in page else '?'}category=multi-turn"
    for server in (client, planted):
        answer = server.get(path)
        assert answer.status_code == 200
        assert " style=" not in answer.text
        assert "<svg" in answer.text


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_to_be_had_as_csv_and_json(client: httpx.Client, name: str) -> None:
    found = client.get(f"{API}/{name}").json()
    assert found["table"] == name
    for url in (f"{BOARD}/{name}.csv", f"{API}/{name}.csv"):
        answer = client.get(url)
        assert answer.headers["content-type"].startswith("text/csv")
        assert answer.headers["content-disposition"].startswith("attachment")
        lines = list(csv.DictReader(io.StringIO(answer.text)))
        assert len(lines) == len(found["rows"])
        for line, row in zip(lines, found["rows"], strict=True):
            assert set(line) == set(row)
    assert found["rows"] or name == "effects"


def test_a_name_is_no_formula_in_a_spreadsheet(client: httpx.Client) -> None:
    lines = list(csv.DictReader(io.StringIO(client.get(f"{BOARD}.csv").text)))
    assert lines[-1]["organization"] == "'=1+1"
    assert next(iter(lines[0])) == "model"


def test_a_board_is_searched_filtered_and_sorted(client: httpx.Client) -> None:
    assert names(client, "?q=gam") == ["Gamma"]
    assert names(client, "?q=two") == ["Beta"]
    assert names(client, "?organization=One") == ["Alpha", "Gamma"]
    assert names(client, "?license=MIT&sort=-model") == ["Beta", "Alpha"]
    assert names(client, "?sort=-votes")[0] == "Gamma"
    assert names(client, "?sort=votes")[0] == "Newcomer"
    assert names(client, "?sort=price")[:2] == ["Beta", "Alpha"]
    assert names(client, "?sort=-price")[:2] == ["Alpha", "Beta"]
    assert client.get(f"{API}?sort=secret").status_code == 422
    html = client.get(f"{BOARD}?sort=-votes&organization=One").text
    assert 'aria-sort="descending"' in html
    assert ">Beta</a>" not in html
    lines = client.get(f"{BOARD}.csv?q=gam").text.splitlines()
    assert len(lines) == 2


def test_categories_have_boards_of_their_own(client: httpx.Client) -> None:
    assert names(client, "?category=coding") == ["Alpha", "Beta"]
    coding = client.get(f"{API}?category=coding").json()
    assert coding["votes"] == 4
    assert "fewer than 30" in notes(client, "?category=coding")
    html = client.get(BOARD).text
    counts = dict(re.findall(r'category=([\w-]+)[^>]*>[^<]*<span class="pill-count">(\d+)', html))
    assert counts == {"coding": "4", "math": "4", "long": "0", "multi-turn": "0", "non-latin": "0"}
    matrix = client.get(f"{API}/categories").json()["rows"]
    assert {(row["model"], row["category"]) for row in matrix} >= {("Alpha", "math"), ("Beta", "")}


def test_head_to_head_adds_up(client: httpx.Client) -> None:
    found = client.get(f"{API}/compare?a=Alpha&b=Beta").json()["rows"]
    whole = found[0]
    assert [whole[key] for key in ("votes", "wins", "losses", "ties", "both_bad")] == [
        10, 6, 2, 1, 1,
    ]  # fmt: skip
    assert whole["win_rate"] == pytest.approx(0.7)
    # Wilson's interval of 7 in 10.
    assert whole["lower"] == pytest.approx(0.3968, abs=1e-4)
    assert whole["upper"] == pytest.approx(0.8922, abs=1e-4)
    rating = {row["model"]: row["rating"] for row in rows(client)}
    gap = (rating["Alpha"] - rating["Beta"]) * math.log(10) / 400
    assert whole["predicted"] == pytest.approx(1 / (1 + math.exp(-gap)))
    by_category = {row["category"]: (row["wins"], row["losses"]) for row in found}
    assert by_category == {"": (6, 2), "coding": (2, 2), "math": (4, 0)}
    turned = client.get(f"{API}/compare?a=Beta&b=Alpha").json()["rows"][0]
    assert (turned["wins"], turned["win_rate"]) == (2, pytest.approx(0.3))


def test_only_shared_battles_are_shown_as_examples(client: httpx.Client) -> None:
    html = client.get(f"{BOARD}/compare?a=Beta&b=Alpha").text
    assert re.findall(r"/shared/([\w-]+)", html) == ["shown-to-all"]
    assert client.get("/shared/shown-to-all").status_code == 200
    assert "/shared/" not in client.get(f"{BOARD}/compare?a=Alpha&b=Gamma").text
    for query in ("a=Alpha&b=Alpha", "a=Alpha&b=Nobody"):
        assert client.get(f"{BOARD}/compare?{query}").status_code == 404


def test_a_model_has_a_page(client: httpx.Client) -> None:
    html = client.get("/models/Alpha").text
    for words in ("MIT", "$1 in, $4 out", "Coding", "Maths", "Beta", "Gamma"):
        assert words in html
    found = client.get("/api/v1/models/Alpha").json()
    assert {(row["arena"], row["category"]) for row in found["rows"]} == {
        ("text", ""), ("text", "coding"), ("text", "math"),
    }  # fmt: skip
    assert client.get("/models/Alpha.csv").text.count("\n") == 4
    assert client.get("/api/v1/models/Nobody").status_code == 404


def test_history_tells_who_moved(client: httpx.Client) -> None:
    stored = snapshots(client)
    assert [one["votes"] for one in stored] == sorted(one["votes"] for one in stored)
    whole = client.get(f"/api/v1/snapshots/{stored[-1]['id']}").json()
    now = {row["model"]: row["rating"] for row in rows(client)}
    then = {row["model"]: row["rating"] for row in whole["rows"]}
    assert then == pytest.approx(now)
    assert whole["counts_digest"]
    assert whole["parameters"]["system"] == "bradley-terry"
    moved = client.get(f"{API}/moves").json()["rows"]
    assert {row["model"] for row in moved} == {"Alpha", "Beta", "Gamma"}
    for row in moved:
        assert row["moved"] == row["rank_then"] - row["rank"]
    history = client.get(f"{API}/history").json()["rows"]
    assert {row["snapshot"] for row in history} == {one["id"] for one in stored}
    assert client.get("/api/v1/snapshots/99999").status_code == 404


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
