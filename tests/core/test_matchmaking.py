"""Drawing pairs: every probability is positive, known and true."""

from __future__ import annotations

import math
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, chisquare

from polyarena import Model
from polyarena.errors import NotEnoughModels
from polyarena.matchmaking import FLOOR, draw, pair_probabilities

weights = st.one_of(
    st.just(0.0),
    st.sampled_from([5e-324, 1e-300, 1.0, 1e300, 1.7e308]),
    st.floats(0, 1e308, allow_nan=False),
)
rosters = st.lists(weights, max_size=8)
numbers = st.one_of(st.integers(0, 50), st.sampled_from([10**9, 10**18, 10**300]))


def roster(*given: float) -> list[Model]:
    return [
        Model(name=f"model-{index}", provider="demo", weight=weight)
        for index, weight in enumerate(given)
    ]


def pair(models: list[Model], i: int, j: int) -> frozenset[str]:
    return frozenset((models[i].entry, models[j].entry))


@given(st.data(), rosters)
@settings(max_examples=200, deadline=None)
def test_probabilities_are_positive_and_sum_to_one(data: st.DataObject, given: list[float]) -> None:
    models = roster(*given)
    counts = {
        pair(models, i, j): data.draw(numbers)
        for j in range(len(models))
        for i in range(j)
        if data.draw(st.booleans())
    }
    found = pair_probabilities(models, "text", counts)
    positive = [index for index, weight in enumerate(given) if weight > 0]
    assert set(found) == {(i, j) for j in positive for i in positive if i < j}
    assert all(0 < probability <= 1 for probability in found.values())
    assert all(math.isfinite(1 / probability) for probability in found.values())
    if found:
        assert math.isclose(math.fsum(found.values()), 1, abs_tol=1e-12)


@given(st.data(), st.lists(st.floats(0.01, 100), min_size=2, max_size=6), st.integers())
@settings(max_examples=100, deadline=None)
def test_the_propensity_is_that_of_the_table(
    data: st.DataObject, given: list[float], seed: int
) -> None:
    models = roster(*given)
    counts = {pair(models, 0, 1): data.draw(st.integers(0, 1000))}
    found = pair_probabilities(models, "text", counts)
    drawn = draw(models, "text", counts, random.Random(seed))
    i, j = sorted((models.index(drawn.left), models.index(drawn.right)))
    assert drawn.propensity == found[i, j]
    assert i != j


@given(st.floats(1e-3, 1e3), st.integers(0, 10_000))
@settings(deadline=None)
def test_the_odds_of_two_pairs_are_as_documented(weight: float, votes: int) -> None:
    models = roster(1.0, 1.0, weight)
    found = pair_probabilities(models, "text", {pair(models, 0, 2): votes})
    boost = max(FLOOR, 1 / math.sqrt(1 + votes))
    assert math.isclose(found[0, 1] / found[1, 2], 1 / weight, rel_tol=1e-9)
    assert math.isclose(found[0, 2] / found[1, 2], boost, rel_tol=1e-9)


def test_pairs_are_drawn_as_often_as_their_propensity_says() -> None:
    models = roster(1.0, 2.0, 0.5, 1.0)
    counts = {pair(models, 0, 1): 30, pair(models, 2, 3): 4}
    found = pair_probabilities(models, "text", counts)
    rng, times = random.Random(20_261), 6000
    drawn = [draw(models, "text", counts, rng) for _ in range(times)]
    seen = Counter(
        tuple(sorted((models.index(one.left), models.index(one.right)))) for one in drawn
    )
    expected = [probability * times for probability in found.values()]
    assert chisquare([seen[key] for key in found], expected).pvalue > 0.001
    lefts = sum(models.index(one.left) < models.index(one.right) for one in drawn)
    assert binomtest(lefts, times, 0.5).pvalue > 0.001


def test_a_weight_for_an_arena_counts_there_only() -> None:
    here = Model(name="here", provider="demo", arenas={"text": 3.0})
    models = [here, *roster(1.0, 1.0)]
    assert pair_probabilities(models, "text", {})[0, 1] == pytest.approx(3 / 7)
    assert set(pair_probabilities(models, "code", {})) == {(1, 2)}


@pytest.mark.parametrize(
    ("given", "words"),
    [((), "No model"), ((0.0, 0.0), "No model"), ((1.0,), "Only one"), ((0.0, 2.0), "Only one")],
)
def test_fewer_than_two_models_is_said_with_the_way_out(
    given: tuple[float, ...], words: str
) -> None:
    models = roster(*given)
    assert pair_probabilities(models, "text", {}) == {}
    with pytest.raises(NotEnoughModels, match=f"{words}.*text arena.*polyarena models add"):
        draw(models, "text", {}, random.Random(1))
