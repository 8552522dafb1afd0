"""What a rating system is, and the ratings it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np

from .arrays import Floats, Ints
from .comparisons import Comparisons
from .pair_counts import PairCounts


@dataclass(frozen=True, slots=True)
class Coefficient:
    """What a system estimated beside the ratings, in log-odds, with its interval."""

    name: str
    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Ratings of m models, in the order of `names`.

    `rating`, `lower`, `upper`: (m,) in points, 400 of them to tenfold odds of winning.
    `votes`: (m,) votes each model took part in. `rank`: (m,) one plus the number of models whose
    `lower` lies above this `upper`; `rank_low` and `rank_high`: (m,) the best and worst rank the
    intervals leave open. `component`: (m,) two models can be compared only if they share a
    component; 0 is the main one (the anchor's, or that with most votes). `notes` say what the
    ratings do not know, each beginning with a word for its kind: `disconnected`, `separated`,
    `few votes`, `prior` and so on. `covariance`: (m, m) of the ratings in squared points, each
    component centred on its mean, where the system has one. `coefficients`: effects other than
    those of models (of ties, position, style), where the system has them.

    What the votes do not determine is NaN, with ranks of 0, and never a number that a prior or
    a ridge made up unasked. A model that won (or lost) every battle is alone in its component:
    its rating is NaN. A group of models in a component apart from the main one is rated among
    itself, with an origin of its own. Ranks are counted inside a component.
    """

    names: tuple[str, ...]
    rating: Floats
    lower: Floats
    upper: Floats
    votes: Ints
    rank: Ints
    rank_low: Ints
    rank_high: Ints
    component: Ints
    notes: tuple[str, ...] = ()
    level: float = 0.95
    covariance: Floats | None = None
    coefficients: tuple[Coefficient, ...] = ()

    def __len__(self) -> int:
        return len(self.names)

    def order(self) -> Ints:
        """(m,) places of the models, best first inside each component, the unrated last."""
        unrated = np.isnan(self.rating)
        return np.lexsort((-np.nan_to_num(self.rating), self.component, unrated))


@runtime_checkable
class RatingSystem(Protocol):
    """Makes ratings of comparisons; configured when it is built, stateless afterwards."""

    @property
    def name(self) -> str:
        """A short identifier such as `bradley-terry`."""
        ...

    def fit(self, comparisons: Comparisons | PairCounts) -> Ratings:
        """Rate every model in `comparisons.names`.

        Raises:
            RatingError: these comparisons cannot be rated by this system.
        """
        ...


def ranks(lower: Floats, upper: Floats, component: Ints) -> tuple[Ints, Ints]:
    """Best and worst rank that intervals leave open, inside each component; 0 without interval.

    Best is one plus the number of models whose lower bound lies above this upper bound; worst is
    one plus the number of other models whose upper bound is not below this lower bound.
    """
    best = np.zeros(len(lower), dtype=np.int64)
    worst = np.zeros(len(lower), dtype=np.int64)
    known = ~(np.isnan(lower) | np.isnan(upper))
    for label in np.unique(component[known]):
        members = np.flatnonzero(known & (component == label))
        above = np.sort(lower[members])
        below = np.sort(upper[members])
        best[members] = 1 + len(members) - np.searchsorted(above, upper[members], side="right")
        worst[members] = len(members) - np.searchsorted(below, lower[members], side="left")
    return best, worst
