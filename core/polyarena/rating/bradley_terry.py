"""Bradley–Terry: one strength a model, from wins, losses and halves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np

from .arrays import Bools, Floats, Ints, across, sums
from .clusters import cluster_meat, few_voters
from .comparisons import Comparisons
from .components import Components, few_votes_note, listed
from .errors import RatingError
from .laplacian import centred, laplacian, sandwich
from .pair_counts import PairCounts
from .scale import Scale
from .strengths import fit_strengths, information, prior_information, win_probability
from .system import Ratings

SHARE = np.array([1.0, 0.0, 0.5, 0.5])
NO_VARIATION = 1e-12

Ties = Literal["half", "drop"]


@dataclass(frozen=True, slots=True)
class BradleyTerry:
    """The maximum of the Bradley–Terry likelihood, P(a beats b) = 1 / (1 + exp(θb - θa)).

    Source: Bradley and Terry (1952), "Rank analysis of incomplete block designs", maximised by
    Newton's method on pair counts inside each strong component. Intervals come from the sandwich
    H⁻¹ M H⁻¹ (White 1982, "Maximum likelihood estimation of misspecified models"), which holds
    for halves and weights too; where comparisons carry voters, M adds up scores by voter.

    `ties` and `both_bad`: counted as half a win for both sides, or dropped. `prior_votes`: how
    many ties against one imaginary model of middling strength are added for every model; 0 is no
    prior, and then what the votes do not determine is NaN. Models with fewer votes than
    `few_votes` are noted.

    Raises:
        RatingError: an unknown way to count ties, or a prior below 0.
    """

    ties: Ties = "half"
    both_bad: Ties = "half"
    prior_votes: float = 0.0
    few_votes: int = 30
    scale: Scale = field(default_factory=Scale)

    name: ClassVar[str] = "bradley-terry"

    def __post_init__(self) -> None:
        for share in (self.ties, self.both_bad):
            if share not in ("half", "drop"):
                raise RatingError(f"ties are counted as 'half' or 'drop', not {share!r}")
        if not (np.isfinite(self.prior_votes) and self.prior_votes >= 0):
            raise RatingError(f"prior_votes is a number from 0 up, not {self.prior_votes}")

    def fit(self, comparisons: Comparisons | PairCounts) -> Ratings:
        """Rate every model; see `Ratings` for what the votes do not determine.

        Raises:
            RatingError: an anchor that is not there, or no votes left once ties are dropped.
            ConvergenceError: weights so far apart that Newton's method does not settle.
        """
        counts = self._counts(comparisons)
        votes = counts.model_votes()
        components = self._components(counts)
        strength = self._strengths(counts, components)
        meat, remarks = self._meat(comparisons, counts, strength)
        covariance = self._covariance(counts, components, strength, meat)
        flat = np.isnan(np.diag(covariance)) & ~np.isnan(strength)
        if flat.any():
            remarks += (f"no variation: every vote on {listed(counts.names, flat)} was a tie",)
        notes = components.notes(counts.names, votes) + remarks + self._warnings(counts, votes)
        return self.scale.ratings(
            counts.names, strength, covariance, votes, components.strong, notes
        )

    def strengths(
        self, comparisons: Comparisons | PairCounts, start: Floats | None = None
    ) -> Floats:
        """(m,) log-odds strengths alone, NaN where not determined; `start` is (m,) a guess.

        Raises:
            RatingError, ConvergenceError: as `fit` does.
        """
        counts = self._counts(comparisons)
        return self._strengths(counts, self._components(counts), start)

    @property
    def _used(self) -> Bools:
        return np.array([True, True, self.ties == "half", self.both_bad == "half"])

    def _counts(self, comparisons: Comparisons | PairCounts) -> PairCounts:
        counts = PairCounts.of(comparisons).folded().keeping(self._used)
        if not counts.votes.any():
            raise RatingError("no votes are left once ties are dropped")
        return counts

    def _components(self, counts: PairCounts) -> Components:
        anchor = self.scale.anchor_place(counts.names)
        if self.prior_votes:
            return Components.whole(len(counts.names))
        gain, total = counts.weight @ SHARE, across(counts.weight)
        return Components.of(counts, gain, total - gain, anchor)

    def _strengths(
        self, counts: PairCounts, components: Components, start: Floats | None = None
    ) -> Floats:
        strength = np.full(len(counts.names), np.nan)
        for members in components.members():
            first, second, rows = _inside(counts, members)
            weight = counts.weight[rows]
            guess = np.zeros(len(members)) if start is None else np.nan_to_num(start[members])
            strength[members] = fit_strengths(
                guess, first, second, weight @ SHARE, across(weight), self.prior_votes
            )
        return strength

    def _meat(
        self,
        comparisons: Comparisons | PairCounts,
        counts: PairCounts,
        strength: Floats,
    ) -> tuple[Floats, tuple[str, ...]]:
        models = len(counts.names)
        if isinstance(comparisons, PairCounts) or comparisons.voter is None:
            chance = win_probability(strength[counts.first] - strength[counts.second])
            spread = across(counts.square * (SHARE - chance[:, None]) ** 2)
            spread = np.nan_to_num(spread)
            return laplacian(models, counts.first, counts.second, spread), ()
        ahead = strength[comparisons.first] - strength[comparisons.second]
        residual = SHARE[comparisons.outcome] - win_probability(ahead)
        residual = np.nan_to_num(residual * comparisons.weights * self._used[comparisons.outcome])
        sides = (comparisons.first, comparisons.second)
        meat, voters = cluster_meat(models, sides, (residual, -residual), comparisons.voter)
        return meat, few_voters(voters)

    def _covariance(
        self, counts: PairCounts, components: Components, strength: Floats, meat: Floats
    ) -> Floats:
        covariance = np.full((len(strength), len(strength)), np.nan)
        for members in components.members():
            first, second, rows = _inside(counts, members)
            total = across(counts.weight[rows])
            own = strength[members]
            block = np.ix_(members, members)
            outer = meat[block]
            if self.prior_votes:
                outer = outer + np.diag(prior_information(own, self.prior_votes))
            bread = information(own, first, second, total, self.prior_votes)
            covariance[block] = centred(sandwich(bread, outer))
            square = across(counts.square[rows])
            weighed = sums(first, square, len(members)) + sums(second, square, len(members))
            flat = members[np.diag(outer) <= NO_VARIATION * weighed]
            covariance[flat, :] = np.nan
            covariance[:, flat] = np.nan
        return covariance

    def _warnings(self, counts: PairCounts, votes: Ints) -> tuple[str, ...]:
        found = few_votes_note(counts.names, votes, self.few_votes)
        if self.prior_votes:
            found += (
                f"prior: {self.prior_votes:g} ties with a model of middling strength were added "
                "for every model",
            )
        return found


def _inside(counts: PairCounts, members: Ints) -> tuple[Ints, Ints, Bools | slice]:
    """The pairs among `members`, numbered from 0 inside them, and which rows they are."""
    weighs = across(counts.weight) > 0
    if len(members) == len(counts.names) and weighs.all():
        return counts.first, counts.second, slice(None)
    place = np.full(len(counts.names), -1)
    place[members] = np.arange(len(members))
    first, second = place[counts.first], place[counts.second]
    rows = (first >= 0) & (second >= 0) & weighs
    return first[rows], second[rows], rows
