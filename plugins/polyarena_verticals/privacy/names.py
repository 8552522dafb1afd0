"""Names of persons: by a title, by what is said of them, by a given name in the right place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from . import cues
from .finding import Span
from .given import GIVEN

_UP = "A-ZÀ-ÖØ-ÞČŠŽŁŚŹŻĆŃŐŰİŞĞ"
_WORD = rf"[{_UP}][\w'’]{{1,30}}(?:-[{_UP}][\w'’]{{1,30}})?"
_SMALL = (
    r"(?:(?:von|van|de|da|del|della|di|dos|das|do|la|le|el|al|bin|zu|der|den|ter|af|y|e)\s|d['’])"
)
_NAME = rf"{_SMALL}{{0,3}}(?:[{_UP}]\.\s?){{0,2}}{_WORD}"
_MORE = rf"(?:\s{_SMALL}{{0,3}}(?:[{_UP}]\.|{_WORD})){{0,2}}"


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


_PERSON = _any(cues.PERSONS)
_TITLED = re.compile(rf"(?<!\w)(?:{_any(cues.TITLES)}\.?ª?\s(?:med\.\s)?){{1,3}}({_NAME}{_MORE})")
_SAID = re.compile(
    rf"(?<!\w)(?:{_any(cues.SAID)}|{_PERSON},?\s{_any(cues.CALLED)})\s({_NAME}{_MORE})"
)
_CLOSING = re.compile(
    rf"{_any(cues.CLOSINGS)},?[ ]?\n{{1,2}}[ ]{{0,4}}({_NAME}(?:\s{_SMALL}{{0,2}}{_WORD}){{1,2}})"
)
_OF_AGED = re.compile(rf"(?<!\w){_PERSON},?\s({_WORD}{_MORE})(?=,?\s\(?{_any(cues.AGE_AFTER)})")
# The others count where they begin with a given name.
_KIN = re.compile(rf"(?<!\w){_any(cues.KIN)},?\s({_WORD}{_MORE})")
_OF = re.compile(rf"(?<!\w){_PERSON},?\s({_WORD}{_MORE})")
_AGED = re.compile(
    rf"(?<![\w'’-])({_WORD}(?:\s{_SMALL}{{0,2}}(?:[{_UP}]\.|{_WORD})){{1,3}})"
    rf"(?=,?\s\(?{_any(cues.AGE_AFTER)})"
)


def names(text: str) -> Iterator[Span]:
    """Where names are; a title before one, and what makes it a genitive, are left out."""
    for start, end in _found(text):
        yield start, end - 2 * text.endswith(("'s", "’s"), start, end)


def _found(text: str) -> Iterator[Span]:
    for match in _TITLED.finditer(text):
        if _first(match[1]) not in cues.NOBODY:
            yield match.span(1)
    for pattern in (_SAID, _CLOSING, _OF_AGED):
        yield from (match.span(1) for match in pattern.finditer(text))
    for pattern in (_KIN, _OF, _AGED):
        for match in pattern.finditer(text):
            if _first(match[1]).split("-")[0] in GIVEN:
                yield match.span(1)


def _first(name: str) -> str:
    return name.split()[0].lower().strip(".")
