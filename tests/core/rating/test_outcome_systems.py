from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from polyarena.rating import (
    POINTS,
    Bootstrap,
    BradleyTerry,
    Comparisons,
    ConvergenceError,
    Davidson,
    PairCounts,
    RaoKupper,
    RatingError,
    RatingSystem,
    Scale,
)
from polyarena.rating.outcome_system import OutcomeSystem, TieModel

from .conftest import Simulate

SYSTEMS = [Davidson(), RaoKupper()]
systems = pytest.mark.parametrize("system", SYSTEMS, ids=lambda s: s.name)


def draw(
    system: OutcomeSystem, theta: NDArray[np.float64], votes: int, seed: int, shared: list[float]
) -> Comparisons:
    """Votes drawn from the model itself."""
    rng = np.random.default_rng(seed)
    first = rng.integers(len(theta), size=votes)
    second = (first + rng.integers(1, len(theta), size=votes)) % len(theta)
    model = TieModel(system, True, len(shared) > 1, len(shared) > 2)
    logs, _ = model.chances(theta[first], theta[second], np.array(shared))
    steps = np.exp(logs).cumsum(axis=1)
    outcome = (rng.random(votes)[:, None] > steps[:, :3]).sum(axis=1)
    return Comparisons(tuple(f"m{i:02}" for i in range(len(theta))), first, second, outcome)


@systems
def test_it_is_a_rating_system(system: OutcomeSystem) -> None:
    assert isinstance(system, RatingSystem)


@systems
def test_chances_add_up_and_slopes_are_theirs(system: OutcomeSystem) -> None:
    model = TieModel(system, True, True, True)
    one, two, shared = np.array([0.4, -1.0]), np.array([-0.3, 1.5]), np.array([-0.2, -1.0, 0.7])
    logs, slopes = model.chances(one, two, shared)
    assert np.exp(logs).sum(axis=1) == pytest.approx([1, 1])
    step = 1e-6
    moved = [model.chances(one + step, two, shared)[0], model.chances(one, two + step, shared)[0]]
    moved += [model.chances(one, two, shared + step * np.eye(3)[j])[0] for j in range(3)]
    for j, after in enumerate(moved):
        assert (after - logs) / step == pytest.approx(slopes[:, :, j], abs=1e-5)


def test_davidson_by_hand() -> None:
    counts = PairCounts.from_counts(
        [("a", "b", "a", 40), ("a", "b", "b", 10), ("b", "a", "tie", 30)]
    )
    ratings = Davidson().fit(counts)
    # The chances fit the shares exactly: odds of 4, and 30 / sqrt(40 * 10) = 1.5 for ν.
    assert ratings.rating[0] - ratings.rating[1] == pytest.approx(400 * math.log10(4))
    assert ratings.coefficients[0].name == "tie"
    assert ratings.coefficients[0].value == pytest.approx(math.log(1.5))
    assert ratings.upper[0] - ratings.rating[0] == pytest.approx(
        1.959964 * POINTS / 2 * math.sqrt(1 / 40 + 1 / 10), rel=1e-6
    )


def test_rao_kupper_by_hand() -> None:
    counts = PairCounts.from_counts(
        [("a", "b", "a", 40), ("a", "b", "b", 10), ("b", "a", "tie", 30)]
    )
    ratings = RaoKupper().fit(counts)
    # logit(1/2) = d - η and logit(1/8) = -d - η.
    eta = math.log(7) / 2
    assert ratings.rating[0] - ratings.rating[1] == pytest.approx(POINTS * eta)
    assert ratings.coefficients[0].value == pytest.approx(math.log(eta))


@systems
def test_without_ties_it_is_bradley_terry(system: OutcomeSystem, simulate: Simulate) -> None:
    votes = simulate(np.linspace(-1, 1, 6), 2000, seed=1)
    plain, ours = BradleyTerry().fit(votes), system.fit(votes)
    assert ours.rating == pytest.approx(plain.rating, abs=1e-6)
    assert ours.upper == pytest.approx(plain.upper, abs=1e-4)
    assert ours.coefficients == ()


@systems
def test_what_was_planted_comes_back(system: OutcomeSystem) -> None:
    theta = np.linspace(-1, 1, 8)
    planted = [-0.3, -1.2, 0.8]
    votes = draw(system, theta, 60_000, 2, planted)
    ratings = system.fit(votes)
    assert (ratings.rating - 1000) / POINTS == pytest.approx(theta, abs=0.05)
    assert [c.name for c in ratings.coefficients] == ["tie", "both bad", "level"]
    for coefficient, value in zip(ratings.coefficients, planted, strict=True):
        assert coefficient.value == pytest.approx(value, abs=0.08)
        assert coefficient.lower < coefficient.value < coefficient.upper


@systems
def test_both_bad_is_information_unless_dropped(system: OutcomeSystem) -> None:
    votes = draw(system, np.linspace(-1, 1, 8), 4000, 4, [-0.3, 0.0, 3.0])
    told = system.fit(votes)
    dropped = type(system)(both_bad="drop").fit(votes)
    merged = type(system)(both_bad="tie").fit(votes)
    width = (told.upper - told.lower) / (dropped.upper - dropped.lower)
    assert width.max() < 1
    assert width.mean() < 0.8
    good = votes.take(votes.outcome != 3)
    assert dropped.rating == pytest.approx(system.fit(good).rating, abs=1e-6)
    assert dropped.votes.sum() == 2 * len(good)
    assert merged.coefficients[0].value > told.coefficients[0].value


