from __future__ import annotations

import math

import numpy as np
import pytest

from polyarena.rating import (
    BradleyTerry,
    Comparisons,
    Elo,
    PairCounts,
    RatingError,
    held_out,
    win_rates,
)

from .conftest import Simulate


def test_win_rates_by_hand() -> None:
    counts = PairCounts.from_counts(
        [("a", "b", "a", 6), ("b", "a", "a", 2), ("a", "b", "tie", 2), ("c", "a", "a", 9)]
    )
    rates = win_rates(counts, BradleyTerry().fit(counts))
    assert rates.observed.tolist() == pytest.approx([0.7, 0.0])
    assert rates.predicted[0] == pytest.approx(0.7)
    assert np.isnan(rates.predicted[1])
    assert rates.votes.tolist() == [10, 9]


def test_a_true_model_is_calibrated(simulate: Simulate) -> None:
    truth = np.linspace(-1.5, 1.5, 12)
    votes = simulate(truth, 20_000, seed=1)
    found = held_out(votes, BradleyTerry())
    chance = 1 / (1 + np.exp(truth[votes.second] - truth[votes.first]))
    entropy = -(chance * np.log(chance) + (1 - chance) * np.log1p(-chance)).mean()
    assert found.log_loss == pytest.approx(entropy, abs=0.01)
    assert found.baseline == math.log(2)
    assert found.gap < 0.02
    assert found.votes == sum(part.votes for part in found.bins) == 20_000
    held = [part.lower <= part.predicted <= part.upper for part in found.bins]
    assert sum(held) >= 8


def test_votes_without_pattern_are_not_predicted(simulate: Simulate) -> None:
    found = held_out(simulate(np.zeros(10), 3000, seed=2), BradleyTerry())
    assert found.log_loss >= found.baseline


def test_overconfidence_shows(simulate: Simulate) -> None:
    votes = simulate(np.zeros(6), 600, seed=3)
    wild, calm = held_out(votes, Elo(k=200)), held_out(votes, BradleyTerry())
    assert wild.log_loss > calm.log_loss
    assert wild.gap > calm.gap


def test_voters_are_not_split(simulate: Simulate) -> None:
    once = simulate(np.zeros(8), 200, seed=4)
    copies = np.repeat(np.arange(200), 20)
    often = once.take(copies)
    voted = Comparisons(often.names, often.first, often.second, often.outcome, voter=copies)
    # Split apart, a voter's copies would betray the votes held out.
    assert held_out(voted, BradleyTerry()).log_loss > held_out(often, BradleyTerry()).log_loss


def test_votes_nothing_connects_are_counted() -> None:
    votes = Comparisons.from_names(
        ["a", "b"] * 20 + ["x"], ["b", "a"] * 20 + ["y"], ["a", "a"] * 20 + ["a"]
    )
    assert held_out(votes, BradleyTerry()).unpredicted == 1


def test_refusals(simulate: Simulate) -> None:
    with pytest.raises(RatingError, match="two folds"):
        held_out(simulate([0, 0], 10, seed=1), BradleyTerry(), folds=1)
    with pytest.raises(RatingError, match="no vote could be predicted"):
        held_out(Comparisons.from_names(["a", "b"], ["b", "c"], ["a", "a"]), BradleyTerry())
