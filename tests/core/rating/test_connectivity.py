from __future__ import annotations

import pytest

from polyarena.rating import PairCounts, connectivity


def test_evenly_met_models_hold_together_best() -> None:
    rows = [(x, y, o, 10) for x, y in ("ab", "ac", "bc") for o in ("a", "b")]
    seen = connectivity(PairCounts.from_counts(rows))
    assert seen.groups == seen.leagues == (("a", "b", "c"),)
    assert (seen.pairs_met, seen.pairs, seen.fewest) == (3, 3, 40)
    assert seen.cohesion == pytest.approx(1)


def test_groups_and_leagues_are_named() -> None:
    rows = [("a", "b", "a", 10), ("b", "a", "a", 10), ("a", "c", "a", 3), ("x", "y", "tie", 2)]
    seen = connectivity(PairCounts.from_counts(rows))
    assert seen.groups == (("a", "b", "c"), ("x", "y"))
    assert seen.leagues == (("a", "b"), ("x", "y"), ("c",))
    assert seen.cohesion == pytest.approx(0, abs=1e-12)
    assert seen.fewest == 2


def test_a_chain_is_looser_than_a_ring() -> None:
    chain = [(f"m{i}", f"m{i + 1}", "tie", 5) for i in range(9)]
    ring = [*chain, ("m9", "m0", "tie", 5)]
    loose, tight = (connectivity(PairCounts.from_counts(rows)).cohesion for rows in (chain, ring))
    assert 0 < loose < tight < 1
