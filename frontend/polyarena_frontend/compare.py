"""Two programs side by side, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from markupsafe import Markup

from polyarena.content import Code

from .highlight import highlight
from .plaintext import clean_text

LINES: Final = 2000
Kind = Literal["same", "changed", "left", "right"]
Line = tuple[str, Markup]

_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of each side with its number, None where there is no such line."""

    kind: Kind
    left: Markup | None
    right: Markup | None
    left_number: int | None
    right_number: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files by name, empty where a side has none; `cut` if not all lines are in `rows`."""

    left: str
    right: str
    rows: tuple[Row, ...]
    cut: bool

    @property
    def same(self) -> bool:
        """Whether no line differs."""
        return all(row.kind == "same" for row in self.rows)


def compare(left: Sequence[Code], right: Sequence[Code]) -> tuple[Comparison, ...]:
    """Files of one name beside each other, then the others in their order.

    All comparisons together have at most `LINES` rows.
    """
    made: list[Comparison] = []
    room = LINES
    for pair in _pairs(left, right):
        one = _compare(*pair, room)
        room -= len(one.rows)
        made.append(one)
    return tuple(made)


def _pairs(left: Sequence[Code], right: Sequence[Code]) -> Iterator[tuple[Code, Code]]:
    none = Code(text="")
    named = {file.filename: file for file in right}
    partners = {file.filename: named[file.filename] for file in left if file.filename in named}
    spare = iter([file for file in right if file.filename not in partners])
    for file in left:
        yield file, partners.get(file.filename) or next(spare, none)
    for file in spare:
        yield none, file


def _compare(left: Code, right: Code, room: int) -> Comparison:
    a, b = _lines(left), _lines(right)
    rows = list(_rows(a[:room], b[:room]))
    cut = len(rows) > room or max(len(a), len(b)) > room
    return Comparison(left.filename, right.filename, tuple(rows[:room]), cut)


def _lines(file: Code) -> list[Line]:
    """A file's lines; a highlighted token that spans several is closed and opened again."""
    text = clean_text(file.text).removesuffix("\n")
    if not text:
        return []
    lines: list[Line] = []
    opened = ""
    shown = highlight(text, file.language).split("\n")
    for plain, html in zip(text.split("\n"), shown, strict=True):
        begun = opened
        for tag in _TAG.findall(html):
            opened = "" if tag == "</span>" else tag
        whole = begun + html + ("</span>" if opened else "")
        lines.append((plain.rstrip(), Markup(whole)))  # noqa: S704
    return lines


def _rows(a: list[Line], b: list[Line]) -> Iterator[Row]:
    matcher = SequenceMatcher(None, [plain for plain, _ in a], [plain for plain, _ in b])
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        both: Kind = "same" if kind == "equal" else "changed"
        for step in range(max(i_end - i, j_end - j)):
            at_left = i + step if i + step < i_end else None
            at_right = j + step if j + step < j_end else None
            yield Row(
                kind="right" if at_left is None else "left" if at_right is None else both,
                left=None if at_left is None else a[at_left][1],
                right=None if at_right is None else b[at_right][1],
                left_number=None if at_left is None else at_left + 1,
                right_number=None if at_right is None else at_right + 1,
            )
