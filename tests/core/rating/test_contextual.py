from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import minimize

from polyarena.rating import (
    POINTS,
    BradleyTerry,
    Comparisons,
    Contextual,
    ConvergenceError,
    PairCounts,
    RatingError,
    RatingSystem,
    Scale,
    relative_difference,
)

from .conftest import Simulate


def draw(
    theta: NDArray[np.float64],
    votes: int,
    seed: int,
    effects: dict[str, float],
    position: float = 0.0,
) -> Comparisons:
    """Votes with normal features of planted effects, correlated with the models' strengths."""
    rng = np.random.default_rng(seed)
    first = rng.integers(len(theta), size=votes)
    second = (first + rng.integers(1, len(theta), size=votes)) % len(theta)
    features = {
        name: rng.normal(size=votes) + 0.3 * (theta[first] - theta[second]) for name in effects
    }
    odds = theta[first] - theta[second] + position
    for name, effect in effects.items():
        features[name] /= math.sqrt(np.mean(features[name] ** 2))
        odds = odds + effect * features[name]
    outcome = (rng.random(votes) > 1 / (1 + np.exp(-odds))).astype(np.int8)
    names = tuple(f"m{i:03}" for i in range(len(theta)))
    votes_drawn = Comparisons(names, first, second, outcome)
    return votes_drawn.described(features) if features else votes_drawn


def test_it_is_a_rating_system() -> None:
    assert isinstance(Contextual(), RatingSystem)


def test_without_features_it_is_bradley_terry(simulate: Simulate) -> None:
    votes = simulate(np.linspace(-1, 1, 7), 3000, seed=1, ties=0.2)
    plain, ours = BradleyTerry().fit(votes), Contextual().fit(votes)
    assert ours.rating == pytest.approx(plain.rating, abs=1e-6)
    assert ours.upper == pytest.approx(plain.upper, abs=1e-6)
    assert ours.coefficients == ()


def test_a_planted_effect_comes_back() -> None:
    votes = draw(np.linspace(-1, 1, 30), 200_000, 2, {"length": 0.22, "headers": 0.05})
    ratings = Contextual().fit(votes)
    length, headers = ratings.coefficients
    assert length.value == pytest.approx(0.22, rel=0.05)
    assert headers.lower < 0.05 < headers.upper
    assert (ratings.rating - 1000) / POINTS == pytest.approx(np.linspace(-1, 1, 30), abs=0.08)
    assert any(
        note == "ridge: 0.0001 a vote on each coefficient of style" for note in ratings.notes
    )


def test_style_moves_ratings_by_what_it_explains() -> None:
    theta = np.linspace(-1, 1, 10)
    votes = draw(theta, 60_000, 3, {"length": 0.6})
    controlled, plain = Contextual().fit(votes), BradleyTerry().fit(votes)
    truth = 1000 + POINTS * theta
    assert np.abs(controlled.rating - truth).max() < np.abs(plain.rating - truth).max() / 3


def test_the_ridge_is_per_vote() -> None:
    theta = np.zeros(4)
    few, many = (draw(theta, n, 4, {"length": 0.5}) for n in (2_000, 64_000))
    for votes in (few, many):
        free = Contextual(ridge=0.0).fit(votes).coefficients[0].value
        held = Contextual(ridge=0.05).fit(votes).coefficients[0].value
        # The information of a vote is about 0.23 here.
        assert held / free == pytest.approx(0.23 / (0.23 + 0.05), abs=0.02)


def test_position_comes_back_from_votes_and_from_counts() -> None:
    votes = draw(np.linspace(-1, 1, 6), 40_000, 5, {}, position=0.3)
    system = Contextual(position=True)
    single, counted = system.fit(votes), system.fit(PairCounts.of(votes))
    assert single.rating == pytest.approx(counted.rating)
    (position,) = counted.coefficients
    assert position.name == "position"
    assert position.lower < 0.3 < position.upper
    assert position.upper - position.lower < 0.1


