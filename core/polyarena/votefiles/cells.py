"""Cells: what a file holds in one row of one column, as text or as a number."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .errors import VoteFileError

LIST_SEPARATOR = ";"
EMPTY = frozenset({"", "nan", "none", "null", "<na>"})
TRUE = frozenset({"true", "1", "yes", "t"})
FALSE = frozenset({"false", "0", "no", "f"}) | EMPTY


def text(cell: Any) -> str:
    """A cell's text without blanks around it; empty for null, lists joined by semicolons.

    Raises:
        VoteFileError: the cell is an object.
    """
    if isinstance(cell, str):
        return cell.strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return "" if math.isnan(cell) else f"{cell:.17g}"
    if isinstance(cell, (list, tuple)):
        return LIST_SEPARATOR.join(map(text, cell))
    if isinstance(cell, Mapping):
        fields = ", ".join(map(str, list(cell)[:5]))
        raise VoteFileError(f"it holds objects; name one of their fields after a dot: {fields}")
    return str(cell)


def number(cell: Any) -> float:
    """A cell's number, NaN where there is none; an object of numbers counts as their sum."""
    if isinstance(cell, Mapping):
        return math.fsum(map(number, cell.values()))
    if isinstance(cell, (bool, list, tuple)):
        return math.nan
    try:
        return float(cell)
    except (TypeError, ValueError):
        return math.nan


def numbers(cells: Sequence[Any]) -> NDArray[np.float64]:
    """(n,) the cells' numbers, NaN where there is none."""
    try:
        return np.array(cells, dtype=np.float64).reshape(len(cells))
    except (TypeError, ValueError):
        return np.fromiter(map(number, cells), np.float64, len(cells))


def dig(cell: Any, path: str) -> Any:
    """The cell at a dotted path inside an object, None where there is none."""
    if not isinstance(cell, Mapping):
        return None
    if path in cell:
        return cell[path]
    for place, letter in enumerate(path):
        if letter == "." and path[:place] in cell:
            return dig(cell[path[:place]], path[place + 1 :])
    return None


class Codebook(dict[Any, int]):
    """Numbers the distinct texts of a column in the order in which they are met."""

    def __init__(self, column: str) -> None:
        super().__init__()
        self.column = column
        self.texts: list[str] = []
        self._places: dict[str, int] = {}

    def __missing__(self, cell: Any) -> int:
        met = text(cell)
        place = self._places.setdefault(met, len(self.texts))
        if place == len(self.texts):
            self.texts.append(met)
        self[cell] = place
        return place

    def codes(self, cells: Sequence[Any]) -> NDArray[np.int32]:
        """(n,) numbers of the cells' texts.

        Raises:
            VoteFileError: the column holds objects.
        """
        try:
            return self._codes(cells)
        except TypeError:
            pass
        try:
            return self._codes([text(cell) for cell in cells])
        except VoteFileError as error:
            raise VoteFileError(f"column {self.column!r}: {error}") from None

    def empty(self) -> NDArray[np.bool_]:
        """(k,) which of the texts met say nothing."""
        return self.where(lambda met: met.casefold() in EMPTY)

    def where(self, condition: Any) -> NDArray[np.bool_]:
        """(k,) which of the texts met a condition holds for."""
        return np.fromiter(map(condition, self.texts), np.bool_, len(self.texts))

    def _codes(self, cells: Iterable[Any]) -> NDArray[np.int32]:
        return np.fromiter(map(self.__getitem__, cells), np.int32)
