"""The scale of ratings: points, origin and the level of intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from .arrays import Floats, Ints
from .errors import RatingError
from .system import Coefficient, Ratings, ranks

POINTS = 400 / math.log(10)


@dataclass(frozen=True, slots=True)
class Scale:
    """How log-odds become rating points: `POINTS` of them to one unit of log-odds.

    `origin` is the rating of the model called `anchor`, or the mean of the models' ratings where
    there is no anchor; each component has an origin of its own, the anchor counts in the one it
    is in. An anchor moves all ratings by one number and leaves every interval as it was: an
    interval is that of the model's distance from the mean of its component. `level` is the
    two-sided level of the intervals.

    Raises:
        RatingError: a level outside (0, 1) or an origin that is not finite.
    """

    anchor: str | None = None
    origin: float = 1000.0
    level: float = 0.95

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise RatingError(f"the level of an interval lies between 0 and 1, not at {self.level}")
        if not math.isfinite(self.origin):
            raise RatingError(f"the origin of a scale is a finite number, not {self.origin}")

    @property
    def quantile(self) -> float:
        """The normal quantile of a two-sided interval: 1.96 at 95 %."""
        return NormalDist().inv_cdf(0.5 + self.level / 2)

    def anchor_place(self, names: tuple[str, ...]) -> int | None:
        """Where the anchor stands in `names`, or None.

        Raises:
            RatingError: there is an anchor, and no model of that name.
        """
        if self.anchor is None:
            return None
        if self.anchor not in names:
            raise RatingError(f"the anchor {self.anchor!r} is not among the models")
        return names.index(self.anchor)

    def points(self, names: tuple[str, ...], strength: Floats, component: Ints) -> Floats:
        """(m,) ratings of (m,) log-odds strengths, component by component; NaN stays NaN."""
        rating = np.full(len(names), np.nan)
        anchor = self.anchor_place(names)
        for label in np.unique(component):
            members = np.flatnonzero((component == label) & ~np.isnan(strength))
            if not len(members):
                continue
            zero = float(strength[members].mean())
            if anchor is not None and anchor in members:
                zero = float(strength[anchor])
            rating[members] = self.origin + POINTS * (strength[members] - zero)
        return rating

    def ratings(
        self,
        names: tuple[str, ...],
        strength: Floats,
        covariance: Floats,
        votes: Ints,
        component: Ints,
        notes: tuple[str, ...] = (),
        coefficients: tuple[Coefficient, ...] = (),
    ) -> Ratings:
        """Ratings of log-odds strengths and their covariance, each component centred on its mean.

        Args:
            names: (m,); strength: (m,) and covariance: (m, m) in log-odds, NaN where not known.
        """
        rating = self.points(names, strength, component)
        half = self.quantile * POINTS * np.sqrt(np.clip(np.diag(covariance), 0, None))
        return self.bounded(
            names,
            rating,
            rating - half,
            rating + half,
            votes,
            component,
            notes,
            covariance * POINTS**2,
            coefficients,
        )

    def coefficient(self, name: str, value: float, variance: float) -> Coefficient:
        """An effect in log-odds with an interval of this scale's level."""
        half = self.quantile * math.sqrt(max(float(variance), 0.0))
        return Coefficient(name, float(value), float(value) - half, float(value) + half)

    def bounded(
        self,
        names: tuple[str, ...],
        rating: Floats,
        lower: Floats,
        upper: Floats,
        votes: Ints,
        component: Ints,
        notes: tuple[str, ...] = (),
        covariance: Floats | None = None,
        coefficients: tuple[Coefficient, ...] = (),
    ) -> Ratings:
        """Ratings of bounds in points; ranks are worked out here."""
        best, worst = ranks(lower, upper, component)
        return Ratings(
            names=names,
            rating=rating,
            lower=lower,
            upper=upper,
            votes=votes,
            rank=best,
            rank_low=best,
            rank_high=worst,
            component=component,
            notes=notes,
            level=self.level,
            covariance=covariance,
            coefficients=coefficients,
        )
