from __future__ import annotations

import numpy as np
import pytest

from polyarena.rating import Comparisons, RatingError, voter_surprise


def votes_with(kind: str | None, seed: int, share: float = 0.25) -> Comparisons:
    """95 voters of 60 votes, and number 0 of 300, who is odd in the given way."""
    rng = np.random.default_rng(seed)
    truth = np.linspace(-2, 2, 8)
    first = rng.integers(8, size=6000)
    second = (first + rng.integers(1, 8, size=6000)) % 8
    voter = np.concatenate([np.zeros(300, np.int64), np.repeat(np.arange(1, 96), 60)])
    chance = 1 / (1 + np.exp(truth[second] - truth[first]))
    outcome = (rng.random(6000) > chance).astype(np.int8)
    outcome[rng.random(6000) < share] = 2
    odd = voter == 0
    better = (truth[second] > truth[first]).astype(np.int8)
    if kind == "spite":
        outcome[odd] = 1 - better[odd]
    if kind == "script":
        outcome[odd] = better[odd]
    return Comparisons(tuple("abcdefgh"), first, second, outcome, voter=voter)


@pytest.mark.parametrize(("kind", "contrary"), [("spite", True), ("script", False)])
def test_odd_voters_are_flagged_and_nobody_else(kind: str, contrary: bool) -> None:
    votes = votes_with(kind, seed=2, share=0.0)
    found = voter_surprise(votes)
    assert found.flagged().tolist() == [0]
    assert found.contrary[0] == contrary


def test_p_values_of_honest_voters_are_uniform() -> None:
    p_values = []
    for seed in range(10):
        votes = votes_with(None, seed)
        p_values.append(voter_surprise(votes).p_value)
    pooled = np.sort(np.concatenate(p_values))
    distance = np.abs(pooled - np.arange(1, 961) / 960).max()
    # 1.63 / sqrt(n) is the 1 % point of Kolmogorov's statistic.
    assert distance < 1.63 / np.sqrt(960)


def test_unknown_voters_are_not_judged() -> None:
    votes = votes_with(None, 1)
    assert votes.voter is not None
    hidden = Comparisons(
        votes.names,
        votes.first,
        votes.second,
        votes.outcome,
        voter=np.where(votes.voter < 3, -1, votes.voter),
    )
    found = voter_surprise(hidden)
    assert found.voter.min() == 3
    judged = votes.outcome[votes.voter >= 3] < 2
    assert found.votes.sum() == judged.sum()


def test_refusals() -> None:
    votes = Comparisons.from_names(["a", "b"], ["b", "a"], ["a", "a"])
    with pytest.raises(RatingError, match="have none"):
        voter_surprise(votes)
    nobody = Comparisons(
        votes.names, votes.first, votes.second, votes.outcome, voter=np.full(2, -1)
    )
    with pytest.raises(RatingError, match="known voter"):
        voter_surprise(nobody)
