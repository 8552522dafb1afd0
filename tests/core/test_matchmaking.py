"""Drawing pairs: every probability is positive, known and true, and votes are not wasted."""

from __future__ import annotations

import itertools
import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest, chisquare

from polyarena import Model
from polyarena.errors import NotEnoughModels
from polyarena.matchmaking import Odds, learn, odds
from polyarena.rating import BradleyTerry, PairCounts
from polyarena.rating.arrays import Ints
from polyarena.rating.sampling import Knowledge
from polyarena.settings import Matchmaking

ACTIVE = Matchmaking()
UNIFORM = Matchmaking(rule="uniform")
LABELS = ("a", "b", "tie", "both_bad")
Votes = Sequence[tuple[int, int, str, int]]

weights = st.one_of(
    st.just(0.0),
    st.sampled_from([5e-324, 1e-300, 1.0, 1e300, 1.7e308]),
    st.floats(0, 1e308, allow_nan=False),
)
rosters = st.lists(weights, max_size=8)
numbers = st.one_of(st.integers(0, 50), st.sampled_from([10**3, 10**4]))
rules = st.builds(
    Matchmaking, rule=st.sampled_from(["active", "uniform"]), floor=st.floats(0.01, 1)
)


def roster(*given: float) -> list[Model]:
    return [
        Model(name=f"model-{index}", provider="demo", weight=weight)
        for index, weight in enumerate(given)
    ]


def known(models: Sequence[Model], votes: Votes, rule: Matchmaking = ACTIVE) -> Knowledge:
    """What votes (place on side a, on side b, choice, how many) say."""
    rows = [(models[a].entry, models[b].entry, choice, n) for a, b, choice, n in votes if n]
    return learn(rule, PairCounts.from_counts(rows) if rows else None)


def chances(found: Odds) -> Mapping[tuple[int, int], float]:
    return dict(zip(found.pairs, found.chances, strict=True))


@st.composite
def cast(draw: st.DrawFn, models: int) -> Votes:
    """Votes on some pairs, so that some models have none and groups may never have met."""
    pairs = [
        (i, j) for i, j in itertools.permutations(range(models), 2) if draw(st.integers(0, 3)) == 0
    ]
    return [(i, j, draw(st.sampled_from(LABELS)), draw(numbers)) for i, j in pairs]


@given(st.data(), rosters, rules)
@settings(max_examples=200, deadline=None)
def test_probabilities_are_positive_and_sum_to_one(
    data: st.DataObject, given: list[float], rule: Matchmaking
) -> None:
    models = roster(*given)
    votes = data.draw(cast(len(models)))
    positive = [index for index, weight in enumerate(given) if weight > 0]
    if len(positive) < 2:
        with pytest.raises(NotEnoughModels):
            odds(models, "text", rule, known(models, votes))
        return
    found = chances(odds(models, "text", rule, known(models, votes)))
    even = chances(odds(models, "text", UNIFORM))
    assert set(found) == set(itertools.combinations(positive, 2))
    assert all(0 < chance <= 1 and math.isfinite(1 / chance) for chance in found.values())
    assert all(found[pair] >= rule.floor * even[pair] * (1 - 1e-9) for pair in found)
    assert math.isclose(math.fsum(found.values()), 1, abs_tol=1e-12)


@given(st.data(), st.lists(st.floats(0.01, 100), min_size=2, max_size=6), rules)
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_roster_and_the_sides_of_votes_do_not_matter(
    data: st.DataObject, given: list[float], rule: Matchmaking
) -> None:
    models = roster(*given)
    votes = data.draw(cast(len(models)))
    swapped = {"a": "b", "b": "a"}
    turned = [(b, a, swapped.get(choice, choice), n) for a, b, choice, n in votes]
    found = odds(models, "text", rule, known(models, votes))
    again = chances(odds(models[::-1], "text", rule, known(models, turned)))
    last = len(models) - 1
    for (i, j), chance in chances(found).items():
        assert math.isclose(again[last - j, last - i], chance, rel_tol=1e-6)


