from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from polyarena.rating import POINTS, BradleyTerry, Comparisons

votes_of_five = st.lists(
    st.tuples(st.integers(0, 4), st.integers(1, 4), st.integers(0, 3)), min_size=20, max_size=80
)


def comparisons(drawn: list[tuple[int, int, int]]) -> Comparisons:
    first, step, outcome = np.array(drawn).T
    return Comparisons(tuple("abcde"), first, (first + step) % 5, outcome)


@settings(max_examples=60, deadline=None)
@given(votes_of_five, st.permutations(range(5)))
def test_relabelling_the_models_relabels_the_ratings(
    drawn: list[tuple[int, int, int]], order: list[int]
) -> None:
    votes = comparisons(drawn)
    table = np.array(order)
    moved = Comparisons(votes.names, table[votes.first], table[votes.second], votes.outcome)
    one, other = BradleyTerry().fit(votes), BradleyTerry().fit(moved)
    assert other.rating[table] == pytest.approx(one.rating, abs=1e-6, nan_ok=True)
    assert other.upper[table] == pytest.approx(one.upper, abs=1e-5, nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(votes_of_five)
def test_turning_every_vote_mirrors_the_ratings(drawn: list[tuple[int, int, int]]) -> None:
    votes = comparisons(drawn)
    turned = np.array([1, 0, 2, 3])[votes.outcome]
    swapped = Comparisons(votes.names, votes.second, votes.first, turned)
    lost = Comparisons(votes.names, votes.first, votes.second, turned)
    ratings = BradleyTerry().fit(votes)
    assert BradleyTerry().fit(swapped).rating == pytest.approx(
        ratings.rating, abs=1e-6, nan_ok=True
    )
    mirrored = BradleyTerry().fit(lost)
    assert np.isnan(mirrored.rating).tolist() == np.isnan(ratings.rating).tolist()
    assume(not ratings.component.any())
    assert mirrored.rating == pytest.approx(2000 - ratings.rating, abs=1e-6, nan_ok=True)


@settings(max_examples=60, deadline=None)
@given(votes_of_five, st.integers(2, 50))
def test_more_of_the_same_moves_nothing_and_narrows_intervals(
    drawn: list[tuple[int, int, int]], times: int
) -> None:
    once, often = (
        BradleyTerry().fit(comparisons(drawn)),
        BradleyTerry().fit(comparisons(drawn * times)),
    )
    assert often.rating == pytest.approx(once.rating, abs=1e-6, nan_ok=True)
    assert (often.upper - often.rating) * math.sqrt(times) == pytest.approx(
        once.upper - once.rating, abs=1e-4, nan_ok=True
    )


@settings(max_examples=60, deadline=None)
@given(votes_of_five)
def test_expected_wins_are_the_wins(drawn: list[tuple[int, int, int]]) -> None:
    votes = comparisons(drawn)
    ratings = BradleyTerry().fit(votes)
    assume(not ratings.component.any())
    theta = ratings.rating / POINTS
    chance = 1 / (1 + np.exp(theta[votes.second] - theta[votes.first]))
    won = np.array([1, 0, 0.5, 0.5])[votes.outcome]
    for side, sign in ((votes.first, 1), (votes.second, -1)):
        assert np.isfinite(ratings.rating[side]).all()
        expected = np.bincount(votes.first, chance, 5) + np.bincount(votes.second, 1 - chance, 5)
        observed = np.bincount(votes.first, won, 5) + np.bincount(votes.second, 1 - won, 5)
        assert sign * expected == pytest.approx(sign * observed, abs=1e-6)
