from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyarena.rating import ActiveSampling, PairCounts, RatingError
from polyarena.rating.sampling import evenly, spread, variance_reduction

OLD = [("a", "b", "a", 500), ("b", "a", "a", 500), ("b", "c", "a", 500), ("c", "b", "a", 500)]


def test_a_newcomer_is_drawn_far_more_often_and_nobody_never() -> None:
    counts = PairCounts.from_counts([*OLD, ("a", "new", "a", 2)])
    table = ActiveSampling(floor=0.1).probabilities(counts)
    assert table[:, 3].sum() > 0.9
    assert table[np.triu_indices(4, 1)].min() >= 0.1 / 6 - 1e-12


def test_models_without_any_votes_are_drawn() -> None:
    counts = PairCounts.from_counts(OLD, names=["a", "b", "c", "d"])
    assert ActiveSampling().probabilities(counts)[:, 3].sum() > 0.7


def test_the_reduction_is_that_of_a_rank_one_update() -> None:
    strength = np.array([0.3, -0.2, 0.5])
    information = np.array([[6.0, -2, -1], [-2, 5, -1], [-1, -1, 4]])
    covariance = np.linalg.inv(information)
    weight = np.array([0.5, 1.0, 0.8])
    wide = weight * np.diag(covariance)
    emphasis = (wide / wide.max()) ** 16
    gain = variance_reduction(strength, covariance, weight)
    chance = 1 / (1 + np.exp(strength[1] - strength[0]))
    contrast = np.array([1.0, -1.0, 0.0])
    after = np.linalg.inv(information + chance * (1 - chance) * np.outer(contrast, contrast))
    assert gain[0, 1] == pytest.approx(emphasis @ (wide - weight * np.diag(after)))
    assert gain == pytest.approx(gain.T)


def test_what_is_known_is_the_information_of_votes_and_prior() -> None:
    votes = [("a", "b", "a", 6), ("b", "a", "a", 6), ("a", "b", "tie", 4)]
    known = ActiveSampling(prior_votes=2.0).learn(PairCounts.from_counts(votes))
    assert known.strength == pytest.approx([0, 0], abs=1e-9)
    assert known.covariance == pytest.approx(np.linalg.inv([[4.5, -4], [-4, 4.5]]))
    wider = known.among(["new", "b"])
    assert wider.names == ("new", "b")
    assert wider.covariance.tolist() == [[2.0, 0.0], [0.0, pytest.approx(4.5 / 4.25)]]


def test_ties_alone_are_not_taken_for_certainty() -> None:
    votes = [*OLD, ("a", "c", "a", 500), ("c", "a", "a", 500), ("a", "new", "tie", 3)]
    table = ActiveSampling().probabilities(PairCounts.from_counts(votes))
    assert table[:, 3].sum() > 0.8


@settings(max_examples=100, deadline=None)
@given(
    st.integers(2, 6).flatmap(
        lambda m: st.tuples(
            st.lists(st.floats(0, 1e6), min_size=m * m, max_size=m * m),
            st.lists(st.sampled_from([0.1, 1.0, 7.0]), min_size=m, max_size=m),
        )
    ),
    st.floats(0.01, 1),
)
def test_probabilities_are_probabilities(
    drawn: tuple[list[float], list[float]], floor: float
) -> None:
    values, weight = drawn
    models = len(weight)
    gain = np.array(values).reshape(models, models)
    table = spread(gain + gain.T, floor, evenly(np.array(weight)))
    upper = table[np.triu_indices(models, 1)]
    even = np.outer(weight, weight)[np.triu_indices(models, 1)]
    assert upper.sum() == pytest.approx(1)
    assert (upper >= floor * even / even.sum() * (1 - 1e-9)).all()
    assert table == pytest.approx(table.T)
    assert not np.diag(table).any()


def test_weights_and_permissions_hold() -> None:
    counts = PairCounts.from_counts(OLD)
    allowed = ~np.eye(3, dtype=np.bool_)
    allowed[0, 1] = allowed[1, 0] = False
    table = ActiveSampling().probabilities(counts, allowed=allowed)
    assert table[0, 1] == 0
    table = ActiveSampling().probabilities(counts, weight=np.array([1.0, 1.0, 0.0]))
    assert table[0, 1] == pytest.approx(1)
    allowed[2] = allowed[:, 2] = False
    with pytest.raises(RatingError, match="no pair"):
        ActiveSampling().probabilities(counts, allowed=allowed)


def test_a_model_that_may_not_be_drawn_does_not_decide() -> None:
    counts = PairCounts.from_counts([*OLD, ("a", "new", "a", 1)])
    allowed = np.ones((4, 4), dtype=np.bool_)
    allowed[3] = allowed[:, 3] = False
    table = ActiveSampling().probabilities(counts, allowed=allowed)
    assert not table[3].any()
    assert table[0, 2] > max(table[0, 1], table[1, 2])


def test_without_gain_the_pairs_are_even() -> None:
    even = evenly(np.ones(3))
    assert spread(np.zeros((3, 3)), 0.2, even)[0].tolist() == pytest.approx([0, 1 / 3, 1 / 3])
    counts = PairCounts.from_counts([*OLD, ("a", "new", "a", 1)])
    assert ActiveSampling(floor=1).probabilities(counts)[0].tolist() == pytest.approx(
        [0, 1 / 6, 1 / 6, 1 / 6]
    )


def test_refusals() -> None:
    with pytest.raises(RatingError, match="floor"):
        ActiveSampling(floor=0)
    with pytest.raises(RatingError, match="prior_votes"):
        ActiveSampling(prior_votes=0)
    with pytest.raises(RatingError, match="no pair"):
        evenly(np.array([1.0, 0.0]))
    with pytest.raises(RatingError, match="finite"):
        evenly(np.array([1.0, np.nan]))
