"""A ranking as a table, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from polyarena.rating import BradleyTerry, Comparisons

from .conftest import Rank, boards, of

FIRST = ["model", "rating", "lower", "upper", "rank", "votes"]


def test_the_table_says_who_leads_and_what_was_read(rank: Rank, votes: Path) -> None:
    code, out, err = rank(votes)
    assert (code, err) == (0, "")
    assert "All votes: 600 votes, bradley-terry" in out
    assert "95% interval" in out
    assert re.search(r"│ +1 │ +1(–\d)? │ \[m1\] +│ 1\d{3}\.\d │ [\d.]+ – [\d.]+ │ +\d{3} │", out)
    assert "columns: models from left and right, the winner from winner" in out


def test_csv_and_json_hold_the_engines_ratings(rank: Rank, votes: Path) -> None:
    rows = list(csv.DictReader(votes.read_text().splitlines()))
    label = {"left": "a", "right": "b", "tie": "tie"}
    fitted = BradleyTerry().fit(
        Comparisons.from_names(
            [row["left"] for row in rows],
            [row["right"] for row in rows],
            [label[row["winner"]] for row in rows],
            voter=[row["worker"] for row in rows],
        )
    )
    (board,) = boards(rank(votes, "--json"))
    for field in ("rating", "lower", "upper", "votes", "rank"):
        expected = dict(zip(fitted.names, getattr(fitted, field).tolist(), strict=True))
        assert of(board, field) == pytest.approx(expected)
    code, out, err = rank(votes, "--csv")
    table = list(csv.reader(io.StringIO(out)))
    assert code == 0
    assert "columns: models from left" in err
    assert table[0][:6] == FIRST
    assert list(board["models"][0])[:6] == FIRST
    assert [row[0] for row in table[1:]] == ["[m1]", "[m2]", "[m3]", "[m4]"]
    assert float(table[1][1]) == pytest.approx(board["models"][0]["rating"])


def test_names_from_a_file_steer_nothing(rank: Rank, evil: Path) -> None:
    out = rank(evil)[1]
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "\n'=HYPERLINK(1)," in rank(evil, "--csv")[1]