def test_it_is_the_maximum_of_the_likelihood() -> None:
    votes = draw(np.linspace(-0.5, 0.5, 4), 500, 6, {"length": 0.4}, position=0.2)
    assert votes.features is not None
    length = votes.features[:, 0] / math.sqrt(np.mean(votes.features**2))

    def loss(x: NDArray[np.float64]) -> float:
        theta = np.append(x[:3], -x[:3].sum())
        odds = theta[votes.first] - theta[votes.second] + x[3] * length + x[4]
        return float(
            np.logaddexp(0, np.where(votes.outcome == 0, -odds, odds)).sum() + 0.25 * x[3] ** 2
        )

    best = minimize(loss, np.zeros(5), method="BFGS", options={"gtol": 1e-8}).x
    ratings = Contextual(position=True, ridge=1e-3).fit(votes)
    assert (ratings.rating[:3] - 1000) / POINTS == pytest.approx(best[:3], abs=1e-5)
    assert [c.value for c in ratings.coefficients] == pytest.approx(best[3:], abs=1e-5)


def test_turning_the_sides_turns_the_position_only() -> None:
    votes = draw(np.linspace(-0.5, 0.5, 4), 800, 7, {"length": 0.4}, position=0.2)
    assert votes.features is not None
    turned = Comparisons(
        votes.names,
        votes.second,
        votes.first,
        1 - votes.outcome,
        features=-votes.features,
        feature_names=votes.feature_names,
    )
    one, other = (Contextual(position=True).fit(v) for v in (votes, turned))
    assert other.rating == pytest.approx(one.rating)
    assert other.coefficients[0].value == pytest.approx(one.coefficients[0].value)
    assert other.coefficients[1].value == pytest.approx(-one.coefficients[1].value)


def test_many_votes_start_from_a_part_and_end_at_the_same_place() -> None:
    votes = draw(np.linspace(-1, 1, 40), 250_000, 8, {"length": 0.3})
    doubled = Contextual().fit(votes)
    half = Contextual().fit(votes.take(np.arange(0, 250_000, 2)))
    other = Contextual().fit(votes.take(np.arange(1, 250_000, 2)))
    middle = (half.coefficients[0].value + other.coefficients[0].value) / 2
    assert doubled.coefficients[0].value == pytest.approx(middle, abs=2e-3)
    assert doubled.rating == pytest.approx((half.rating + other.rating) / 2, abs=1)


def test_intervals_cover_the_truth() -> None:
    theta = np.linspace(-0.8, 0.8, 6)
    inside = []
    for seed in range(250):
        ratings = Contextual(position=True).fit(draw(theta, 1000, seed, {"x": 0.3}, position=-0.2))
        target = 1000 + POINTS * theta
        inside += list((ratings.lower <= target) & (target <= ratings.upper))
        for coefficient, value in zip(ratings.coefficients, (0.3, -0.2), strict=True):
            inside.append(coefficient.lower <= value <= coefficient.upper)
    assert 0.93 <= np.mean(inside) <= 0.97


def test_voters_who_repeat_themselves_widen_intervals() -> None:
    once = draw(np.linspace(-0.5, 0.5, 4), 300, 9, {"length": 0.4})
    copies = np.repeat(np.arange(300), 9)
    often = once.take(copies)
    voted = Comparisons(
        often.names,
        often.first,
        often.second,
        often.outcome,
        voter=copies,
        features=often.features,
        feature_names=often.feature_names,
    )
    plain, clustered = Contextual().fit(once), Contextual().fit(voted)
    width = (clustered.upper - clustered.lower) / (plain.upper - plain.lower)
    assert width == pytest.approx([math.sqrt(300 / 299)] * 4, rel=1e-6)
    effect, alone = clustered.coefficients[0], plain.coefficients[0]
    assert effect.upper - effect.value == pytest.approx(
        (alone.upper - alone.value) * math.sqrt(300 / 299), rel=1e-6
    )


