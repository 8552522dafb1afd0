"""Votes of a file, ready to be rated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ..rating import Comparisons
from .attached import Attached
from .columns import Columns
from .errors import VoteFileError
from .features import Feature
from .winners import MISSING


@dataclass(frozen=True, slots=True, eq=False)
class Categories:
    """Which categories a vote is in: `code` (n,) is a place in `groups`, the sets there are."""

    code: NDArray[np.int32]
    groups: tuple[tuple[str, ...], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every category, sorted."""
        met = set(np.unique(self.code).tolist())
        return tuple(sorted({name for place in met for name in self.groups[place]}))

    def mask(self, name: str) -> NDArray[np.bool_]:
        """(n,) which votes are in a category."""
        return np.array([name in group for group in self.groups])[self.code]


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """The stratum of every vote's voter: `code` (n,) is a place in `shares`, by stratum."""

    code: NDArray[np.int32]
    shares: Mapping[str, float]

    def of(self, rows: NDArray[np.bool_]) -> list[str]:
        """The strata of some votes."""
        names = list(self.shares)
        return [names[code] for code in self.code[rows].tolist()]


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """Features as the file has them: `sides` (n, q, 2), NaN where there is no number."""

    features: tuple[Feature, ...]
    sides: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """What was read: comparisons, the row each came from, voters by number, categories, columns.

    `propensity` (n,) and `strata` are there if they were asked for, `measures` if features are
    kept instead of being part of the comparisons. `aspects` are by name (n,) what votes say of
    one, as outcomes, -1 for nothing; `attached` what stands beside the votes, if it was asked for.
    `skipped` counts the rows left out by kind; `notes` say what was guessed and left out.
    """

    comparisons: Comparisons
    row: NDArray[np.int64]
    voters: tuple[str, ...]
    categories: Categories | None
    skipped: Mapping[str, int]
    notes: tuple[str, ...]
    columns: Columns
    propensity: NDArray[np.float64] | None = None
    strata: Strata | None = None
    measures: Measures | None = None
    aspects: Mapping[str, NDArray[np.int8]] = field(default_factory=dict)
    attached: Mapping[str, Attached] = field(default_factory=dict)

    def judging(self, aspect: str) -> Votes:
        """The votes that judge an aspect, with what they say of it as their outcome.

        Raises:
            VoteFileError: there are none.
        """
        said = self.aspects[aspect]
        rows = said != MISSING
        if not rows.any():
            raise VoteFileError(f"aspects: no vote here judges {aspect}")
        taken = replace(self.comparisons.take(rows), outcome=said[rows])
        categories, strata = self.categories, self.strata
        return replace(
            self,
            comparisons=met_only(taken),
            row=self.row[rows],
            categories=categories and replace(categories, code=categories.code[rows]),
            propensity=None if self.propensity is None else self.propensity[rows],
            strata=strata and replace(strata, code=strata.code[rows]),
            measures=None,
            aspects={},
            attached={},
        )

    def __len__(self) -> int:
        return len(self.row)


def met_only(comparisons: Comparisons) -> Comparisons:
    """The same comparisons without the models that take part in none."""
    places = np.concatenate([comparisons.first, comparisons.second])
    met = np.bincount(places, minlength=len(comparisons.names)) > 0
    if met.all():
        return comparisons
    moved = np.cumsum(met) - 1
    return replace(
        comparisons,
        names=tuple(name for name, kept in zip(comparisons.names, met, strict=True) if kept),
        first=moved[comparisons.first],
        second=moved[comparisons.second],
    )
