"""Comparisons: votes as arrays of integer codes, one row a vote."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any, Self

import numpy as np

from .arrays import Bools, Codes, Floats, frozen
from .columns import Column, encode, named, plain
from .errors import ComparisonError


class Outcome(IntEnum):
    """What a vote said; `label` is the spelling of a ballot."""

    A_WINS = 0
    B_WINS = 1
    TIE = 2
    BOTH_BAD = 3

    @property
    def label(self) -> str:
        """`a`, `b`, `tie` or `both_bad`."""
        return LABELS[self]


LABELS = ("a", "b", "tie", "both_bad")
OUTCOMES = len(LABELS)
MIRRORED = (Outcome.B_WINS, Outcome.A_WINS, Outcome.TIE, Outcome.BOTH_BAD)
BY_LABEL: dict[Any, int] = {label: code for code, label in enumerate(LABELS)}


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """Votes on pairs of models.

    `first`, `second`: (n,) places in `names` of the model on side a and on side b; `outcome`:
    (n,) codes of `Outcome`; `weight`: (n,) finite and not negative, or None for ones;
    `voter`: (n,) voter numbers, -1 for a voter who is not known, or None; `features`: (n, q)
    covariates called `feature_names`, each of side a minus side b, or None.

    Raises:
        ComparisonError: no rows, lengths that differ, repeated names, codes outside their range,
            a model against itself, weights that are negative, weights or features not finite.
    """

    names: tuple[str, ...]
    first: Codes
    second: Codes
    outcome: Codes
    weight: Floats | None = None
    voter: Codes | None = None
    features: Floats | None = None
    feature_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_names(self.names)
        for field in ("first", "second", "outcome", "voter"):
            value = getattr(self, field)
            if value is not None:
                object.__setattr__(self, field, frozen(_whole_numbers(field, value)))
        for field in ("weight", "features"):
            value = getattr(self, field)
            if value is not None:
                object.__setattr__(self, field, frozen(np.asarray(value, dtype=np.float64)))
        self._check_shapes()
        self._check_values()

    def __len__(self) -> int:
        return len(self.first)

    @property
    def weights(self) -> Floats:
        """(n,) weights, ones where none were given."""
        return np.ones(len(self)) if self.weight is None else self.weight

    @classmethod
    def from_names(
        cls,
        first: Column,
        second: Column,
        outcome: Column,
        *,
        weight: Sequence[float] | Floats | None = None,
        voter: Iterable[Hashable] | None = None,
        names: Sequence[str] | None = None,
    ) -> Self:
        """Make comparisons of model names and ballot labels (or codes of `Outcome`).

        Columns are lists, numpy arrays or Arrow arrays, which are read by their dictionaries.

        Args:
            first: (n,) names on side a; second: (n,) names on side b.
            outcome: (n,) of `a`, `b`, `tie`, `both_bad`, or of codes.
            weight: (n,) weights.
            voter: (n,) anything hashable; None is a voter who is not known.
            names: the models and their order; by default those met, sorted.

        Raises:
            ComparisonError: a name that is not text or not in `names`, an unknown label, or what
                the class refuses.
        """
        if names is None:
            names, codes = named(first, second)
        else:
            index = {name: place for place, name in enumerate(names)}
            codes = [
                encode(side, index, "a model that is not in the list") for side in (first, second)
            ]
        return cls(
            names=tuple(names),
            first=codes[0],
            second=codes[1],
            outcome=_outcome_codes(outcome),
            weight=None if weight is None else np.asarray(weight, dtype=np.float64),
            voter=None if voter is None else _voter_codes(plain(voter)),
        )

    def take(self, rows: Bools | Codes) -> Self:
        """The comparisons at `rows` (a mask or positions), with the same names."""
        picked: dict[str, Any] = {}
        for field in ("first", "second", "outcome", "weight", "voter", "features"):
            value = getattr(self, field)
            picked[field] = None if value is None else value[rows]
        return replace(self, **picked)

    def weighted(self, weight: Floats) -> Self:
        """The same votes, each with the given weight in place of its own."""
        return replace(self, weight=weight)

    def described(self, features: Mapping[str, Floats]) -> Self:
        """The same votes with covariates: by name, (n,) of side a minus side b."""
        columns = np.column_stack([np.asarray(x, dtype=np.float64) for x in features.values()])
        return replace(self, features=columns, feature_names=tuple(features))

    def _check_shapes(self) -> None:
        count = len(self.first)
        if count == 0:
            raise ComparisonError("there are no comparisons")
        for field in ("first", "second", "outcome", "weight", "voter"):
            value = getattr(self, field)
            if value is not None and value.shape != (count,):
                raise ComparisonError(f"{field} has shape {value.shape}; ({count},) was expected")
        shape = None if self.features is None else self.features.shape
        if shape not in (None, (count, len(self.feature_names))):
            wanted = (count, len(self.feature_names))
            raise ComparisonError(f"features have shape {shape}; {wanted} was expected")

    def _check_values(self) -> None:
        _check_range("first", self.first, 0, len(self.names))
        _check_range("second", self.second, 0, len(self.names))
        _check_range("outcome", self.outcome, 0, OUTCOMES)
        if self.voter is not None:
            _check_range("voter", self.voter, -1, np.iinfo(np.int64).max)
        same = self.first == self.second
        if same.any():
            raise ComparisonError.at("a model battles itself", same)
        if self.weight is not None:
            bad = ~(np.isfinite(self.weight) & (self.weight >= 0))
            if bad.any():
                raise ComparisonError.at("a weight is negative or not finite", bad)
        if self.features is not None and not np.isfinite(self.features).all():
            fine = np.isfinite(self.features).all(axis=1)
            raise ComparisonError.at("a feature is not finite", ~np.asarray(fine))


def _outcome_codes(outcome: Column) -> Codes:
    if any(isinstance(cell, int) for cell in plain(outcome[:1])):
        return np.asarray(outcome)
    return encode(outcome, BY_LABEL, "not an outcome").astype(np.int8)


def _voter_codes(voters: list[Any]) -> Codes:
    index: dict[Any, int] = {None: -1}
    for voter in voters:
        if voter not in index:
            index[voter] = len(index) - 1
    return encode(voters, index, "not a voter")


def _whole_numbers(field: str, value: Any) -> Codes:
    array = np.asarray(value)
    if array.dtype.kind not in "iu" and array.size:
        raise ComparisonError(f"{field} must hold integers, not {array.dtype}")
    return array if array.dtype.kind in "iu" else array.astype(np.int64)


def _check_names(names: tuple[str, ...]) -> None:
    if len(set(names)) != len(names):
        repeated = sorted({name for name in names if names.count(name) > 1})
        raise ComparisonError(f"repeated model names: {', '.join(map(repr, repeated[:5]))}")


def _check_range(field: str, values: Codes, low: int, high: int) -> None:
    if int(values.min()) < low or int(values.max()) >= high:
        bad = (values < low) | (values >= high)
        raise ComparisonError.at(f"{field} outside its range", bad)
