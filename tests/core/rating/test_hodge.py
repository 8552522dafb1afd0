from __future__ import annotations

import numpy as np
import pytest

from polyarena.rating import (
    Comparisons,
    PairCounts,
    RatingError,
    cycles,
    cyclic_share,
)

from .conftest import Simulate

ROCK = [("rock", "scissors"), ("scissors", "paper"), ("paper", "rock")]


def test_a_pure_cycle_is_all_cyclic() -> None:
    rows = [row for x, y in ROCK for row in ((x, y, "a", 80), (x, y, "b", 20))]
    found = cyclic_share(PairCounts.from_counts(rows))
    assert found.raw == pytest.approx(1)
    assert found.p_value == pytest.approx(1 / 200)
    assert found.excess > 0.3


def test_noise_is_not_taken_for_cycles(simulate: Simulate) -> None:
    truth = np.linspace(-0.3, 0.3, 10)
    found = [cyclic_share(simulate(truth, 900, seed=s, ties=0.3), 99, s) for s in range(40)]
    assert np.mean([share.raw for share in found]) > 0.4
    assert abs(np.mean([share.excess for share in found])) < 0.06
    # Under the null a p-value is uniform.
    p_values = np.array([share.p_value for share in found])
    assert (p_values <= 0.05).mean() <= 0.125
    assert 0.4 < p_values.mean() < 0.6


def test_planted_cycles_are_found_among_noise() -> None:
    rng = np.random.default_rng(4)
    first = rng.integers(9, size=9000)
    second = (first + rng.integers(1, 9, size=9000)) % 9
    odds = 0.1 * (first - second) + 0.6 * np.array([0, 1, -1])[(first - second) % 3]
    outcome = (rng.random(9000) > 1 / (1 + np.exp(-odds))).astype(np.int8)
    votes = Comparisons(tuple("abcdefghi"), first, second, outcome)
    share = cyclic_share(votes, 99)
    assert share.p_value <= 0.01
    assert share.excess > 0.2
    assert cycles(votes)


def test_cycles_are_listed_with_their_margin() -> None:
    rows = [row for x, y in ROCK for row in ((x, y, "a", 80), (x, y, "b", 20), (y, x, "tie", 9))]
    rows += [(x, "king", "b", 60) for x, _ in ROCK]
    (cycle,) = cycles(PairCounts.from_counts(rows))
    order = cycle.models
    assert sorted(order) == ["paper", "rock", "scissors"]
    assert {(order[i], order[(i + 1) % 3]) for i in range(3)} == set(ROCK)
    assert cycle.margin == pytest.approx(60 / 10)


def test_chance_makes_no_cycle_at_the_level() -> None:
    rows = [row for x, y in ROCK for row in ((x, y, "a", 3), (x, y, "b", 2))]
    counts = PairCounts.from_counts(rows)
    assert cycles(counts) == ()
    assert len(cycles(counts, level=0.5)) == 1


def test_refusals() -> None:
    two = PairCounts.from_counts([("a", "b", "a", 3), ("a", "b", "b", 3)])
    with pytest.raises(RatingError, match="three models"):
        cyclic_share(two)
    with pytest.raises(RatingError, match="at least one draw"):
        cyclic_share(two, draws=0)
