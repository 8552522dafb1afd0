"""Faults: rows that are no votes, by what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .errors import VoteFileError

SHOWN_ROWS = 5
SHOWN_EXAMPLES = 3


@dataclass(slots=True)
class Fault:
    """One kind: how many rows, the first of them, and what some of them said."""

    count: int = 0
    rows: list[int] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)


class Faults:
    """Collects the rows that cannot be read; a row counts under its first fault only."""

    def __init__(self) -> None:
        self.kinds: dict[str, Fault] = {}

    def add(self, kind: str, rows: Sequence[int], examples: Iterable[str] = ()) -> None:
        """Note rows by number, from 1."""
        if not len(rows):
            return
        fault = self.kinds.setdefault(kind, Fault())
        fault.count += len(rows)
        fault.rows = sorted([*fault.rows, *(int(row) for row in rows[:SHOWN_ROWS])])[:SHOWN_ROWS]
        fault.examples = [*fault.examples, *examples][:SHOWN_EXAMPLES]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows, by kind."""
        return {kind: fault.count for kind, fault in self.kinds.items()}

    def refuse(self) -> None:
        """Raise if there are any.

        Raises:
            VoteFileError: it says how many rows of which kind, and which are the first.
        """
        if self.kinds:
            said = "; ".join(_sentence(kind, fault) for kind, fault in self.kinds.items())
            raise VoteFileError(f"some rows are no votes: {said}. --skip-bad leaves them out")

    def notes(self) -> tuple[str, ...]:
        """A note a kind, for rows that were left out."""
        return tuple(f"skipped: {_sentence(kind, fault)}" for kind, fault in self.kinds.items())


def _sentence(kind: str, fault: Fault) -> str:
    noun = "row" if fault.count == 1 else "rows"
    more = ", ..." if fault.count > len(fault.rows) else ""
    examples = f" {', '.join(map(repr, fault.examples))}" if fault.examples else ""
    return f"{kind}{examples} in {fault.count:,} {noun} ({', '.join(map(str, fault.rows))}{more})"
