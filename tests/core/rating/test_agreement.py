"""Measures of agreement: published examples, and what they do at the ends."""

from __future__ import annotations

import math

import numpy as np
import pytest

from polyarena.rating import (
    Comparisons,
    RatingError,
    alpha,
    cross_agreement,
    judgements,
    pairwise_agreement,
)

# Krippendorff (2011), "Computing Krippendorff's alpha-reliability", example D: four observers.
FOUR = """
1 2 3 3 2 1 4 1 2 . . .
1 2 3 3 2 2 4 1 2 5 . 3
. 3 3 3 2 3 4 2 2 5 1 .
1 2 3 3 2 4 4 1 2 5 1 .
"""
# The example of the article "Krippendorff's alpha" in Wikipedia: three coders.
THREE = """
. . . . . 3 4 1 2 1 1 3 3 . 3
1 . 2 1 3 3 4 3 . . . . . . .
. . 2 1 3 4 4 . 2 1 1 3 3 . 4
"""
# Fleiss (1971): fourteen raters, ten subjects, five categories.
FLEISS = np.array(
    [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ]
)  # fmt: skip


def counts(text: str) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    rows = [line.split() for line in text.strip().splitlines()]
    values = sorted({cell for row in rows for cell in row} - {"."})
    return np.array([[column.count(one) for one in values] for column in zip(*rows, strict=True)])


def test_alpha_is_that_of_the_published_examples() -> None:
    four = alpha(counts(FOUR))
    assert four.value == pytest.approx(0.743, abs=5e-4)
    assert (four.units, four.judgements) == (11, 40)
    assert alpha(counts(FOUR), "ordinal").value == pytest.approx(0.815, abs=5e-4)
    assert alpha(counts(THREE)).value == pytest.approx(0.691, abs=5e-4)


def test_pairwise_agreement_is_that_of_the_published_example() -> None:
    found = pairwise_agreement(FLEISS)
    assert found.value == pytest.approx(0.378, abs=5e-4)
    assert found.lower < found.value < found.upper


def test_intervals_cover_what_units_were_drawn_from() -> None:
    rng = np.random.default_rng(1)
    # Two draws by shares of Dirichlet(2, 1, 2) are alike with Σ a (a + 1) / (A (A + 1)).
    truth = (2 * 3 + 1 * 2 + 2 * 3) / (5 * 6)
    covered = 0
    for seed in range(200):
        shares = rng.dirichlet([2, 1, 2], size=60)
        drawn = np.array([rng.multinomial(6, one) for one in shares])
        found = pairwise_agreement(drawn, draws=300, seed=seed)
        covered += found.lower <= truth <= found.upper
    assert covered >= 180


def test_ends() -> None:
    same = np.array([[3, 0, 0], [0, 3, 0], [0, 0, 3]])
    assert alpha(same).value == alpha(same, "ordinal").value == 1
    assert pairwise_agreement(same).value == cross_agreement(same, same).value == 1
    apart = cross_agreement(same, np.roll(same, 1, axis=1))
    assert (apart.value, apart.upper) == (0, 0)
    assert alpha(np.array([[1, 1], [1, 1]])).value < 0
    for nothing in (np.zeros((0, 3), dtype=int), np.array([[1, 0, 0]])):
        found = pairwise_agreement(nothing)
        assert math.isnan(found.value)
        assert (found.units, found.judgements) == (0, 0)
    one = pairwise_agreement(np.array([[2, 1, 0]]))
    assert one.value == pytest.approx(1 / 3)
    assert math.isnan(one.lower)
    for wrong in (np.array([1, 2]), np.array([[1, -1]])):
        with pytest.raises(RatingError):
            alpha(wrong)
    with pytest.raises(RatingError, match="the same units"):
        cross_agreement(same, same[:2])


def test_votes_are_judgements_of_pairs_whichever_side_was_which() -> None:
    votes = Comparisons.from_names(
        ["P", "Q", "P", "Q", "P", "R", "P"],
        ["Q", "P", "Q", "P", "Q", "P", "Q"],
        ["a", "b", "b", "tie", "both_bad", "a", "a"],
        voter=["ann", "bob", "cem", "dee", "eve", "ann", "bob"],
        names=["P", "Q", "R"],
    )
    everybody = np.ones(len(votes), dtype=np.bool_)
    (found,) = judgements(votes, everybody)
    # By pair P and Q: worse, as good, better; bob twice, by his last vote. P and R: R is better.
    assert found.tolist() == [[1, 2, 2], [1, 0, 0]]
    some = np.array([True, False, True, False, False, False, False])
    one, other = judgements(votes, some, ~some)
    assert one.tolist() == [[1, 0, 1], [0, 0, 0]]
    assert other.tolist() == [[0, 2, 1], [1, 0, 0]]
    assert cross_agreement(one, other).value == pytest.approx(1 / 6)
