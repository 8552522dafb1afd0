from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from polyarena.rating import (
    Comparisons,
    Elo,
    EloTicker,
    Outcome,
    PairCounts,
    RatingError,
    RatingSystem,
)


def test_one_vote_by_hand() -> None:
    ticker = EloTicker(k=32)
    assert ticker.record("a", "b", Outcome.A_WINS) == {"a": 1016.0, "b": 984.0}
    moved = ticker.record("a", "b", Outcome.TIE)
    assert moved["a"] == pytest.approx(1016 + 32 * (0.5 - 1 / (1 + 10 ** (-32 / 400))))
    assert sum(ticker.ratings.values()) == pytest.approx(2000)


def test_it_is_a_rating_system_without_intervals() -> None:
    votes = Comparisons.from_names(
        ["a", "b"], ["b", "c"], ["a", "a"], names=["a", "b", "c", "idle"]
    )
    ratings = Elo().fit(votes)
    assert isinstance(Elo(), RatingSystem)
    assert np.isnan(ratings.lower).all()
    assert ratings.rank.tolist() == [1, 2, 3, 0]
    assert ratings.rank_low.tolist() == [1, 1, 1, 0]
    assert ratings.rank_high.tolist() == [3, 3, 3, 0]
    assert np.isnan(ratings.rating[3])
    assert ratings.notes == ("no intervals: Elo depends on the order of the votes",)


def test_the_order_of_votes_is_needed() -> None:
    with pytest.raises(RatingError, match="order"):
        Elo().fit(PairCounts.from_counts([("a", "b", "a", 1)]))
    with pytest.raises(RatingError, match="k is above 0"):
        Elo(k=0)


@pytest.mark.parametrize("dataset", ["food", "llmfao"])
def test_reference_results(
    dataset: str, shared_data: Path, crowd: Comparisons, food: Comparisons
) -> None:
    with (shared_data / f"evalica_{dataset}-golden.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["algorithm"] == "elo"]
    golden = {row["item"]: float(row["score"]) for row in rows}
    ratings = Elo(k=4).fit(food if dataset == "food" else crowd)
    assert ratings.rating == pytest.approx([golden[name] for name in ratings.names], abs=1e-8)
