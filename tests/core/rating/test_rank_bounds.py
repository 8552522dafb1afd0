from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from polyarena.rating import (
    BradleyTerry,
    PairCounts,
    RatingError,
    possible_leaders,
    simultaneous_ranks,
)
from polyarena.rating.rank_bounds import critical_difference

from .conftest import Simulate


def test_two_models_need_no_correction() -> None:
    covariance = np.array([[1.0, -1.0], [-1.0, 1.0]])
    assert critical_difference(covariance, 0.95, 20_000, 0) == pytest.approx(1.96, abs=0.04)


def test_independent_models_give_the_studentised_range() -> None:
    # The 95 % point of the range of 10 standard normals is 4.474 (Tukey's tables).
    found = critical_difference(np.eye(10), 0.95, 20_000, 0)
    assert found == pytest.approx(4.474 / np.sqrt(2), abs=0.03)


def test_clear_order_and_open_order() -> None:
    clear = PairCounts.from_counts([("a", "b", "a", 3000), ("b", "a", "a", 1000)])
    ratings = simultaneous_ranks(BradleyTerry().fit(clear))
    assert (ratings.rank_low.tolist(), ratings.rank_high.tolist()) == ([1, 2], [1, 2])
    assert possible_leaders(ratings) == ("a",)
    close = PairCounts.from_counts([("a", "b", "a", 52), ("b", "a", "a", 48)])
    ratings = simultaneous_ranks(BradleyTerry().fit(close))
    assert (ratings.rank_low.tolist(), ratings.rank_high.tolist()) == ([1, 1], [2, 2])
    assert possible_leaders(ratings) == ("a", "b")


def test_bounds_hold_for_all_models_at_once(simulate: Simulate) -> None:
    truth = np.array([0.0, 0.0, 0.0, 0.1, 0.1, 0.5, 0.5, 1.0])
    best = 1 + (truth[None, :] > truth[:, None]).sum(axis=1)
    worst = (truth[None, :] >= truth[:, None]).sum(axis=1)
    held = []
    for seed in range(200):
        ratings = BradleyTerry().fit(simulate(truth, 2500, seed=seed))
        ratings = simultaneous_ranks(ratings, draws=1000, seed=seed)
        held.append(bool(((ratings.rank_low <= best) & (worst <= ratings.rank_high)).all()))
    assert np.mean(held) >= 0.93


def test_models_without_rating_keep_no_rank_and_groups_are_apart() -> None:
    rows = [("a", "b", "a", 60), ("b", "a", "a", 40), ("x", "y", "a", 9), ("y", "x", "a", 9)]
    ratings = BradleyTerry().fit(PairCounts.from_counts([*rows, ("king", "a", "a", 5)]))
    bounded = simultaneous_ranks(ratings)
    king = bounded.names.index("king")
    assert bounded.rank_high[king] == 0
    assert bounded.rank_high.max() == 2


def test_a_covariance_is_needed() -> None:
    ratings = BradleyTerry().fit(PairCounts.from_counts([("a", "b", "tie", 4)]))
    with pytest.raises(RatingError, match="covariance"):
        simultaneous_ranks(replace(ratings, covariance=None))
