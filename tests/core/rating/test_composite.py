from __future__ import annotations

import numpy as np
import pytest

from polyarena.rating import BradleyTerry, PairCounts, RatingError, Ratings, Scale, composite


def rated(wins: int, losses: int, *more: tuple[str, str, str, int]) -> Ratings:
    rows = [("a", "b", "a", wins), ("b", "a", "a", losses), *more]
    return BradleyTerry().fit(PairCounts.from_counts(rows, names=["a", "b", "c"]))


def test_it_is_the_weighted_mean() -> None:
    one, two = rated(300, 100), rated(100, 300)
    both = composite({"facts": one, "tone": two}, {"facts": 3, "tone": 1})
    assert both.rating[:2] == pytest.approx(0.75 * one.rating[:2] + 0.25 * two.rating[:2])
    assert both.notes[0] == "composite: facts 0.75, tone 0.25"
    assert "facts: no votes: c" in both.notes
    assert np.isnan(both.rating[2])
    assert both.rank.tolist() == [1, 2, 0]


@pytest.mark.parametrize(("correlation", "factor"), [(1.0, 1.0), (0.0, 0.5**0.5), (0.5, 0.75**0.5)])
def test_errors_that_go_together_do_not_cancel(correlation: float, factor: float) -> None:
    one = rated(300, 100)
    both = composite({"x": one, "y": one}, correlation=correlation)
    assert (both.upper - both.lower)[:2] == pytest.approx(factor * (one.upper - one.lower)[:2])


def test_levels_are_brought_to_one() -> None:
    narrow = BradleyTerry(scale=Scale(level=0.5)).fit(
        PairCounts.from_counts([("a", "b", "a", 30), ("b", "a", "a", 10)], names=["a", "b", "c"])
    )
    both = composite({"x": narrow})
    wide = rated(30, 10)
    assert both.upper[:2] == pytest.approx(wide.upper[:2])


def test_an_anchor_and_unused_criteria() -> None:
    one, two = rated(300, 100), rated(100, 300, ("c", "a", "a", 2))
    both = composite({"x": one, "y": two}, {"x": 1, "y": 0}, scale=Scale(anchor="b", origin=500))
    assert both.rating[1] == 500
    unrated = composite({"x": one}, scale=Scale(anchor="c"))
    assert unrated.rating[:2].mean() == pytest.approx(1000)


def test_refusals() -> None:
    one = rated(3, 1)
    other = BradleyTerry().fit(PairCounts.from_counts([("a", "b", "tie", 1)]))
    for criteria, weights, correlation, message in (
        ({}, None, 1.0, "needs criteria"),
        ({"x": one}, {"y": 1.0}, 1.0, "criteria and weights differ: x, y"),
        ({"x": one}, {"x": 0.0}, 1.0, "finite numbers"),
        ({"x": one}, None, 2.0, "correlation"),
        ({"x": one, "y": other}, None, 1.0, "different models"),
    ):
        with pytest.raises(RatingError, match=message):
            composite(criteria, weights, correlation)
