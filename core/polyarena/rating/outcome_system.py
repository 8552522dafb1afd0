"""What Davidson's and Rao and Kupper's systems share: ties and both-bad as signals."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar, Literal

import numpy as np

from .arrays import Bools, Floats, Ints, group
from .bradley_terry import SHARE
from .clusters import cluster_meat, few_voters
from .comparisons import Comparisons, Outcome
from .components import Components, few_votes_note
from .errors import ConvergenceError, RatingError
from .laplacian import sandwich
from .outcome_model import (
    Cells,
    fit_outcomes,
    no_outcome,
    outcome_information,
    score_spread,
)
from .pair_counts import PairCounts
from .scale import Scale
from .strengths import log_chance, win_probability
from .system import Coefficient, Ratings

BothBad = Literal["level", "tie", "drop"]


@dataclass(frozen=True, slots=True)
class TieModel:
    """Outcomes a, b and tie by `three_way`, and both-bad by the level of the pair.

    Shared parameters, those that are on: `tie`; `both bad`, the log-odds β of a both-bad vote on
    a pair of mean strength; `level`, the slope λ in β - λ·(θa + θb) / 2.
    """

    system: OutcomeSystem
    ties: bool
    both_bad: bool
    level: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The shared parameters, in order."""
        switches = {"tie": self.ties, "both bad": self.both_bad, "level": self.level}
        return tuple(name for name, on in switches.items() if on)

    def shared_start(self, weight: Floats) -> Floats:
        votes = weight.sum(axis=0)
        start = {
            "tie": self.system.tie_start(float(votes[2] / max(votes[:3].sum(), 1e-300))),
            "both bad": float(np.log(max(votes[3], 1e-300) / max(votes[:3].sum(), 1e-300))),
            "level": 0.0,
        }
        return np.array([start[name] for name in self.names])

    def chances(self, one: Floats, two: Floats, shared: Floats) -> tuple[Floats, Floats]:
        logs, slopes = no_outcome(len(one), len(shared))
        value = dict(zip(self.names, shared.tolist(), strict=True))
        three, three_slopes = self.system.three_way(one, two, value.get("tie"))
        logs[:, :3] = three
        slopes[:, :3, :2] = three_slopes[:, :, :2]
        if self.ties:
            slopes[:, :3, 2] = three_slopes[:, :, 2]
        if self.both_bad:
            self._add_level(logs, slopes, one + two, value)
        return logs, slopes

    def _add_level(
        self, logs: Floats, slopes: Floats, sum_: Floats, value: dict[str, float]
    ) -> None:
        slope = value.get("level", 0.0)
        odds = value["both bad"] - slope * sum_ / 2
        chance = win_probability(odds)
        logs[:, :3] += log_chance(-odds)[:, None]
        logs[:, 3] = log_chance(odds)
        by_odds = np.stack([-chance, -chance, -chance, 1 - chance], axis=1)
        slopes[:, :, :2] -= slope / 2 * by_odds[:, :, None]
        place = 2 + self.names.index("both bad")
        slopes[:, :, place] = by_odds
        if self.level:
            slopes[:, :, place + 1] = -by_odds * (sum_ / 2)[:, None]


@dataclass(frozen=True, slots=True)
class OutcomeSystem(ABC):
    """Base of the systems in which a tie says that two models are close.

    `both_bad`: `level`, a signal of its own, whose chance is 1 / (1 + exp(λ(θa + θb)/2 - β)) and
    so may fall as the pair gets better; `tie`, one more tie; or `drop`. Where the votes cannot
    tell λ (two models, or no such vote on good pairs), both-bad says nothing about strengths, and
    a note says so. Intervals come from the sandwich with the expected information.
    """

    both_bad: BothBad = "level"
    few_votes: int = 30
    scale: Scale = field(default_factory=Scale)

    name: ClassVar[str]

    def __post_init__(self) -> None:
        if self.both_bad not in ("level", "tie", "drop"):
            raise RatingError(f"both_bad is 'level', 'tie' or 'drop', not {self.both_bad!r}")

    @abstractmethod
    def three_way(self, one: Floats, two: Floats, tie: float | None) -> tuple[Floats, Floats]:
        """(k, 3) log-chances of a, b, tie and their (k, 3, 3) slopes by θa, θb and `tie`.

        Without a tie parameter ties have no chance, and the slopes by it are 0.
        """

    @abstractmethod
    def tie_start(self, share: float) -> float:
        """The tie parameter that gives equal models this share of ties."""

    def fit(self, comparisons: Comparisons | PairCounts) -> Ratings:
        """Rate every model; `coefficients` has the shared parameters of the main component.

        Raises:
            RatingError: an anchor that is not there, or no votes left.
            ConvergenceError: the votes do not determine the strengths together with ties.
        """
        return _Fit(self, comparisons).ratings()

    def strengths(
        self, comparisons: Comparisons | PairCounts, start: Floats | None = None
    ) -> Floats:
        """(m,) log-odds strengths alone, NaN where not determined; raises as `fit` does."""
        return _Fit(self, PairCounts.of(comparisons), start).strength()