def test_separated_models_and_other_groups_are_reported() -> None:
    core = draw(np.zeros(3), 400, 10, {"length": 0.4})
    assert core.features is not None
    size = 30
    names = (*core.names, "king", "x", "y", "idle")
    rng = np.random.default_rng(0)
    votes = Comparisons(
        names,
        np.concatenate([core.first, np.full(size, 3), np.full(size, 4)]),
        np.concatenate([core.second, np.full(size, 0), np.full(size, 5)]),
        np.concatenate([core.outcome, np.zeros(size, np.int8), rng.integers(2, size=size)]),
        features=np.concatenate([core.features, rng.normal(size=(2 * size, 1))]),
        feature_names=("length",),
    )
    ratings = Contextual().fit(votes)
    assert ratings.component.tolist() == [0, 0, 0, 2, 1, 1, 3]
    assert np.isnan(ratings.rating).tolist() == [False] * 3 + [True, False, False, True]
    assert ratings.rating[[4, 5]].mean() == pytest.approx(1000)
    assert np.isfinite(ratings.upper[[0, 1, 2, 4, 5]]).all()


def test_nothing_determined_is_nothing_rated() -> None:
    votes = Comparisons.from_names(["a", "b"], ["b", "c"], ["a", "a"])
    ratings = Contextual(position=True).fit(votes)
    assert np.isnan(ratings.rating).all()


def test_a_feature_that_never_differs_is_named() -> None:
    votes = draw(np.zeros(3), 400, 10, {})
    ratings = Contextual().fit(votes.described({"bold": np.zeros(400)}))
    assert np.isnan(ratings.coefficients[0].value)
    assert "no variation: bold never differs between sides" in ratings.notes


def test_relative_differences() -> None:
    a, b = np.array([3.0, 0.0, 5.0]), np.array([1.0, 0.0, 0.0])
    assert relative_difference(a, b).tolist() == [0.5, 0.0, 1.0]


def test_effects_that_no_vote_bounds_are_refused() -> None:
    rows = [("a", "b", "a", 9), ("b", "c", "a", 9), ("c", "a", "a", 9)]
    with pytest.raises(ConvergenceError, match="do not determine the effects of position"):
        Contextual(position=True).fit(PairCounts.from_counts(rows))


def test_refusals(simulate: Simulate) -> None:
    for options in ({"ridge": -1.0}, {"ridge": math.nan}, {"ties": "win"}):
        with pytest.raises(RatingError):
            Contextual(**options)
    with pytest.raises(RatingError, match="anchor"):
        Contextual(scale=Scale(anchor="q")).fit(simulate([0, 1], 50, seed=1))
    with pytest.raises(ValueError, match="a feature is not finite"):
        simulate([0, 1], 2, seed=1).described({"x": np.array([1, np.inf])})
    with pytest.raises(ValueError, match="features have shape"):
        Comparisons.from_names(["a"], ["b"], ["a"]).described({"x": np.zeros(2)})


def test_the_crowds_style_is_told_with_intervals(shared_data: Path) -> None:
    with (shared_data / "llmfao_crowd_style.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    votes = Comparisons.from_names(
        [row["model_a"] for row in rows],
        [row["model_b"] for row in rows],
        [{"model_a": "a", "model_b": "b"}.get(row["winner"], "tie") for row in rows],
        voter=[row["judge"] for row in rows],
    )
    styles = ("words", "headers", "lists", "bold")
    counts = {s: [np.array([float(r[f"{s}_{x}"]) for r in rows]) for x in "ab"] for s in styles}
    ratings = Contextual(position=True).fit(
        votes.described({s: relative_difference(*pair) for s, pair in counts.items()})
    )
    effects = {c.name: c for c in ratings.coefficients}
    assert list(effects) == [*styles, "position"]
    assert 0 < effects["words"].value < effects["words"].upper < 1
    assert np.isfinite(ratings.rating).all()
