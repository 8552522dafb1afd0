"""What an export has beside a vote: evidence, flags, and what was known of the voter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import orjson
from numpy.typing import NDArray

from ..ballot import SIDES
from ..expertise import Tier
from .cells import EMPTY, FALSE, TRUE
from .table import Table, known_column

T = TypeVar("T")
EVIDENCE, FLAGS = "evidence", "flags"
OCCUPATION, SPECIALTY, TIER, EXPERT = "occupation", "specialty", "tier", "expert"
OBJECTS = (EVIDENCE, FLAGS)
NAMES = (EVIDENCE, FLAGS, OCCUPATION, SPECIALTY, TIER, EXPERT)
TIERS = frozenset({tier.value for tier in Tier})


@dataclass(frozen=True, slots=True, eq=False)
class Attached:
    """A column's texts: `code` (n,) is a place in `texts`."""

    code: NDArray[np.int32]
    texts: Sequence[str]

    def each(self, read: Callable[[str], T]) -> list[T]:
        """What every vote's text comes to."""
        made = {code: read(self.texts[code]) for code in np.unique(self.code).tolist()}
        return [made[code] for code in self.code.tolist()]


def find_attached(table: Table, named: Mapping[str, str] | None) -> dict[str, str]:
    """The columns by what they hold: those named, those of an export, or none for None.

    A file is taken for an export if it has all of `NAMES`.

    Raises:
        VoteFileError: a named column that is not there.
    """
    if named:
        return {name: known_column(table, column) for name, column in named.items()}
    whole = named is not None and set(NAMES) <= set(table.header)
    return {name: name for name in NAMES} if whole else {}


def as_texts(cells: Sequence[Any]) -> Sequence[Any]:
    """Cells of objects with the objects as their JSON."""
    return [orjson.dumps(one).decode() if isinstance(one, Mapping) else one for one in cells]


def evidence_of(text: str) -> dict[str, list[Any]]:
    """By name what was found out about side a and side b.

    Raises:
        ValueError: it is no object of pairs.
    """
    found = _object(text)
    for pair in found.values():
        if not isinstance(pair, list) or len(pair) != 2:
            raise ValueError("no pair")
        if any(isinstance(one, (list, dict)) for one in pair):
            raise ValueError("no plain values")
    return found


def flags_of(text: str) -> dict[str, dict[str, str]]:
    """By flag and side the level that the voter gave.

    Raises:
        ValueError: it is no object of levels by side.
    """
    found = _object(text)
    for sides in found.values():
        if not isinstance(sides, dict) or not sides.keys() <= set(SIDES):
            raise ValueError("no sides")
        if not all(isinstance(level, str) for level in sides.values()):
            raise ValueError("no level")
    return found


def expert_of(text: str) -> bool:
    """Whether the vote is an expert's.

    Raises:
        ValueError: it says neither.
    """
    if text.casefold() not in TRUE | FALSE:
        raise ValueError("neither true nor false")
    return text.casefold() in TRUE


def tier_of(text: str) -> str:
    """The tier, empty for none.

    Raises:
        ValueError: there is no such tier.
    """
    if text.casefold() in EMPTY:
        return ""
    if text not in TIERS:
        raise ValueError("no tier")
    return text


CHECKED: Mapping[str, tuple[str, Callable[[str], object]]] = {
    EVIDENCE: ("no object of pairs as evidence", evidence_of),
    FLAGS: ("no object of levels by side as flags", flags_of),
    TIER: ("an unknown tier", tier_of),
    EXPERT: ("neither true nor false for an expert", expert_of),
}


def holds(read: Callable[[str], object], text: str) -> bool:
    """Whether a text can be read so."""
    try:
        read(text)
    except ValueError:
        return False
    return True


def _object(text: str) -> dict[str, Any]:
    if text.casefold() in EMPTY:
        return {}
    found = orjson.loads(text)
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found
