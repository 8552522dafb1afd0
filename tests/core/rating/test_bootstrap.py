from __future__ import annotations

import numpy as np
import pytest

from polyarena.rating import (
    POINTS,
    Bootstrap,
    BradleyTerry,
    Comparisons,
    PairCounts,
    RatingError,
    RatingSystem,
    Scale,
)

from .conftest import Simulate


def test_it_is_a_rating_system() -> None:
    assert isinstance(Bootstrap(), RatingSystem)


def test_it_agrees_with_the_sandwich(simulate: Simulate) -> None:
    votes = simulate(np.linspace(-1, 1, 8), 4000, seed=3, ties=0.2)
    drawn = Bootstrap(draws=999).fit(votes)
    formula = BradleyTerry().fit(votes)
    assert drawn.rating.tolist() == formula.rating.tolist()
    width = (drawn.upper - drawn.lower) / (formula.upper - formula.lower)
    assert width == pytest.approx([1] * 8, abs=0.08)
    assert width.mean() == pytest.approx(1, abs=0.03)


def test_a_hundred_draws_are_not_too_narrow(simulate: Simulate) -> None:
    votes = simulate(np.linspace(-1, 1, 12), 3000, seed=4)
    formula = BradleyTerry().fit(votes)
    widths = []
    for seed in range(12):
        drawn = Bootstrap(draws=100, seed=seed).fit(votes)
        widths.append((drawn.upper - drawn.lower) / (formula.upper - formula.lower))
    assert 1 <= np.mean(widths) <= 1.06


def test_voters_are_drawn_whole(simulate: Simulate) -> None:
    once = simulate([0, 0.4, 0.8, 1.2], 300, seed=6)
    copies = np.repeat(np.arange(300), 8)
    votes = once.take(copies)
    votes = Comparisons(votes.names, votes.first, votes.second, votes.outcome, voter=copies)
    drawn, formula = Bootstrap(draws=499).fit(votes), BradleyTerry().fit(votes)
    width = (drawn.upper - drawn.lower) / (formula.upper - formula.lower)
    assert width == pytest.approx([1] * 4, abs=0.12)


def test_weights_reach_the_draws(simulate: Simulate) -> None:
    votes = simulate([0, 0.4, 0.8, 1.2], 600, seed=7)
    rng = np.random.default_rng(7)
    votes = votes.weighted(rng.exponential(size=600))
    drawn, formula = Bootstrap(draws=499).fit(votes), BradleyTerry().fit(votes)
    width = (drawn.upper - drawn.lower) / (formula.upper - formula.lower)
    assert width == pytest.approx([1] * 4, abs=0.12)
    assert drawn.rating.tolist() == formula.rating.tolist()


def test_intervals_cover_the_truth(simulate: Simulate) -> None:
    truth = np.linspace(-1, 1, 6)
    inside = []
    for seed in range(80):
        drawn = Bootstrap(draws=79, seed=seed).fit(simulate(truth, 900, seed=seed))
        inside.append(
            (drawn.lower <= 1000 + truth * POINTS) & (truth * POINTS + 1000 <= drawn.upper)
        )
    assert 0.93 <= np.mean(inside) <= 0.97


def test_a_model_that_draws_leave_undetermined_has_no_bounds() -> None:
    rows = [("a", "b", "a", 60), ("b", "a", "a", 60), ("c", "a", "a", 20), ("a", "c", "a", 1)]
    drawn = Bootstrap(draws=199).fit(PairCounts.from_counts(rows))
    assert np.isfinite(drawn.rating).all()
    assert np.isnan([drawn.lower[2], drawn.upper[2]]).all()
    assert np.isfinite(drawn.lower[:2]).all()
    assert any(note.startswith("unstable: c") for note in drawn.notes)


def test_the_seed_decides() -> None:
    counts = PairCounts.from_counts([("a", "b", "a", 60), ("b", "a", "a", 40)])
    one, same, other = (Bootstrap(draws=50, seed=seed).fit(counts).lower for seed in (1, 1, 2))
    assert one.tolist() == same.tolist()
    assert one.tolist() != other.tolist()


def test_too_few_draws_are_refused() -> None:
    Bootstrap(draws=39)
    with pytest.raises(RatingError, match="too few"):
        Bootstrap(draws=38)
    with pytest.raises(RatingError, match="too few"):
        Bootstrap(BradleyTerry(scale=Scale(level=0.99)), draws=100)
