"""Whose votes a board is of: everybody's, the public's, experts', a tier's, a specialty's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from .expertise import Expertise, Tier

PUBLIC = "public"
EXPERT = "expert"
TIER = "tier-"
SPECIALTY = "specialty-"
Rows = NDArray[np.int64]


class CastVote(Protocol):
    """What is stored with a vote of who cast it."""

    @property
    def tier(self) -> str | None: ...
    @property
    def specialty(self) -> str | None: ...
    @property
    def expert(self) -> bool | None: ...


def electorates(asked: Expertise | None) -> dict[str, str]:
    """By id, the titles of those whose votes have boards of their own; none without expertise."""
    if asked is None:
        return {}
    return {
        PUBLIC: "Public",
        EXPERT: "Experts",
        **{f"{TIER}{tier.value}": tier.label for tier in Tier},
        **{f"{SPECIALTY}{id}": f"Experts: {title}" for id, title in asked.specialties},
    }


def stored_with(voters: str) -> dict[str, str]:
    """What is stored with the votes of an electorate, by the field of `CastVote`, as text.

    Raises:
        ValueError: there is no such electorate; the message lists what there is.
    """
    tiers = [f"{TIER}{tier.value}" for tier in Tier]
    if voters in (PUBLIC, EXPERT):
        return {"expert": str(voters == EXPERT).lower()}
    if voters in tiers:
        return {"tier": voters.removeprefix(TIER)}
    if len(voters) > len(SPECIALTY) and voters.startswith(SPECIALTY):
        return {"expert": "true", "specialty": voters.removeprefix(SPECIALTY)}
    known = ", ".join((PUBLIC, EXPERT, *tiers))
    raise ValueError(f"there are no voters {voters!r}; there are {known}, {SPECIALTY}NAME")


class Electorate:
    """Who cast the votes, by row: the tier, whether as an expert, and in which specialty."""

    def __init__(self) -> None:
        self._tier = np.empty(0, dtype=np.int8)
        self._expert = np.empty(0, dtype=np.bool_)
        self._specialty = np.empty(0, dtype=np.int32)
        self._specialties: dict[str, int] = {"": 0}
        self._tiers = {tier.value: code for code, tier in enumerate(Tier)}

    def add(self, votes: Sequence[CastVote]) -> None:
        """Append votes."""
        known, tiers = self._specialties, self._tiers
        tier = [tiers.get(vote.tier or "", -1) for vote in votes]
        expert = [bool(vote.expert) for vote in votes]
        specialty = [known.setdefault(vote.specialty or "", len(known)) for vote in votes]
        self._tier = np.concatenate([self._tier, np.array(tier, dtype=np.int8)])
        self._expert = np.concatenate([self._expert, np.array(expert, dtype=np.bool_)])
        self._specialty = np.concatenate([self._specialty, np.array(specialty, dtype=np.int32)])

    def rows(self, rows: Rows, voters: str) -> Rows:
        """The rows among these whose votes are theirs; all of them for an empty one."""
        if not voters:
            return rows
        if voters in (PUBLIC, EXPERT):
            kept = self._expert[rows] == (voters == EXPERT)
        elif voters.startswith(TIER):
            kept = self._tier[rows] == self._tiers[voters[len(TIER) :]]
        else:
            code = self._specialties.get(voters[len(SPECIALTY) :], -1)
            kept = self._expert[rows] & (self._specialty[rows] == code)
        found: Rows = rows[kept]
        return found

    def sizes(self, rows: Rows, voters: Mapping[str, str]) -> dict[str, int]:
        """How many of these rows are whose."""
        return {one: len(self.rows(rows, one)) for one in ("", *voters)}
