from __future__ import annotations

import numpy as np
import pytest

from polyarena.rating import (
    BradleyTerry,
    ComparisonError,
    Comparisons,
    PairCounts,
    RatingError,
    effective_votes,
    inverse_propensity,
    pair_balanced,
    post_stratified,
)


def test_rare_pairs_weigh_more() -> None:
    votes = Comparisons.from_names(["a", "a", "b"], ["b", "b", "c"], ["a", "b", "a"])
    weighted = inverse_propensity(votes, np.array([0.4, 0.4, 0.2]))
    assert weighted.weights.tolist() == pytest.approx([0.75, 0.75, 1.5])
    assert effective_votes(weighted) == pytest.approx(9 / (0.75**2 * 2 + 1.5**2))
    capped = inverse_propensity(votes, np.array([0.4, 0.4, 0.001]), largest=2.0)
    assert capped.weights[2] < weighted.weights[2] * 2
    assert capped.weights.mean() == pytest.approx(1)


def test_uneven_drawing_is_undone_where_no_strengths_fit() -> None:
    """With a cycle in the truth, ratings depend on which pairs are drawn; weights take that out."""
    rng = np.random.default_rng(1)
    pairs = np.array([(0, 1), (1, 2), (2, 0), (0, 3), (1, 3), (2, 3)])
    wins = np.array([0.8, 0.8, 0.7, 0.6, 0.6, 0.4])
    drawn = np.array([0.4, 0.1, 0.1, 0.1, 0.2, 0.1])
    names = tuple("abcd")
    even = [(names[i], names[j], o, round(1e6 * w)) for (i, j), p in zip(pairs, wins, strict=True)
            for o, w in (("a", p), ("b", 1 - p))]  # fmt: skip
    target = BradleyTerry().fit(PairCounts.from_counts(even)).rating
    row = rng.choice(6, size=120_000, p=drawn)
    outcome = (rng.random(len(row)) > wins[row]).astype(np.int8)
    votes = Comparisons(names, pairs[row, 0], pairs[row, 1], outcome)
    naive = BradleyTerry().fit(votes).rating
    weighted = BradleyTerry().fit(inverse_propensity(votes, drawn[row])).rating
    assert np.abs(weighted - target).max() < 5
    assert np.abs(naive - target).max() > 15


def test_pairs_can_weigh_alike() -> None:
    rows = [("a", "b", "a", 60), ("b", "a", "a", 40), ("b", "c", "a", 20), ("a", "b", "tie", 100)]
    counts = pair_balanced(PairCounts.from_counts(rows))
    assert counts.weight.sum(axis=1).tolist() == pytest.approx([1.0, 0.4])
    assert counts.square.sum(axis=1).tolist() == pytest.approx([1 / 200, 20 / 2500])
    assert counts.votes.sum() == 220


def test_strata_get_their_shares() -> None:
    votes = Comparisons.from_names(["a"] * 4, ["b"] * 4, ["a", "a", "a", "b"])
    weighted = post_stratified(votes, ["lay", "lay", "lay", "expert"], {"lay": 1, "expert": 1})
    assert weighted.weights.tolist() == pytest.approx([2 / 3, 2 / 3, 2 / 3, 2])
    gap = np.diff(BradleyTerry().fit(weighted).rating)
    assert gap == pytest.approx([0], abs=1e-6)
    left_out = post_stratified(votes, ["lay", "lay", "lay", "bot"], {"lay": 1, "bot": 0})
    assert left_out.weights[3] == 0


def test_weighted_intervals_cover() -> None:
    rng = np.random.default_rng(3)
    truth = np.linspace(-0.6, 0.6, 5)
    inside = []
    for _ in range(300):
        first = rng.choice(5, size=1500, p=[0.4, 0.3, 0.1, 0.1, 0.1])
        second = (first + rng.integers(1, 5, size=1500)) % 5
        chance = 1 / (1 + np.exp(truth[second] - truth[first]))
        votes = Comparisons(tuple("abcde"), first, second, (rng.random(1500) > chance).astype(int))
        table = np.array([0.4, 0.3, 0.1, 0.1, 0.1])
        ratings = BradleyTerry().fit(inverse_propensity(votes, (table[first] + table[second]) / 4))
        target = 1000 + truth * 400 / np.log(10)
        inside.append((ratings.lower <= target) & (target <= ratings.upper))
    assert 0.93 <= np.mean(inside) <= 0.97


def test_refusals() -> None:
    votes = Comparisons.from_names(["a", "b"], ["b", "c"], ["a", "b"])
    with pytest.raises(ComparisonError, match="propensity") as caught:
        inverse_propensity(votes, np.array([0.5, 0.0]))
    assert caught.value.rows == (1,)
    with pytest.raises(ComparisonError, match="propensity"):
        inverse_propensity(votes, np.array([0.5, np.nan]))
    with pytest.raises(RatingError, match="above the mean"):
        inverse_propensity(votes, np.array([0.5, 0.5]), largest=1.0)
    with pytest.raises(RatingError, match="at least one vote"):
        pair_balanced(votes, least=0)
    with pytest.raises(ComparisonError, match="no share"):
        post_stratified(votes, ["x", "y"], {"x": 1.0})
    with pytest.raises(RatingError, match="no votes from strata"):
        post_stratified(votes, ["x", "x"], {"x": 1.0, "y": 1.0})
    with pytest.raises(RatingError, match="finite numbers"):
        post_stratified(votes, ["x", "x"], {"x": -1.0})