@systems
def test_two_models_cannot_tell_a_level_and_say_so(system: OutcomeSystem) -> None:
    rows = [("a", "b", "a", 40), ("a", "b", "b", 20), ("a", "b", "both_bad", 20)]
    ratings = system.fit(PairCounts.from_counts(rows))
    assert ratings.rating[0] - ratings.rating[1] == pytest.approx(400 * math.log10(2))
    assert any(note.startswith("both bad: the votes cannot tell") for note in ratings.notes)


@systems
def test_intervals_cover_the_truth(system: OutcomeSystem) -> None:
    theta = np.linspace(-0.8, 0.8, 6)
    inside = []
    for seed in range(150):
        ratings = system.fit(draw(system, theta, 1200, seed, [-0.2]))
        target = 1000 + POINTS * theta
        inside.append((ratings.lower <= target) & (target <= ratings.upper))
    assert 0.93 <= np.mean(inside) <= 0.97


@systems
def test_separated_and_disconnected_models_are_reported(system: OutcomeSystem) -> None:
    rows = [("a", "b", "a", 30), ("b", "a", "a", 20), ("a", "b", "tie", 9), ("king", "a", "a", 40)]
    rows += [("x", "y", "a", 9), ("y", "x", "a", 5), ("p", "q", "tie", 7)]
    ratings = system.fit(PairCounts.from_counts(rows))
    unrated = {n for n, r in zip(ratings.names, ratings.rating, strict=True) if np.isnan(r)}
    assert unrated == {"king", "p", "q"}
    kinds = {note.split(":")[0] for note in ratings.notes}
    assert {"disconnected", "separated", "no variation", "few votes"} <= kinds
    anchored = type(system)(scale=Scale(anchor="x", origin=0)).fit(PairCounts.from_counts(rows))
    assert anchored.component[anchored.names.index("x")] == 0


@systems
def test_voters_who_repeat_themselves_widen_intervals(system: OutcomeSystem) -> None:
    once = draw(system, np.linspace(-0.5, 0.5, 4), 300, 3, [-0.2, -1.0, 0.5])
    copies = np.repeat(np.arange(300), 9)
    often = once.take(copies)
    voted = Comparisons(often.names, often.first, often.second, often.outcome, voter=copies)
    plain, clustered = system.fit(once), system.fit(voted)
    width = (clustered.upper - clustered.lower) / (plain.upper - plain.lower)
    assert width == pytest.approx([math.sqrt(300 / 299)] * 4, rel=1e-4)


@systems
def test_it_can_be_bootstrapped(system: OutcomeSystem) -> None:
    votes = draw(system, np.linspace(-0.5, 0.5, 4), 1500, 3, [-0.2])
    drawn, formula = Bootstrap(system, draws=199).fit(votes), system.fit(votes)
    width = (drawn.upper - drawn.lower) / (formula.upper - formula.lower)
    assert width == pytest.approx([1] * 4, abs=0.2)


@systems
def test_the_crowd_is_rated_much_as_by_halves(system: OutcomeSystem, crowd: Comparisons) -> None:
    halves, ours = BradleyTerry().fit(crowd), system.fit(crowd)
    assert np.corrcoef(halves.rating, ours.rating)[0, 1] > 0.99
    # A third of the votes are ties: wins and losses alone lie further apart than with halves.
    assert np.std(ours.rating) > np.std(halves.rating)


@systems
def test_strengths_that_ties_leave_without_end_are_refused(system: OutcomeSystem) -> None:
    # b ties with a and a with c, but b always beats c: as ties get surer, so may that win.
    rows = [("a", "b", "tie", 9), ("a", "c", "tie", 9), ("b", "c", "a", 9)]
    with pytest.raises(ConvergenceError, match="ties as halves may do"):
        system.fit(PairCounts.from_counts(rows))


@systems
def test_any_few_votes_are_rated_or_refused_but_never_out_of_bounds(system: OutcomeSystem) -> None:
    for seed in range(60):
        rng = np.random.default_rng(seed)
        models, size = int(rng.integers(2, 7)), int(rng.integers(3, 80))
        first = rng.integers(models, size=size)
        second = (first + rng.integers(1, models, size=size)) % models
        outcome = rng.choice(4, size=size, p=rng.dirichlet(np.full(4, 0.6)))
        try:
            ratings = system.fit(Comparisons(tuple("abcdef"[:models]), first, second, outcome))
        except ConvergenceError:
            continue
        rated = ratings.rating[~np.isnan(ratings.rating)]
        assert (np.abs(rated - 1000) < 4000).all()


def test_refusals() -> None:
    with pytest.raises(RatingError, match="both_bad"):
        Davidson(both_bad="half")  # type: ignore[arg-type]
    with pytest.raises(RatingError, match="no votes are left"):
        Davidson(both_bad="drop").fit(PairCounts.from_counts([("a", "b", "both_bad", 3)]))
