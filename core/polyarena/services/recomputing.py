"""Snapshots made again from their votes, and compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ..criteria import counts_of, digest, rate
from ..evidence import Aggregates
from ..leaderboard import Parameters
from ..plain import finite
from ..store.snapshots import Snapshot
from ..tally import Figures, Tally
from .drawn import judging, made

if TYPE_CHECKING:
    from ..criteria import Votes

TOLERANCE = 1e-6
COMPARED = ("rating", "lower", "upper", "rank", "rank_low", "rank_high", "votes")


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A snapshot made again from the votes.

    `difference` is the largest one in any figure, infinite where one has a figure and the other
    none, and that of a column relative to it where it is above 1; `counts_match`: the votes are
    the ones that were rated.
    """

    snapshot: Snapshot
    difference: float
    counts_match: bool

    @property
    def equal(self) -> bool:
        """Whether it is the same board, to a millionth of a point."""
        return self.counts_match and self.difference <= TOLERANCE


def columns_of(snapshot: Snapshot) -> Aggregates:
    """The arena's columns of evidence that a snapshot has, and how each was worked out."""
    columns: Aggregates = snapshot.parameters.get("columns", {})
    return columns


def votes_of(tally: Tally, snapshot: Snapshot) -> tuple[Votes, Figures] | None:
    """The votes that a snapshot rated and the figures of their evidence; None without any."""
    entries = [str(one["entry"]) for one in snapshot.standings]
    known = snapshot.parameters.get("corrected", 0)
    rows = tally.rows(entries, snapshot.category or None, snapshot.last_seq, known=known)
    rows = tally.voting(rows, snapshot.voters)
    if snapshot.control:
        rows = tally.measured_rows(rows)
    # A composite board's parameters name its criteria; any other has the aspect alone, or none.
    aspects = list(snapshot.parameters.get("criteria", ())) or [snapshot.aspect]
    by_aspect = judging(tally, rows, aspects)
    if not all(len(part) for part in by_aspect.values()):
        return None
    votes = made(tally, by_aspect, {entry: entry for entry in entries}, snapshot)
    rows = np.unique(np.concatenate(list(by_aspect.values())))
    return votes, tally.figures(rows, columns_of(snapshot))


def compared(snapshot: Snapshot, votes: Votes, figures: Figures) -> Recomputed:
    """A snapshot beside what its votes come to."""
    ratings = rate(votes, Parameters.of(snapshot.parameters)).ratings
    place = {name: i for i, name in enumerate(ratings.names)}
    largest = 0.0
    for one in snapshot.standings:
        entry, told = one["entry"], one.get("columns", {})
        for name in COMPARED:
            again = finite(getattr(ratings, name)[place[entry]])
            largest = max(largest, _difference(again, one[name]))
        for name, known in figures[entry].items():
            scale = max(1.0, abs(known or 0.0))
            largest = max(largest, _difference(known, told.get(name)) / scale)
    same = digest(counts_of(votes)) == snapshot.digest
    return Recomputed(snapshot, float(largest), same)


def _difference(one: float | None, other: float | None) -> float:
    if one is None or other is None:
        return 0.0 if one is other else np.inf
    return abs(one - other)
