"""Contextual Bradley–Terry: strengths beside effects of style and of position."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar

import numpy as np

from .arrays import Bools, Floats
from .bradley_terry import SHARE, BradleyTerry, Ties
from .clusters import cluster_meat, few_voters
from .comparisons import Comparisons
from .components import Components, few_votes_note
from .contextual_rows import Rows
from .errors import ConvergenceError, RatingError
from .laplacian import determined, sandwich, solve
from .pair_counts import PairCounts
from .scale import Scale
from .system import Coefficient, Ratings

STEPS = 50
# A step this long leaves an error of about half its square.
SETTLED = 5e-5
START_SETTLED = 5e-2
# A step this short changes the information by some percent at most.
CHORD = 2e-2
CHORD_SETTLED = 1e-5
START_VOTES = 100_000
START_STRIDE = 10
START_PRIOR = 1.0
POSITION = "position"


def relative_difference(a: Floats, b: Floats) -> Floats:
    """(n,) (a - b) / (a + b) of counts such as lengths, 0 where both are 0.

    Source: the style control of Chatbot Arena (Li, Angelopoulos and Chiang 2024, "Does style
    matter? Disentangling style and substance in Chatbot Arena").
    """
    total = np.asarray(a, dtype=np.float64) + b
    return np.asarray(
        np.divide(np.asarray(a) - b, total, out=np.zeros_like(total), where=total != 0)
    )


@dataclass(frozen=True, slots=True)
class Contextual:
    """P(a beats b) = 1 / (1 + exp(-(θa - θb + Σ βj xj + γ))), fitted by Newton's method.

    x are the comparisons' features, each of side a minus side b, divided by its root mean square;
    a coefficient is the log-odds that one such unit adds. γ, the coefficient `position`, is the
    log-odds that side a has for being side a; it is there if `position` is set. Ratings are those
    at equal style, in the middle of the two positions. Source: Li, Angelopoulos and Chiang (2024),
    "Does style matter?", on Bradley and Terry (1952) with covariates as in Springall (1973).

    `ridge` is the penalty on a coefficient, per vote: ridge / 2 · β² for each. A vote tells about
    a quarter at most, so 0.0001 shrinks an effect by 0.05 % at any number of votes, and only
    effects that the votes hardly tell are moved. Position and strengths carry no penalty.
    Intervals come from the sandwich, by voter where comparisons carry voters.

    Raises:
        RatingError: an unknown way to count ties, or a ridge below 0.
    """

    position: bool = False
    ridge: float = 1e-4
    ties: Ties = "half"
    both_bad: Ties = "half"
    few_votes: int = 30
    scale: Scale = field(default_factory=Scale)

    name: ClassVar[str] = "contextual"

    def __post_init__(self) -> None:
        for share in (self.ties, self.both_bad):
            if share not in ("half", "drop"):
                raise RatingError(f"ties are counted as 'half' or 'drop', not {share!r}")
        if not (np.isfinite(self.ridge) and self.ridge >= 0):
            raise RatingError(f"the ridge is a number from 0 up, not {self.ridge}")

    def fit(self, comparisons: Comparisons | PairCounts) -> Ratings:
        """Rate every model; `coefficients` has the features' effects, then that of position.

        Raises:
            RatingError: an anchor that is not there, or no votes left once ties are dropped.
            ConvergenceError: effects that the votes do not determine.
        """
        used = np.array([True, True, self.ties == "half", self.both_bad == "half"])
        counts = PairCounts.of(comparisons).folded().keeping(used)
        votes = counts.model_votes()
        if not votes.any():
            raise RatingError("no votes are left once ties are dropped")
        gain, total = counts.weight @ SHARE, counts.weight.sum(axis=1)
        anchor = self.scale.anchor_place(counts.names)
        components = Components.of(counts, gain, total - gain, anchor)
        strength = np.full(len(votes), np.nan)
        covariance = np.full((len(votes), len(votes)), np.nan)
        notes = components.notes(counts.names, votes)
        notes += few_votes_note(counts.names, votes, self.few_votes)
        coefficients: tuple[Coefficient, ...] = ()
        if not components.alone.all():
            fit = _Fit(self, comparisons, components, used)
            plain = BradleyTerry(ties=self.ties, both_bad=self.both_bad).strengths(counts)
            point, spread, remarks = fit.solution(np.nan_to_num(plain))
            notes += remarks
            coefficients = fit.coefficients(point, spread)
            for members in components.members():
                block = np.ix_(members, members)
                strength[members], covariance[block] = point[members], spread[block]
        return self.scale.ratings(
            counts.names, strength, covariance, votes, components.strong, notes, coefficients
        )


class _Fit:
    """One fit: rows with features brought to unit size, and which of them say anything."""

    def __init__(
        self,
        system: Contextual,
        comparisons: Comparisons | PairCounts,
        components: Components,
        used: Bools,
    ) -> None:
        self.system = system
        self.components = components
        source: Comparisons | PairCounts = comparisons
        names: tuple[str, ...] = ()
        if isinstance(comparisons, Comparisons):
            names = comparisons.feature_names
            if not names and comparisons.voter is None:
                source = PairCounts.of(comparisons)
        self.names = names + ((POSITION,) if system.position else ())
        rows = Rows.of(source, components.strong, used, system.position)
        square = [float(rows.weight * column @ column) for column in rows.covariates]
        size = np.sqrt(np.array(square) / rows.weight.sum())
        if system.position:
            size[-1] = 1.0
        self.told: Bools = size > 0
        self.silent = [name for name, yes in zip(self.names, self.told, strict=True) if not yes]
        covariates = rows.covariates if self.told.all() else rows.covariates[self.told]
        covariates /= size[self.told, None]
        self.rows = replace(rows, covariates=covariates)
        self.penalty = np.zeros(rows.models + len(covariates))
        self.penalty[rows.models :] = system.ridge
        if system.position:
            self.penalty[-1] = 0.0

    def solution(self, plain: Floats) -> tuple[Floats, Floats, tuple[str, ...]]:
        """(m + q,) strengths and effects, their (m + q, m + q) covariance, and remarks.

        Args:
            plain: (m,) strengths without effects, to begin with.
        """
        rows = self.rows
        point = self._climb(rows, self._start(rows, plain), 0.0, SETTLED)
        bread, meat = rows.information_and_scatter(point)
        bread = self._grounded(rows, bread, 0.0)
        if not determined(bread, float(rows.square.sum() / rows.weight.sum())):
            raise ConvergenceError(self._undetermined())
        remarks: tuple[str, ...] = ()
        if rows.voter is not None:
            residual = rows.weight * (rows.win - rows.chance(point))
            pair = np.repeat(np.arange(len(rows.size)), rows.size)
            columns = [rows.low[pair], rows.high[pair]]
            columns += [np.full(len(pair), rows.models + j) for j in range(len(rows.covariates))]
            values = [residual, -residual, *(residual * rows.covariates)]
            meat, voters = cluster_meat(len(point), columns, values, rows.voter)
            remarks += few_voters(voters)
        if self.silent:
            remarks += (f"no variation: {', '.join(self.silent)} never differs between sides",)
        if self.system.ridge and len(self.names) > self.system.position:
            remarks += (f"ridge: {self.system.ridge:g} a vote on each coefficient of style",)
        return point, sandwich(bread, meat), remarks

    def coefficients(self, point: Floats, spread: Floats) -> tuple[Coefficient, ...]:
        """The effects with intervals, NaN for those that nothing tells."""
        found = []
        place = self.rows.models
        for name, told in zip(self.names, self.told, strict=True):
            if not told:
                found.append(Coefficient(name, np.nan, np.nan, np.nan))
                continue
            value, variance = float(point[place]), float(spread[place, place])
            found.append(self.system.scale.coefficient(name, value, variance))
            place += 1
        return tuple(found)

    def _start(self, rows: Rows, plain: Floats) -> Floats:
        """Where to begin: the plain strengths, and the effects that every tenth vote tells."""
        start = np.concatenate([plain, np.zeros(len(rows.covariates))])
        if len(rows.win) > START_VOTES:
            part = rows.thinned(START_STRIDE)
            found = self._climb(part, start, START_PRIOR, START_SETTLED)
            start[rows.models :] = found[rows.models :]
        return start

    def _climb(self, rows: Rows, point: Floats, prior: float, settled: float) -> Floats:
        """Newton's method, up to a step no longer than `settled`; `prior` is a ridge on strengths.

        A step is halved if it ends on a slope back that is more than half as steep as that on
        which it began. The information serves until steps of `CHORD` together were made with it;
        a step with an old one leaves an error of about itself times those before it.
        """
        slope, bread = self._terms(rows, point, prior)
        moved = 0.0
        for _ in range(STEPS):
            step = self._step(bread, slope)
            while (length := float(np.abs(step).max())) > (CHORD_SETTLED if moved else settled):
                moved = moved + length if moved + length < CHORD else 0.0
                ahead, bread = self._terms(rows, point + step, prior, bread if moved else None)
                if float(ahead @ step) >= -0.5 * float(slope @ step):
                    break
                step = step / 2
            else:
                return point + step
            point, slope = point + step, ahead
        raise ConvergenceError(self._undetermined())

    def _step(self, bread: Floats, slope: Floats) -> Floats:
        try:
            step = solve(bread, slope)
        except ConvergenceError:
            raise ConvergenceError(self._undetermined()) from None
        if not np.isfinite(step).all():
            raise ConvergenceError(self._undetermined())
        return step

    def _undetermined(self) -> str:
        return f"the votes do not determine the effects of {', '.join(self.names)}"

    def _terms(
        self, rows: Rows, point: Floats, prior: float, bread: Floats | None = None
    ) -> tuple[Floats, Floats]:
        """The penalised slope, and the information unless it is given."""
        if bread is None:
            slope, information = rows.slope_and_information(point)
            bread = self._grounded(rows, information, prior)
        else:
            slope = rows.slope(point)
        ridge = self.penalty * rows.weight.sum()
        ridge[: rows.models] += prior
        return slope - ridge * point, bread

    def _grounded(self, rows: Rows, information: Floats, prior: float) -> Floats:
        """The information with its penalties, grounded once in every component."""
        models, place = rows.models, np.arange(len(information))
        information[place, place] += self.penalty * rows.weight.sum()
        information[place[:models], place[:models]] += prior
        height = np.trace(information[:models, :models]) / models**2
        labels = self.components.strong
        information[:models, :models] += height * (labels[:, None] == labels[None, :])
        return information
