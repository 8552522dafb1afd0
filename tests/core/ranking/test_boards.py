"""Boards: of all votes and of categories, and what they leave open."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from .conftest import Rank, boards, of


def test_a_board_for_each_category(rank: Rank, votes: Path) -> None:
    found = boards(rank(votes, "--category", "language", "--json"))
    assert [board["category"] for board in found] == [None, "de", "en"]
    assert [board["votes"] for board in found] == [600, 300, 300]
    (english,) = boards(rank(votes, "--where", "language=EN", "--json"))
    assert of(found[2]) == pytest.approx(of(english))
    table = list(csv.DictReader(io.StringIO(rank(votes, "--category", "language", "--csv")[1])))
    assert [row["category"] for row in table] == [""] * 4 + ["de"] * 4 + ["en"] * 4


def test_a_category_that_cannot_be_rated_says_so(rank: Rank, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    path.write_text("a,b,winner,tag\nP,Q,a,x\nP,Q,b,x\nQ,R,a,x\nR,Q,a,x\nP,Q,tie,y\n")
    found = boards(rank(path, "--category", "tag", "--ties", "drop", "--anchor", "R=900", "--json"))
    assert of(found[0])["R"] == 900
    assert found[2]["models"] == []
    assert any(note.startswith("not rated") for note in found[2]["notes"])
    assert any(note.startswith("anchor: R has no votes here") for note in found[2]["notes"])


def test_too_many_categories_are_none(rank: Rank, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    rows = [f"P,Q,{'ab'[i % 2]},{i}" for i in range(300)]
    path.write_text("\n".join(["model_a,model_b,winner,id", *rows]))
    code, _, err = rank(path, "--category", "id")
    assert code == 1
    assert "holds 300 different values" in err


def test_models_with_few_votes_are_set_apart(rank: Rank, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    rows = ["P,Q,a", "P,Q,b", "P,Q,a"] * 10 + ["R,P,a", "R,Q,b"]
    path.write_text("\n".join(["model_a,model_b,winner", *rows]))
    (board,) = boards(rank(path, "--min-votes", "5", "--json"))
    assert of(board, "rank") == {"P": 1, "Q": 1, "R": None}
    assert board["models"][-1]["preliminary"] is True
    assert "preliminary: 1 models have fewer than 5 votes" in board["notes"]


def test_what_votes_do_not_determine_has_no_number(rank: Rank, tmp_path: Path) -> None:
    path = tmp_path / "v.csv"
    rows = ["P,Q,a", "Q,P,a", "R,S,a", "S,R,a", "T,P,a"]
    path.write_text("\n".join(["model_a,model_b,winner", *rows]))
    (board,) = boards(rank(path, "--json"))
    assert of(board)["T"] is None
    assert of(board, "group")["P"] != of(board, "group")["R"]
    code, out, _ = rank(path)
    assert code == 0
    assert "group" in out
    assert "disconnected" in out
