"""Two programs side by side, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from polyarena.content import Code

from .plaintext import clean_text

LINES = 2000


@dataclass(frozen=True, slots=True)
class Row:
    """A line of each side with its number, None where there is no such line."""

    left: str | None
    right: str | None
    left_number: int | None
    right_number: int | None
    changed: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files; `cut` if one was too long to be compared whole."""

    left: str
    right: str
    rows: tuple[Row, ...]
    cut: bool

    @property
    def same(self) -> bool:
        """Whether no line differs."""
        return not any(row.changed for row in self.rows)


def compare(left: Sequence[Code], right: Sequence[Code]) -> tuple[Comparison, ...]:
    """Files of one name beside each other; where each side has one, these two."""
    if len(left) == len(right) == 1:
        return (_compare(left[0], right[0]),)
    by_name = [{file.filename: file for file in files} for files in (left, right)]
    empty = Code(text="")
    return tuple(
        _compare(by_name[0].get(name, empty), by_name[1].get(name, empty))
        for name in dict.fromkeys([*by_name[0], *by_name[1]])
    )


def _compare(left: Code, right: Code) -> Comparison:
    a, b = (clean_text(file.text).splitlines() for file in (left, right))
    rows = tuple(_rows(a[:LINES], b[:LINES]))
    return Comparison(left.filename, right.filename, rows, max(len(a), len(b)) > LINES)


def _rows(a: list[str], b: list[str]) -> Iterator[Row]:
    matcher = SequenceMatcher(None, [line.rstrip() for line in a], [line.rstrip() for line in b])
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        for step in range(max(i_end - i, j_end - j)):
            at_left = i + step if i + step < i_end else None
            at_right = j + step if j + step < j_end else None
            yield Row(
                left=None if at_left is None else a[at_left],
                right=None if at_right is None else b[at_right],
                left_number=None if at_left is None else at_left + 1,
                right_number=None if at_right is None else at_right + 1,
                changed=kind != "equal",
            )
