from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from polyarena.rating import (
    POINTS,
    BradleyTerry,
    Comparisons,
    PairCounts,
    RatingError,
    Ratings,
    RatingSystem,
    Scale,
)

from .conftest import Simulate

CYCLE = [("a", "b", "a", 6), ("b", "c", "a", 6), ("c", "a", "a", 3), ("a", "b", "tie", 2)]


def rate(rows: list[tuple[str, str, str, int]], **options: object) -> Ratings:
    return BradleyTerry(**options).fit(PairCounts.from_counts(rows))  # type: ignore[arg-type]


def place(ratings: Ratings, name: str) -> int:
    return ratings.names.index(name)


def test_it_is_a_rating_system() -> None:
    assert isinstance(BradleyTerry(), RatingSystem)
    assert BradleyTerry().name == "bradley-terry"


def test_two_models_by_hand() -> None:
    ratings = rate([("a", "b", "a", 30), ("b", "a", "a", 10)])
    gap = 400 * math.log10(3)
    assert ratings.rating == pytest.approx([1000 + gap / 2, 1000 - gap / 2], abs=1e-9)
    # The odds have variance 1/30 + 1/10 in logs; each rating is half the gap.
    half = 1.959963984540054 * POINTS * math.sqrt(1 / 30 + 1 / 10) / 2
    assert ratings.upper - ratings.rating == pytest.approx([half, half], abs=1e-9)
    assert ratings.rating - ratings.lower == pytest.approx([half, half], abs=1e-9)
    assert ratings.votes.tolist() == [40, 40]
    assert ratings.rank.tolist() == [1, 2]
    assert ratings.notes == ()


def test_ties_and_both_bad_are_halves_or_dropped() -> None:
    rows = [
        ("a", "b", "a", 20),
        ("a", "b", "b", 10),
        ("a", "b", "tie", 6),
        ("b", "a", "both_bad", 4),
    ]
    gaps = {
        ("half", "half"): 25 / 15,
        ("drop", "half"): 22 / 12,
        ("half", "drop"): 23 / 13,
        ("drop", "drop"): 20 / 10,
    }
    for (ties, both_bad), odds in gaps.items():
        ratings = rate(rows, ties=ties, both_bad=both_bad)
        assert ratings.rating[0] - ratings.rating[1] == pytest.approx(400 * math.log10(odds))
    assert rate(rows, ties="drop", both_bad="drop").votes.tolist() == [30, 30]


def test_an_anchor_moves_everything_and_widens_nothing() -> None:
    plain = rate(CYCLE)
    anchored = rate(CYCLE, scale=Scale(anchor="c", origin=1200))
    assert anchored.rating[2] == 1200
    shift = anchored.rating - plain.rating
    assert shift == pytest.approx([shift[0]] * 3)
    assert anchored.upper - anchored.lower == pytest.approx(plain.upper - plain.lower)


def test_a_narrower_level_gives_a_narrower_interval() -> None:
    wide, narrow = rate(CYCLE), rate(CYCLE, scale=Scale(level=0.5))
    assert narrow.level == 0.5
    assert ((narrow.upper - narrow.lower) / (wide.upper - wide.lower)) == pytest.approx(
        [0.6744897501960817 / 1.959963984540054] * 3
    )


def test_a_model_that_always_wins_has_no_rating_and_harms_no_other() -> None:
    ratings = rate([*CYCLE, ("king", "a", "a", 50), ("b", "king", "b", 50)])
    king = place(ratings, "king")
    assert np.isnan([ratings.rating[king], ratings.lower[king], ratings.upper[king]]).all()
    assert (ratings.rank[king], ratings.rank_low[king], ratings.rank_high[king]) == (0, 0, 0)
    assert ratings.component.tolist() == [0, 0, 0, 1]
    assert any(note.startswith("separated: king won, or lost, every") for note in ratings.notes)
    rest = [place(ratings, name) for name in "abc"]
    assert ratings.rating[rest] == pytest.approx(rate(CYCLE).rating)
    assert ratings.order()[-1] == king


def test_groups_that_only_win_or_lose_are_rated_apart() -> None:
    lower = [("x", "y", "a", 3), ("y", "x", "a", 2)]
    ratings = rate([*CYCLE, *lower, ("a", "x", "a", 9)])
    assert ratings.component.tolist() == [0, 0, 0, 1, 1]
    assert any("2 groups of models, each winning" in note for note in ratings.notes)
    assert ratings.rating[3:] == pytest.approx(rate(lower).rating)
    assert ratings.rank[3] == 1