@given(st.lists(st.floats(0.01, 100), min_size=2, max_size=6), st.integers(), rules)
@settings(max_examples=100, deadline=None)
def test_the_propensity_is_that_of_the_odds_drawn_from(
    given: list[float], seed: int, rule: Matchmaking
) -> None:
    models = roster(*given)
    found = odds(models, "text", rule, known(models, [(0, 1, "a", 7)]))
    drawn = found.draw(random.Random(seed))
    i, j = sorted((models.index(drawn.left), models.index(drawn.right)))
    assert i != j
    assert drawn.propensity == chances(found)[i, j]


@pytest.mark.parametrize("rule", [ACTIVE, UNIFORM])
def test_pairs_are_drawn_as_often_as_their_propensity_says(rule: Matchmaking) -> None:
    models = roster(1.0, 2.0, 0.5, 1.0)
    votes = [(0, 1, "a", 20), (1, 0, "a", 12), (2, 3, "tie", 4), (1, 2, "b", 3)]
    found = odds(models, "text", rule, known(models, votes))
    rng, times = random.Random(20_261), 6000
    drawn = [found.draw(rng) for _ in range(times)]
    seen = Counter(
        tuple(sorted((models.index(one.left), models.index(one.right)))) for one in drawn
    )
    expected = [chance * times for chance in found.chances]
    assert chisquare([seen[pair] for pair in found.pairs], expected).pvalue > 0.001
    for pair in found.pairs:
        first = sum((models.index(one.left), models.index(one.right)) == pair for one in drawn)
        assert binomtest(first, seen[pair], 0.5).pvalue > 0.001


def test_without_votes_or_with_as_many_of_each_the_pairs_are_even() -> None:
    models = roster(1.0, 1.0, 1.0)
    ties = [(i, j, "tie", 9) for i, j in itertools.combinations(range(3), 2)]
    for found in (odds(models, "text", ACTIVE), odds(models, "text", ACTIVE, known(models, ties))):
        assert found.chances == pytest.approx([1 / 3, 1 / 3, 1 / 3])
    assert odds(models[:2], "text", ACTIVE).chances == [1.0]


def test_a_newcomer_is_drawn_far_more_often_and_nobody_never() -> None:
    models = roster(1.0, 1.0, 1.0, 1.0)
    votes = [(i, j, choice, 300) for i in range(3) for j in range(3) if i != j for choice in "ab"]
    found = chances(odds(models, "text", ACTIVE, known(models, votes)))
    assert sum(chance for pair, chance in found.items() if 3 in pair) > 0.85
    assert min(found.values()) >= 0.2 / 6 * (1 - 1e-9)
    assert chances(odds(models, "text", UNIFORM, known(models, votes)))[0, 1] == 1 / 6


def test_groups_that_never_met_are_brought_together() -> None:
    models = roster(1.0, 1.0, 1.0, 1.0)
    votes = [(0, 1, "a", 60), (1, 0, "a", 60), (2, 3, "a", 60), (3, 2, "a", 60)]
    found = chances(odds(models, "text", ACTIVE, known(models, votes)))
    assert found[0, 1] + found[2, 3] < 0.1


def test_former_entries_and_withdrawn_models_do_not_decide() -> None:
    models = roster(1.0, 1.0, 1.0, 0.0)
    votes = [(0, 1, "a", 9), (1, 2, "a", 9), (2, 0, "a", 9), (3, 0, "b", 1)]
    assert odds(models, "text", ACTIVE, known(models, votes)).chances == pytest.approx(
        odds(models[:3], "text", ACTIVE, known(models, votes)).chances
    )


@given(st.floats(1e-3, 1e3))
@settings(deadline=None)
def test_the_odds_of_two_pairs_of_the_uniform_rule_are_those_of_their_weights(
    weight: float,
) -> None:
    found = chances(odds(roster(1.0, 1.0, weight), "text", UNIFORM))
    assert math.isclose(found[0, 1] / found[1, 2], 1 / weight, rel_tol=1e-9)
    assert math.isclose(found[0, 2] / found[1, 2], 1, rel_tol=1e-9)


