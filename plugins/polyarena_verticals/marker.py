"""What stands out in an answer: citations, and words of the trade."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Self

from .words import any_of

Check = Callable[[re.Match[str]], str]
Link = Callable[[re.Match[str]], str]


@dataclass(frozen=True, slots=True)
class Marker:
    """A kind of thing in an answer, by its `title` and the `pattern` that finds it.

    Where `cites` is set, it is a source that somebody can look up. `check` answers what is wrong
    with its form, or an empty string; `link` answers an https address at which it can be looked
    up. A pattern must bound its repetitions, so that a search takes time in proportion to the
    text.
    """

    id: str
    title: str
    pattern: re.Pattern[str]
    cites: bool = False
    check: Check | None = None
    link: Link | None = None

    @classmethod
    def of_words(cls, id: str, title: str, words: str) -> Self:
        """A marker of whole words, given with commas between, as in `Specialty.words`."""
        return cls(id, title, any_of(words))


@dataclass(frozen=True, slots=True)
class Mark:
    """What a marker found: its place in the text, what is `odd` about its form, its address."""

    marker: Marker
    start: int
    end: int
    text: str
    odd: str = ""
    link: str = ""


def marks_in(text: str, markers: Iterable[Marker]) -> list[Mark]:
    """What is found in a text, by place; none overlap, and markers that come first win."""
    found: list[Mark] = []
    taken = bytearray(len(text))
    for marker in markers:
        for match in marker.pattern.finditer(text):
            start, end = match.span()
            end = start + _kept(text[start:end])
            if end > start and not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                odd = marker.check(match) if marker.check else ""
                link = marker.link(match) if marker.link and not odd else ""
                found.append(Mark(marker, start, end, text[start:end], odd, link))
    return sorted(found, key=lambda mark: mark.start)


def trimmed(text: str) -> str:
    """A text without the punctuation of the sentence that it ends."""
    return text[: _kept(text)]


def _kept(text: str) -> int:
    end = len(text)
    while end:
        last = text[end - 1]
        opening = {")": "(", "]": "["}.get(last)
        closes = opening and text.count(last, 0, end) > text.count(opening, 0, end)
        if not closes and last not in ".,;:!?'\"”’*_ ":
            break
        end -= 1
    return end
