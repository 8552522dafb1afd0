"""Features of style: columns that come in pairs, one a side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .cells import number
from .columns import Columns
from .errors import VoteFileError
from .table import Chunk, Table, listed

SIDES = {"a": "b", "left": "right"}
NO_STYLE = frozenset({"id", "model", "winner", "score", "rating", "rank", "vote", "index"})
SAMPLE = 200


@dataclass(frozen=True, slots=True)
class Feature:
    """A measure of both sides: its name, and its column on side a and on side b."""

    name: str
    a: str
    b: str


def find_features(table: Table, columns: Columns, named: Sequence[str]) -> tuple[Feature, ...]:
    """The features named, by name or by one of their columns; or all whose cells are numbers.

    Raises:
        VoteFileError: a name that no two columns have, or none found.
    """
    sample = next(iter(table.chunks(table.header)), None)
    if sample is None:
        return ()
    names = _names(table.header, sample)
    pairs = _pairs(names)
    if named:
        return tuple(_named(pairs, name) for name in named)
    used = {columns.a, columns.b, *columns.winner}
    found = tuple(
        feature
        for feature in pairs
        if not used & {feature.a, feature.b}
        and not NO_STYLE & set(feature.name.casefold().split("_"))
        and all(_numeric(names[column]) for column in (feature.a, feature.b))
    )
    if not found:
        raise VoteFileError(
            "no columns look like features of style: there must be two a feature, such as "
            f"words_a and words_b; the columns are {listed(table.header)}"
        )
    return found


def differences(
    feature: Feature, a: NDArray[np.float64], b: NDArray[np.float64]
) -> NDArray[np.float64]:
    """(n,) side a minus side b: of counts, relative to their sum; of other numbers as they are."""
    from ..rating import relative_difference

    if (a < 0).any() or (b < 0).any():
        return a - b
    return relative_difference(a, b)


def _names(header: Sequence[str], sample: Chunk) -> dict[str, list[Any]]:
    """Some cells by column, and by field of columns that hold objects."""
    names: dict[str, list[Any]] = {}
    for column, cells in zip(header, sample.cells, strict=True):
        some = list(cells[:SAMPLE])
        names[column] = some
        if some and isinstance(some[0], Mapping):
            for key in some[0]:
                names[f"{column}.{key}"] = [
                    cell.get(key) if isinstance(cell, Mapping) else None for cell in some
                ]
    return names


def _pairs(names: Iterable[str]) -> list[Feature]:
    known = set(names)
    found = []
    for column in names:
        before, dot, last = column.rpartition(".")
        words = last.split("_")
        for place, word in enumerate(words):
            other = SIDES.get(word.casefold())
            if other is None:
                continue
            other = other.upper() if word.isupper() else other
            rest = [*words[:place], *words[place + 1 :]]
            mate = before + dot + "_".join([*words[:place], other, *words[place + 1 :]])
            if rest and mate in known:
                found.append(Feature("_".join(rest), column, mate))
    return found


def _named(pairs: Sequence[Feature], name: str) -> Feature:
    for feature in pairs:
        if name in (feature.name, feature.a, feature.b):
            return feature
    known = listed([feature.name for feature in pairs]) or "none"
    raise VoteFileError(f"no two columns are the feature {name!r}; there are {known}")


def _numeric(cells: Sequence[Any]) -> bool:
    return bool(cells) and not any(
        np.isnan(number(cell)) or isinstance(cell, bool) for cell in cells
    )