class _Fit:
    """One fit of an outcome system, component by component."""

    def __init__(
        self,
        system: OutcomeSystem,
        comparisons: Comparisons | PairCounts,
        start: Floats | None = None,
    ) -> None:
        self.system = system
        self.comparisons = comparisons
        counts = PairCounts.of(comparisons)
        if system.both_bad == "tie":
            counts = counts.both_bad_as_ties()
        if system.both_bad == "drop":
            counts = counts.keeping(np.array([True, True, True, False]))
        self.counts = counts
        if not counts.votes.any():
            raise RatingError("no votes are left once both-bad is dropped")
        told = counts.keeping(np.array([True, True, True, False])).folded()
        gain, total = told.weight @ SHARE, told.weight.sum(axis=1)
        anchor = system.scale.anchor_place(counts.names)
        self.components = Components.of(told, gain, total - gain, anchor)
        self.notes: tuple[str, ...] = ()
        self.start = start

    def strength(self) -> Floats:
        """(m,) strengths, NaN where not determined."""
        strength = np.full(len(self.counts.names), np.nan)
        for members in self.components.members():
            cells, _ = self._cells(members)
            if cells.weight[:, :2].any():
                strength[members] = self._point(cells, members)[1][: len(members)]
        return strength

    def ratings(self) -> Ratings:
        """Ratings with intervals and notes."""
        names = self.counts.names
        strength = np.full(len(names), np.nan)
        covariance = np.full((len(names), len(names)), np.nan)
        coefficients: tuple[Coefficient, ...] = ()
        for members in self.components.members():
            cells, rows = self._cells(members)
            if not cells.weight[:, :2].any():
                self.notes += ("no variation: some models have nothing but ties among them",)
                continue
            model, point = self._point(cells, members)
            meat = self._meat(model, cells, point, members, rows)
            spread = sandwich(outcome_information(model, cells, point), meat)
            size = len(members)
            strength[members] = point[:size]
            covariance[np.ix_(members, members)] = spread[:size, :size]
            coefficients = coefficients or tuple(
                self.system.scale.coefficient(name, point[size + i], spread[size + i, size + i])
                for i, name in enumerate(model.names)
            )
        votes = self.counts.model_votes()
        warnings = few_votes_note(names, votes, self.system.few_votes)
        return self.system.scale.ratings(
            names,
            strength,
            covariance,
            votes,
            self.components.strong,
            self.components.notes(names, votes) + tuple(dict.fromkeys(self.notes)) + warnings,
            coefficients,
        )

    def _cells(self, members: Ints) -> tuple[Cells, Bools]:
        place = np.full(len(self.counts.names), -1)
        place[members] = np.arange(len(members))
        first, second = place[self.counts.first], place[self.counts.second]
        rows = (first >= 0) & (second >= 0)
        weight = self.counts.weight[rows]
        unit = float(self.counts.square[rows].sum() / weight.sum())
        return Cells(len(members), first[rows], second[rows], weight, unit), rows

    def _point(self, cells: Cells, members: Ints) -> tuple[TieModel, Floats]:
        votes = cells.weight.sum(axis=0)
        bad = bool(votes[Outcome.BOTH_BAD])
        model = TieModel(self.system, bool(votes[Outcome.TIE]), bad, False)
        if self.start is None:
            start = np.zeros(cells.models)
        else:
            start = np.nan_to_num(self.start[members])
            start = start - start.mean()
        try:
            point = fit_outcomes(model, cells, np.append(start, model.shared_start(cells.weight)))
        except ConvergenceError:
            raise ConvergenceError(
                "these votes do not determine strengths together with ties; ties as halves may do"
            ) from None
        if not bad:
            return model, point
        if cells.models > 2:
            try:
                sloped = TieModel(self.system, model.ties, True, True)
                return sloped, fit_outcomes(sloped, cells, np.append(point, 0.0))
            except ConvergenceError:
                pass
        self.notes += (
            "both bad: the votes cannot tell how it depends on the level of a pair, so it says "
            "nothing about strengths",
        )
        return model, point

    def _meat(
        self, model: TieModel, cells: Cells, point: Floats, members: Ints, rows: Bools
    ) -> Floats:
        votes = self.comparisons
        if isinstance(votes, PairCounts) or votes.voter is None:
            return score_spread(model, cells, point, self.counts.square[rows])
        place = np.full(len(votes.names), -1)
        place[members] = np.arange(len(members))
        inside = (place[votes.first] >= 0) & (place[votes.second] >= 0)
        outcome = votes.outcome[inside].astype(np.int64)
        if self.system.both_bad == "tie":
            outcome[outcome == Outcome.BOTH_BAD] = Outcome.TIE
        one, two = place[votes.first[inside]], place[votes.second[inside]]
        pairs, row = group(one * cells.models + two, cells.models**2)
        strength, shared = point[: cells.models], point[cells.models :]
        _, slopes = model.chances(
            strength[pairs // cells.models], strength[pairs % cells.models], shared
        )
        weight = votes.weights[inside]
        columns = [one, two] + [np.full(len(row), cells.models + i) for i in range(len(shared))]
        values = [weight * slopes[row, outcome, j] for j in range(slopes.shape[2])]
        meat, voters = cluster_meat(len(point), columns, values, votes.voter[inside])
        self.notes += few_voters(voters)
        return meat
