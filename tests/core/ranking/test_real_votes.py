"""Votes of people and of judges."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest

from polyarena.rating import POINTS

from .conftest import Rank, boards, of

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"


@pytest.fixture
def shared_data() -> Path:
    """The folder of real votes and golden results."""
    if not DATA.is_dir():
        pytest.skip(f"the reference votes are not on this machine: {DATA} is not a directory")
    return DATA


def test_the_crowds_ratings_are_the_golden_ones(rank: Rank, shared_data: Path) -> None:
    for dataset, file in (("llmfao", "llmfao_crowd.csv"), ("food", "evalica_food.csv")):
        with (shared_data / f"evalica_{dataset}-golden.csv").open(newline="") as golden:
            rows = [row for row in csv.DictReader(golden) if row["algorithm"] == "bradley_terry"]
        scores = {row["item"]: math.log(float(row["score"])) * POINTS for row in rows}
        mean = sum(scores.values()) / len(scores)
        (board,) = boards(rank(shared_data / file, "--json"))
        expected = {name: 1000 + score - mean for name, score in scores.items()}
        assert of(board) == pytest.approx(expected, abs=1e-8)


def test_style_of_the_crowd_and_of_judges(rank: Rank, shared_data: Path) -> None:
    for name, count in (("crowd", 8931), ("gpt3", 3236), ("gpt4", 3236)):
        (board,) = boards(rank(shared_data / f"llmfao_{name}_style.csv", "--style", "--json"))
        assert board["votes"] == count
        assert [one["name"] for one in board["effects"]] == ["words", "headers", "lists", "bold"]
        assert all(one["lower"] < one["value"] < one["upper"] for one in board["effects"])
    (plain,) = boards(rank(shared_data / "llmfao_crowd.csv", "--json"))
    (same,) = boards(rank(shared_data / "llmfao_crowd_style.csv", "--json"))
    assert of(plain) == of(same)
