from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyarena.rating import ActiveSampling, BradleyTerry, Comparisons, PairCounts, RatingError
from polyarena.rating.sampling import spread, variance_reduction

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
    own = np.diag(covariance)
    emphasis = (own / own.max()) ** 8
    gain = variance_reduction(strength, covariance)
    chance = 1 / (1 + np.exp(strength[1] - strength[0]))
    contrast = np.array([1.0, -1.0, 0.0])
    after = np.linalg.inv(information + chance * (1 - chance) * np.outer(contrast, contrast))
    assert gain[0, 1] == pytest.approx(emphasis @ (own - np.diag(after)))
    assert gain == pytest.approx(gain.T)


@settings(max_examples=80, deadline=None)
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
    table = spread(gain + gain.T, floor, np.array(weight))
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


def test_without_gain_the_pairs_are_even() -> None:
    assert spread(np.zeros((3, 3)), 0.2)[0].tolist() == pytest.approx([0, 1 / 3, 1 / 3])


def test_refusals() -> None:
    with pytest.raises(RatingError, match="floor"):
        ActiveSampling(floor=0)
    with pytest.raises(RatingError, match="prior_votes"):
        ActiveSampling(prior_votes=0)
    with pytest.raises(RatingError, match="no pair"):
        spread(np.ones((2, 2)), 0.5, np.array([1.0, 0.0]))
    with pytest.raises(RatingError, match="finite"):
        spread(np.ones((2, 2)), 0.5, np.array([1.0, np.nan]))


def votes_needed(active: bool, veterans: int, target: float, seed: int) -> int:
    """Votes until the widest interval is below `target` points, beside those of the veterans."""
    rng = np.random.default_rng(seed)
    models = 12
    theta = rng.normal(0, 0.8, size=models)
    pool = veterans if veterans else models
    first = rng.integers(pool, size=max(40, 250 * veterans))
    second = (first + rng.integers(1, pool, size=len(first))) % pool
    left, right = np.triu_indices(models, 1)
    names = tuple(f"m{i:02}" for i in range(models))
    chance = 1 / (1 + np.exp(theta[second] - theta[first]))
    outcome = (rng.random(len(first)) > chance).astype(np.int8)
    begun = len(first)
    while True:
        counts = PairCounts.of(Comparisons(names, first, second, outcome))
        ratings = BradleyTerry(prior_votes=0.5).fit(counts)
        if (ratings.upper - ratings.lower).max() < target:
            return len(first) - begun
        table = ActiveSampling().probabilities(counts)[left, right]
        odds = table / table.sum() if active else np.full(len(left), 1 / len(left))
        pairs = rng.choice(len(left), size=50, p=odds)
        first, second = np.append(first, left[pairs]), np.append(second, right[pairs])
        chance = 1 / (1 + np.exp(theta[right[pairs]] - theta[left[pairs]]))
        outcome = np.append(outcome, (rng.random(50) > chance).astype(np.int8))


@pytest.mark.parametrize("veterans", [0, 10])
def test_it_needs_at_least_a_quarter_fewer_votes_than_uniform(veterans: int) -> None:
    active = [votes_needed(True, veterans, 100, seed) for seed in range(6)]
    uniform = [votes_needed(False, veterans, 100, seed) for seed in range(6)]
    assert sum(active) <= 0.75 * sum(uniform)
