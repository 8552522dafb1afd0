from __future__ import annotations

import numpy as np
import pytest

from polyarena.rating import (
    BradleyTerry,
    Comparisons,
    PairCounts,
    RatingError,
    leader_robustness,
)

from .conftest import Simulate


def test_two_models_by_hand() -> None:
    found = leader_robustness(PairCounts.from_counts([("a", "b", "a", 60), ("b", "a", "a", 40)]))
    assert (found.leader, found.rival, found.dropped) == ("a", "b", 21)
    assert found.share == pytest.approx(0.21)


def test_it_is_the_fewest_in_small_cases() -> None:
    rows = [("a", "b", "a", 6), ("b", "a", "a", 4), ("a", "c", "a", 5), ("c", "a", "a", 4)]
    rows += [("b", "c", "a", 5), ("c", "b", "a", 5)]
    found = leader_robustness(PairCounts.from_counts(rows))
    assert found.leader == "a"
    fewest = min(_exhaustive(rows, drop) for drop in _drops(rows, 4))
    assert found.dropped == fewest


def _drops(rows: list[tuple[str, str, str, int]], most: int) -> list[tuple[int, ...]]:
    counts = [range(min(n, most) + 1) for *_, n in rows]
    grid = np.stack(np.meshgrid(*counts, indexing="ij"), axis=-1).reshape(-1, len(rows))
    return [tuple(int(x) for x in g) for g in grid if 0 < g.sum() <= most]


def _exhaustive(rows: list[tuple[str, str, str, int]], drop: tuple[int, ...]) -> float:
    left = [(x, y, o, n - d) for (x, y, o, n), d in zip(rows, drop, strict=True)]
    ratings = BradleyTerry().fit(PairCounts.from_counts(left, names=["a", "b", "c"]))
    return sum(drop) if np.nanmax(ratings.rating[1:]) > ratings.rating[0] + 1e-9 else np.inf


def test_a_narrow_lead_hangs_on_few_votes_and_a_wide_one_on_many(simulate: Simulate) -> None:
    narrow = leader_robustness(simulate([0, 0, 0, 0, 0.02], 5000, seed=1))
    wide = leader_robustness(simulate([0, 0, 0, 0, 1.5], 5000, seed=1))
    assert narrow.share is not None
    assert wide.share is not None
    assert narrow.share < 0.03
    assert wide.share > 0.15
    assert wide.leader == "m004"


def test_the_crowds_leader(crowd: Comparisons) -> None:
    found = leader_robustness(crowd)
    assert found.leader == "GPT 4"
    assert found.dropped is not None
    assert 10 < found.dropped < 200


def test_a_model_alone_does_not_lead() -> None:
    with pytest.raises(RatingError, match="two models"):
        leader_robustness(PairCounts.from_counts([("a", "b", "a", 4)]))