def test_groups_that_never_met_are_rated_apart() -> None:
    other = [("x", "y", "a", 30), ("y", "x", "a", 20)]
    ratings = rate([*CYCLE, *other])
    assert ratings.component.tolist() == [1, 1, 1, 0, 0]
    assert any(note.startswith("disconnected: the battles leave 2") for note in ratings.notes)
    assert not any(note.startswith("separated") for note in ratings.notes)
    assert ratings.rating[:3] == pytest.approx(rate(CYCLE).rating)
    anchored = rate([*CYCLE, *other], scale=Scale(anchor="b"))
    assert anchored.component.tolist() == [0, 0, 0, 1, 1]
    assert anchored.rating[1] == 1000
    assert anchored.rating[3:].mean() == pytest.approx(1000)


def test_models_without_votes_are_kept_and_named() -> None:
    ratings = BradleyTerry().fit(PairCounts.from_counts(CYCLE, names=["idle", "a", "b", "c"]))
    assert ratings.votes.tolist() == [0, 11, 14, 9]
    assert np.isnan(ratings.rating[0])
    assert "no votes: idle" in ratings.notes
    assert not any(note.startswith("disconnected") for note in ratings.notes)


def test_a_prior_is_an_option_and_is_named() -> None:
    rows = [*CYCLE, ("king", "a", "a", 50), ("x", "y", "a", 3)]
    ratings = rate(rows, prior_votes=1.0)
    assert np.isfinite([ratings.rating, ratings.lower, ratings.upper]).all()
    assert ratings.component.tolist() == [0] * 6
    assert any(note.startswith("prior: 1 ties") for note in ratings.notes)
    near, far = rate(CYCLE, prior_votes=1e-6), rate(CYCLE)
    assert near.rating == pytest.approx(far.rating, abs=1e-3)
    assert near.upper == pytest.approx(far.upper, abs=1e-3)


def test_a_prior_of_next_to_nothing_still_settles() -> None:
    rows = [(x, y, "a", 90) for x, y in (("a", "b"), ("b", "c"), ("c", "d"), ("a", "d"))]
    ratings = rate(rows, prior_votes=1e-7)
    assert (np.diff(ratings.rating) < -1000).all()


def test_a_prior_by_hand() -> None:
    ratings = rate([("a", "b", "a", 1)], prior_votes=1.0)
    strength = (ratings.rating[0] - ratings.rating[1]) / POINTS / 2
    # By symmetry the slope at t is 1/(1+e^2t) - (1/(1+e^-t) - 1/2).
    assert 1 / (1 + math.exp(2 * strength)) == pytest.approx(1 / (1 + math.exp(-strength)) - 0.5)


def test_only_ties_leave_the_interval_open_and_say_so() -> None:
    ratings = rate([("a", "b", "tie", 40)])
    assert ratings.rating.tolist() == [1000, 1000]
    assert np.isnan(ratings.lower).all()
    assert ratings.rank.tolist() == [0, 0]
    assert any(note.startswith("no variation: every vote on a, b") for note in ratings.notes)


def test_few_votes_are_said() -> None:
    assert any(note.startswith("few votes: a, b, c") for note in rate(CYCLE).notes)


def test_voters_widen_intervals_when_they_repeat_themselves() -> None:
    rng = np.random.default_rng(5)
    first = np.repeat(rng.integers(5, size=200), 10)
    second = (first + np.repeat(rng.integers(1, 5, size=200), 10)) % 5
    outcome = np.repeat(rng.integers(2, size=200), 10)
    names = tuple("abcde")
    plain = BradleyTerry().fit(Comparisons(names, first, second, outcome))
    clustered = BradleyTerry().fit(
        Comparisons(names, first, second, outcome, voter=np.repeat(np.arange(200), 10))
    )
    width = (clustered.upper - clustered.lower) / (plain.upper - plain.lower)
    # Ten copies of each vote carry the information of one.
    assert width == pytest.approx([math.sqrt(10 * 200 / 199)] * 5)
    assert clustered.rating == pytest.approx(plain.rating)


@pytest.mark.parametrize("voter", [np.arange(500), np.full(500, -1), np.arange(500) * 10**9])
def test_a_voter_a_vote_is_no_clustering(
    simulate: Simulate, voter: np.ndarray[tuple[int], np.dtype[np.int64]]
) -> None:
    votes = simulate([0, 0.3, 0.6, 1], 500, seed=1, ties=0.2)
    alone = Comparisons(votes.names, votes.first, votes.second, votes.outcome, voter=voter)
    plain, each = BradleyTerry().fit(votes), BradleyTerry().fit(alone)
    width = (each.upper - each.lower) / (plain.upper - plain.lower)
    assert width == pytest.approx([math.sqrt(500 / 499)] * 4)


