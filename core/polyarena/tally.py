"""An arena's counted votes as columns that grow; only new votes are ever read."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

import numpy as np
import orjson
from numpy.typing import NDArray

from .aspects import UNSAID, Aspects
from .electorate import CastVote, Electorate
from .evidence import Aggregates, Evidence
from .placement import Correction, Placement

if TYPE_CHECKING:
    from .rating import Comparisons, PairCounts

T = TypeVar("T", bound=np.generic)
Figures = Mapping[str, Mapping[str, float | None]]
OUTCOMES = {"a": 0, "b": 1, "tie": 2, "both_bad": 3}
LABELS = tuple(OUTCOMES)


class VoteLike(CastVote, Protocol):
    """What a tally keeps of a vote."""

    @property
    def seq(self) -> int: ...
    @property
    def at(self) -> float: ...
    @property
    def first(self) -> str: ...
    @property
    def second(self) -> str: ...
    @property
    def choice(self) -> str: ...
    @property
    def visitor(self) -> str: ...


class Tally:
    """Votes in the order of their keys: entries, outcome, voter, and what is known beside.

    `upto` is the key up to which votes were read, `measured` and `judged` the same for their
    measures and for what they say of aspects. A measure is kept as (a - b) / (|a| + |b|) of the two
    sides, 0 where both are 0.
    """

    def __init__(self) -> None:
        self.upto = 0
        self.measured = 0
        self.judged = 0
        self.entries: dict[str, int] = {}
        self._voters: dict[str, int] = {}
        self.seq = np.empty(0, dtype=np.int64)
        self.at = np.empty(0)
        self._first = np.empty(0, dtype=np.int32)
        self._second = np.empty(0, dtype=np.int32)
        self._outcome = np.empty(0, dtype=np.int8)
        self._voter = np.empty(0, dtype=np.int32)
        self._placement = Placement()
        self._measures: dict[str, NDArray[np.float64]] = {}
        self.evidence = Evidence()
        self._aspects = Aspects(OUTCOMES)
        self._electorate = Electorate()

    def __len__(self) -> int:
        return len(self.seq)

    def add(
        self, votes: Sequence[VoteLike], categories: Sequence[tuple[int, str]], upto: int
    ) -> None:
        """Append votes with keys above the last; `categories` are (key, category)."""
        self.upto = upto
        if not votes:
            return
        entries, voters = self.entries, self._voters
        self.seq = _joined(self.seq, [vote.seq for vote in votes])
        self.at = _joined(self.at, [vote.at for vote in votes])
        self._first = _joined(
            self._first, [entries.setdefault(vote.first, len(entries)) for vote in votes]
        )
        self._second = _joined(
            self._second, [entries.setdefault(vote.second, len(entries)) for vote in votes]
        )
        self._outcome = _joined(self._outcome, [OUTCOMES[vote.choice] for vote in votes])
        self._voter = _joined(
            self._voter, [voters.setdefault(vote.visitor, len(voters)) for vote in votes]
        )
        self._electorate.add(votes)
        found: dict[str, list[int]] = {}
        for seq, category in categories:
            found.setdefault(category, []).append(seq)
        for category, keys in found.items():
            self._placement.add(category, np.searchsorted(self.seq, np.sort(np.array(keys))))

    @property
    def corrected(self) -> int:
        """The key of the newest correction of categories, 0 without any."""
        return self._placement.corrected

    @property
    def state(self) -> tuple[int, int]:
        """What changes with every vote and every correction."""
        return len(self), self.corrected

    def correct(self, found: Sequence[Correction]) -> None:
        """Take in corrections of votes that are here, in the order of their keys."""
        self._placement.correct(found, np.searchsorted(self.seq, [one.vote for one in found]))

    def measure(self, measures: Sequence[tuple[int, str]], upto: int) -> None:
        """Take in (key, JSON of measures) of votes that are here, above the last measured."""
        self.measured = upto
        for column, held in self._measures.items():
            self._measures[column] = _padded(held, len(self))
        rows = np.searchsorted(self.seq, [seq for seq, _ in measures])
        for row, (_, text) in zip(rows.tolist(), measures, strict=True):
            for name, (a, b) in orjson.loads(text).items():
                if name not in self._measures:
                    self._measures[name] = np.full(len(self), np.nan)
                size = abs(a) + abs(b)
                self._measures[name][row] = (a - b) / size if size else 0.0

    def judge(self, said: Sequence[tuple[int, str]], upto: int) -> None:
        """Take in (key, JSON of choices by aspect) of votes above the last judged."""
        self.judged = upto
        rows = np.searchsorted(self.seq, [seq for seq, _ in said])
        self._aspects.add(rows, [text for _, text in said], len(self))

    def learn(
        self, wanted: Aggregates, found: Sequence[tuple[int, str]], after: int, upto: int
    ) -> None:
        """Take in (key, JSON of evidence) of votes that are here with keys in (after, upto]."""
        rows = np.searchsorted(self.seq, [seq for seq, _ in found])
        self.evidence.add(wanted, rows, [text for _, text in found], len(self), (after, upto))

    def rows(
        self,
        entries: Sequence[str],
        category: str | None = None,
        upto: int | None = None,
        after: int = 0,
        known: int | None = None,
    ) -> NDArray[np.int64]:
        """Rows of the votes between these entries, of a category, with keys in (after, upto].

        Categories are those of now, or as of the correction with the key `known`.
        """
        kept = np.zeros(len(self.entries) + 1, dtype=np.bool_)
        kept[[self.entries[entry] for entry in entries if entry in self.entries]] = True
        first = int(np.searchsorted(self.seq, after, side="right"))
        rows = np.arange(first, len(self))
        if category is not None:
            rows = self._placement.rows(category, known)
            rows = rows[np.searchsorted(rows, first) :]
        if upto is not None:
            rows = rows[: np.searchsorted(self.seq[rows], upto, side="right")]
        return rows[kept[self._first[rows]] & kept[self._second[rows]]]

    def voting(self, rows: NDArray[np.int64], voters: str) -> NDArray[np.int64]:
        """The rows among these whose votes are of these voters, see `electorate`."""
        return self._electorate.rows(rows, voters)

    def voters(self, entries: Sequence[str], voters: Mapping[str, str]) -> dict[str, int]:
        """How many votes between these entries are whose."""
        return self._electorate.sizes(self.rows(entries), voters)

    def judging(self, rows: NDArray[np.int64], aspect: str) -> NDArray[np.int64]:
        """The rows among these whose votes judge an aspect."""
        said: NDArray[np.int64] = rows[self._aspects.outcomes(aspect, rows) != UNSAID]
        return said

    def comparisons(
        self, rows: NDArray[np.int64], labels: Mapping[str, str], aspect: str = ""
    ) -> Comparisons:
        """The votes of these rows for the rating engine, on the models they name.

        Models are in the order of their entry ids and called by their `labels`. The outcome is
        that of the main choice, or by an `aspect` that all of these rows judge.

        Raises:
            ComparisonError: there are no rows.
        """
        from .rating import Comparisons

        met = np.zeros(len(self.entries), dtype=np.bool_)
        met[self._first[rows]] = met[self._second[rows]] = True
        by_code = tuple(self.entries)
        order = sorted(np.flatnonzero(met).tolist(), key=lambda code: by_code[code])
        place = np.zeros(len(self.entries), dtype=np.int32)
        place[order] = np.arange(len(order))
        return Comparisons(
            names=tuple(labels[by_code[code]] for code in order),
            first=place[self._first[rows]],
            second=place[self._second[rows]],
            outcome=self._aspects.outcomes(aspect, rows) if aspect else self._outcome[rows],
            voter=self._voter[rows],
        )

    def measured_rows(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows among these that have every measure; none where nothing is measured."""
        columns = [_padded(held, len(self))[rows] for held in self._measures.values()]
        if not columns:
            return rows[:0]
        return rows[~np.isnan(np.column_stack(columns)).any(axis=1)]

    def controlled(
        self, rows: NDArray[np.int64], labels: Mapping[str, str], aspect: str = ""
    ) -> Comparisons:
        """The votes of these rows, such as those of `measured_rows`, with their measures.

        Raises:
            ComparisonError: there are no rows.
        """
        columns = {name: _padded(held, len(self))[rows] for name, held in self._measures.items()}
        return self.comparisons(rows, labels, aspect).described(columns)

    def figures(self, rows: NDArray[np.int64], wanted: Aggregates) -> Figures:
        """By entry and column, what the evidence of these rows' votes comes to, None without any.

        The evidence must have been taken in, see `learn`.
        """
        sides = np.column_stack([self._first[rows], self._second[rows]])
        found = self.evidence.figures(wanted, rows, sides, len(self.entries))
        return {
            entry: {
                name: float(column[code]) if math.isfinite(column[code]) else None
                for name, column in found.items()
            }
            for entry, code in self.entries.items()
        }

    def sizes(self, entries: Sequence[str]) -> dict[str, int]:
        """How many votes between these entries each category has."""
        return {name: len(self.rows(entries, name)) for name in self._placement.categories}


def digest(counts: PairCounts) -> str:
    """SHA-256 of the counts: lines of side a, side b, outcome and number of votes, sorted."""
    lines = [
        f"{counts.names[a]}\t{counts.names[b]}\t{LABELS[outcome]}\t{number}"
        for a, b, row in zip(counts.first, counts.second, counts.votes, strict=True)
        for outcome, number in enumerate(row)
        if number
    ]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _joined(held: NDArray[T], more: Sequence[float]) -> NDArray[T]:
    return np.concatenate([held, np.asarray(more, dtype=held.dtype)])


def _padded(held: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    return np.concatenate([held, np.full(size - len(held), np.nan)])
