"""A leaderboard's pages and tables, each by its address."""

from __future__ import annotations

import csv
import io
import math
import re
from pathlib import Path

import httpx
import pytest

from kit.voted import (
    API,
    BOARD,
    PAGES,
    TABLES,
    names,
    rows,
    snapshots,
    voted,
)
from kit.voting import Cast


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


def test_the_list_of_snapshots_is_a_file_too(client: httpx.Client) -> None:
    stored = snapshots(client)
    html = client.get(f"{BOARD}/history").text
    assert f'href="{BOARD}/snapshots.csv"' in html
    assert f'href="{API}/snapshots"' in html
    assert html.count('href="/api/v1/snapshots/') == len(stored)
    assert client.get(f"{API}/snapshots").json()["rows"] == stored
    for url in (f"{BOARD}/snapshots.csv", "/api/v1/arenas/text/snapshots.csv"):
        answer = client.get(url)
        assert "attachment" in answer.headers["content-disposition"]
        lines = list(csv.DictReader(io.StringIO(answer.text)))
        assert [int(line["id"]) for line in lines] == [one["id"] for one in stored]
        assert lines[-1]["counts_digest"] == stored[-1]["counts_digest"]
    maths = client.get(f"{BOARD}/snapshots.csv?category=math").text
    assert {line["category"] for line in csv.DictReader(io.StringIO(maths))} == {"math"}
    assert client.get("/api/v1/arenas/text/snapshots.csv?category=none").status_code == 404


def test_a_board_with_many_snapshots_lists_all_of_them(tmp_path: Path) -> None:
    votes = [Cast("Alpha", "Beta", "a")] * 330
    with voted(tmp_path, votes) as client:
        assert len(snapshots(client)) == 110
        html = client.get(f"{BOARD}/history").text
        assert "110 snapshots" in html
        assert "The newest 100 are listed here" in html
        assert html.count('href="/api/v1/snapshots/') == 100
