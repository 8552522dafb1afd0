"""Features of style: columns that come in pairs, one a side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .cells import EMPTY, number
from .columns import Columns
from .errors import VoteFileError
from .table import Chunk, Table, known_column, listed

SIDES = {"a": "b", "left": "right"}
NO_STYLE = frozenset({"id", "model", "winner", "score", "rating", "rank", "vote", "index"})
SAMPLE = 200


class Measuring(Enum):
    """What is made of features, and of a vote that has no number for one.

    `STRICT`: such a row is bad. `BOARD`: as an arena's board does it; the vote is left out, and
    counted in the notes. `KEEP`: the vote stays, and both sides' numbers are kept as they are.
    """

    STRICT = "strict"
    BOARD = "board"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Feature:
    """A measure of both sides: its name, its column on side a and on side b, and who named it.

    `asked`: a person did; otherwise it was guessed.
    """

    name: str
    a: str
    b: str
    asked: bool = False


def find_features(
    table: Table,
    columns: Columns,
    named: Sequence[str | Feature],
    measuring: Measuring = Measuring.STRICT,
) -> tuple[Feature, ...]:
    """The features named; or, where none are, all whose cells are numbers.

    A name is that of a feature or of one of its columns, and NAME=COLUMN calls it something else.
    Where votes are kept, those named come with all others whose cells are numbers, if any.

    Raises:
        VoteFileError: a name that no two columns have, or none found.
    """
    sample = next(iter(table.chunks(table.header)), None)
    if sample is None:
        return ()
    names = _names(table.header, sample)
    pairs = _pairs(names)
    found = {one.name: one for one in (_named(table, pairs, name) for name in named)}
    if found and measuring is not Measuring.KEEP:
        return tuple(found.values())
    used = {columns.a, columns.b, *columns.winner}
    used.update(side for one in found.values() for side in (one.a, one.b))
    for one in pairs:
        if used.isdisjoint((one.a, one.b)) and _looks_like_style(one, names):
            found.setdefault(one.name, one)
    if not found and measuring is not Measuring.KEEP:
        raise VoteFileError(
            "no columns look like features of style: there must be two a feature, such as "
            f"words_a and words_b; the columns are {listed(table.header)}"
        )
    return tuple(found.values())


def differences(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) side a minus side b: of counts, relative to their sum; of other numbers as they are."""
    from ..rating import relative_difference

    if (a < 0).any() or (b < 0).any():
        return a - b
    return relative_difference(a, b)


def board_differences(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) side a minus side b relative to the sum of their sizes, as boards of arenas take it."""
    size = np.abs(a) + np.abs(b)
    return np.asarray(np.divide(a - b, size, out=np.zeros_like(size), where=size != 0))


def _looks_like_style(feature: Feature, names: Mapping[str, Sequence[Any]]) -> bool:
    words = set(feature.name.casefold().split("_"))
    return not NO_STYLE & words and all(_numeric(names[side]) for side in (feature.a, feature.b))


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


def _named(table: Table, pairs: Sequence[Feature], name: str | Feature) -> Feature:
    if isinstance(name, Feature):
        return replace(name, a=known_column(table, name.a), b=known_column(table, name.b))
    called, equals, column = name.partition("=")
    for feature in pairs:
        if name in (feature.name, feature.a, feature.b):
            return replace(feature, asked=True)
        if equals and called and column in (feature.name, feature.a, feature.b):
            return replace(feature, name=called, asked=True)
    known = listed([feature.name for feature in pairs]) or "none"
    raise VoteFileError(f"no two columns are the feature {name!r}; there are {known}")


def _numeric(cells: Sequence[Any]) -> bool:
    """Whether the cells that say anything are numbers, and some do."""
    told = [cell for cell in cells if not _blank(cell)]
    return bool(told) and not any(np.isnan(number(cell)) or isinstance(cell, bool) for cell in told)


def _blank(cell: Any) -> bool:
    if isinstance(cell, str):
        return cell.strip().casefold() in EMPTY
    return cell is None or (isinstance(cell, float) and np.isnan(cell))