def test_few_voters_are_said(simulate: Simulate) -> None:
    votes = simulate([0, 0.3, 0.6], 300, seed=1)
    few = Comparisons(
        votes.names, votes.first, votes.second, votes.outcome, voter=np.arange(300) % 7
    )
    assert any(
        note.startswith("few voters: the intervals rest on 7")
        for note in BradleyTerry().fit(few).notes
    )


def test_a_weight_of_two_is_two_votes_for_the_rating_only(simulate: Simulate) -> None:
    votes = simulate([0, 0.3, 0.6, 1], 400, seed=2)
    plain, heavy = BradleyTerry().fit(votes), BradleyTerry().fit(votes.weighted(np.full(400, 2.0)))
    assert heavy.rating == pytest.approx(plain.rating)
    assert heavy.upper == pytest.approx(plain.upper)
    assert heavy.votes.tolist() == plain.votes.tolist()


@pytest.mark.parametrize("option", [{"ties": "win"}, {"both_bad": ""}, {"prior_votes": -1.0}])
def test_options_that_mean_nothing_are_refused(option: dict[str, object]) -> None:
    with pytest.raises(RatingError):
        BradleyTerry(**option)  # type: ignore[arg-type]


def test_refusals_of_a_fit() -> None:
    with pytest.raises(RatingError, match="anchor 'z' is not among"):
        rate(CYCLE, scale=Scale(anchor="z"))
    with pytest.raises(RatingError, match="no votes are left"):
        rate([("a", "b", "tie", 3)], ties="drop")
    for scale in ({"level": 1.0}, {"level": 0.0}, {"origin": math.nan}):
        with pytest.raises(RatingError):
            Scale(**scale)  # type: ignore[arg-type]


def test_intervals_cover_the_truth(simulate: Simulate) -> None:
    truth = np.linspace(-1, 1, 10)
    inside = []
    for seed in range(400):
        ratings = BradleyTerry().fit(simulate(truth, 1500, seed=seed))
        inside.append(
            (ratings.lower <= 1000 + truth * POINTS) & (truth * POINTS + 1000 <= ratings.upper)
        )
    coverage = np.mean(inside)
    assert 0.93 <= coverage <= 0.97


def test_a_newcomer_among_many_votes_has_an_honest_interval() -> None:
    rng = np.random.default_rng(11)
    truth = np.append(np.linspace(-1, 1, 20), 0.8)
    names = tuple(f"m{i}" for i in range(21))
    veterans = [(i, j) for i in range(20) for j in range(20) if i != j]
    old = np.array(veterans)
    chance = 1 / (1 + np.exp(truth[old[:, 1]] - truth[old[:, 0]]))
    inside, bias = [], []
    for _ in range(400):
        wins = rng.binomial(13_000, chance)
        rows = [(names[i], names[j], 0, int(w)) for (i, j), w in zip(veterans, wins, strict=True)]
        rows += [
            (names[i], names[j], 1, int(13_000 - w))
            for (i, j), w in zip(veterans, wins, strict=True)
        ]
        rivals = rng.integers(20, size=50)
        won = rng.random(50) < 1 / (1 + np.exp(truth[rivals] - truth[20]))
        rows += [(names[20], names[r], 0 if w else 1, 1) for r, w in zip(rivals, won, strict=True)]
        ratings = BradleyTerry().fit(PairCounts.from_counts(rows, names))
        target = 1000 + POINTS * (truth[20] - truth.mean())
        inside.append(ratings.lower[20] <= target <= ratings.upper[20])
        bias.append(ratings.rating[20] - target)
    assert 0.92 <= np.mean(inside) <= 0.98
    assert abs(np.mean(bias)) < 10


@pytest.mark.parametrize("dataset", ["food", "llmfao"])
def test_reference_results(
    dataset: str, shared_data: Path, crowd: Comparisons, food: Comparisons
) -> None:
    with (shared_data / f"evalica_{dataset}-golden.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["algorithm"] == "bradley_terry"]
    golden = {row["item"]: math.log(float(row["score"])) * POINTS for row in rows}
    ratings = BradleyTerry().fit(food if dataset == "food" else crowd)
    expected = np.array([golden[name] for name in ratings.names])
    assert ratings.rating == pytest.approx(1000 + expected - expected.mean(), abs=1e-8)


def test_the_crowds_voters_matter(crowd: Comparisons) -> None:
    clustered = BradleyTerry().fit(crowd)
    alone = BradleyTerry().fit(PairCounts.of(crowd))
    assert clustered.rating == pytest.approx(alone.rating, abs=1e-8)
    width = (clustered.upper - clustered.lower) / (alone.upper - alone.lower)
    assert np.median(width) > 1
    assert clustered.names[clustered.order()[0]] == "GPT 4"