@pytest.mark.parametrize("weight", [2.0, 0.5])
def test_in_the_long_run_a_model_is_drawn_as_often_as_its_weight_says(weight: float) -> None:
    arena = Simulated([0.3, *np.linspace(-0.6, 0.6, 9)], roster(weight, *[1.0] * 9), seed=4)
    for _ in range(80):
        arena.votes_on(arena.odds(ACTIVE), 50)
    drawn = arena.drawn
    assert drawn[0] / np.median(drawn[1:]) == pytest.approx(weight, rel=0.15)


def test_a_weight_for_an_arena_counts_there_only() -> None:
    here = Model(name="here", provider="demo", arenas={"text": 3.0})
    models = [here, *roster(1.0, 1.0)]
    assert chances(odds(models, "text", UNIFORM))[0, 1] == pytest.approx(3 / 7)
    assert set(odds(models, "code", ACTIVE).pairs) == {(1, 2)}


@pytest.mark.parametrize(
    ("given", "words"),
    [((), "No model"), ((0.0, 0.0), "No model"), ((1.0,), "Only one"), ((0.0, 2.0), "Only one")],
)
def test_fewer_than_two_models_is_said_with_the_way_out(
    given: tuple[float, ...], words: str
) -> None:
    with pytest.raises(NotEnoughModels, match=f"{words}.*text arena.*polyarena models add"):
        odds(roster(*given), "text", ACTIVE)


class Simulated:
    """An arena whose voters go by known strengths, in log-odds."""

    def __init__(self, strengths: Sequence[float], models: list[Model], seed: int) -> None:
        self.models = models
        self._strengths = strengths
        self._place = {model.entry: place for place, model in enumerate(models)}
        self._rng = random.Random(seed)
        self._votes: Counter[tuple[str, str, str]] = Counter()

    @property
    def counts(self) -> PairCounts:
        rows = [(*vote, times) for vote, times in self._votes.items()]
        return PairCounts.from_counts(rows, names=list(self._place))

    @property
    def drawn(self) -> Ints:
        return self.counts.model_votes()

    @property
    def widest(self) -> float:
        """The widest interval, in points."""
        ratings = BradleyTerry(prior_votes=0.5).fit(self.counts)
        return float((ratings.upper - ratings.lower).max())

    def odds(self, rule: Matchmaking, models: Sequence[Model] = ()) -> Odds:
        counts = self.counts if self._votes else None
        return odds(models or self.models, "text", rule, learn(rule, counts))

    def votes_on(self, found: Odds, times: int) -> None:
        for _ in range(times):
            drawn = found.draw(self._rng)
            left, right = drawn.left.entry, drawn.right.entry
            ahead = self._strengths[self._place[left]] - self._strengths[self._place[right]]
            choice = "a" if self._rng.random() < 1 / (1 + math.exp(-ahead)) else "b"
            self._votes[left, right, choice] += 1


def votes_needed(rule: Matchmaking, veterans: int, target: float, seed: int) -> int:
    """Votes until the widest interval is below `target` points, beside those of the veterans."""
    strengths = np.random.default_rng(seed).normal(0, 0.8, size=12).tolist()
    arena = Simulated(strengths, roster(*[1.0] * 12), seed)
    if veterans:
        arena.votes_on(arena.odds(UNIFORM, arena.models[:veterans]), 250 * veterans)
    needed = 0
    while needed == 0 or arena.widest >= target:
        arena.votes_on(arena.odds(rule), 50)
        needed += 50
    return needed


@pytest.mark.parametrize("veterans", [0, 10])
def test_it_needs_at_least_a_quarter_fewer_votes_than_uniform(veterans: int) -> None:
    active, uniform = (
        sum(votes_needed(rule, veterans, 100, seed) for seed in range(6))
        for rule in (ACTIVE, UNIFORM)
    )
    assert active <= 0.75 * uniform
