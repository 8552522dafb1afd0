from __future__ import annotations

import numpy as np
import pytest

from polyarena.rating import BradleyTerry, Comparisons
from polyarena.rating.clusters import cluster_meat


def opinionated(seed: int) -> Comparisons:
    """120 voters of 25 votes each; every voter has a taste of their own beside the common one."""
    rng = np.random.default_rng(seed)
    taste = np.linspace(-0.6, 0.6, 5) + rng.normal(0, 1.0, size=(120, 5))
    voter = np.repeat(np.arange(120), 25)
    first = rng.integers(5, size=3000)
    second = (first + rng.integers(1, 5, size=3000)) % 5
    chance = 1 / (1 + np.exp(taste[voter, second] - taste[voter, first]))
    outcome = (rng.random(3000) > chance).astype(np.int8)
    return Comparisons(tuple("abcde"), first, second, outcome, voter=voter)


def test_intervals_by_voter_cover_where_intervals_by_vote_do_not() -> None:
    by_voter, by_vote = [], []
    for seed in range(300):
        votes = opinionated(seed)
        by_voter.append(BradleyTerry().fit(votes))
        by_vote.append(
            BradleyTerry().fit(Comparisons(votes.names, votes.first, votes.second, votes.outcome))
        )
    # What the fits aim at is the rating that fits the whole population, not the mean taste.
    target = np.mean([ratings.rating for ratings in by_voter], axis=0)
    covered = {
        kind: np.mean([(r.lower <= target) & (target <= r.upper) for r in fits])
        for kind, fits in (("voter", by_voter), ("vote", by_vote))
    }
    assert 0.93 <= covered["voter"] <= 0.97
    assert covered["vote"] < 0.85


@pytest.mark.parametrize("voters", [3, 60_000])
def test_the_meat_is_the_sum_of_outer_products(voters: int) -> None:
    rng = np.random.default_rng(1)
    width, count = 150, 500
    columns = [rng.integers(width, size=count) for _ in range(2)]
    values = [rng.normal(size=count) for _ in range(2)]
    voter = rng.integers(voters, size=count)
    voter[0] = voters - 1
    scores = np.zeros((voters, width))
    for column, value in zip(columns, values, strict=True):
        np.add.at(scores, (voter, column), value)
    meat, found = cluster_meat(width, columns, values, voter)
    assert found == len(np.unique(voter))
    assert meat == pytest.approx(scores.T @ scores * found / (found - 1))
