"""Which of several blocks in one language make up the program.

Blocks that define the same names are versions of one another, and one of them is taken. A block
that defines what another uses belongs to it, and so does one that uses what another only defines;
what stands beside a program that does something by itself is talk about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from .languages import LANGUAGES
from .program import has_entry

_DEFINED = re.compile(
    r"^(?:(?:export )?(?:default )?(?:async )?(?:def|class|function\*?|fn|interface|type|enum"
    r"|func|struct) (\w{1,80})|(?:export )?(?:const|let|var) (\w{1,80})"
    r"|(\w{1,80}) ?\(\) ?\{"
    r"|(?:CREATE|create) (?:TEMP )?(?:TABLE|VIEW|table|view) (?:IF NOT EXISTS |if not exists )?"
    r"[\"`]?(\w{1,80}))",
    re.MULTILINE,
)
_ACTS = re.compile(
    r"^(?:[A-Za-z_][\w.]{0,80}\(|\(|(?:await|for|while|if|with|try|raise|assert|switch|do)\b"
    r"|(?:SELECT|WITH|INSERT|UPDATE|DELETE|select|insert|update|delete)\b)",
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d]\w*")
_BROKEN_OFF = re.compile(
    r"(?:return|yield|elif|else|except|finally|break|continue|catch|case)\b|\.\.\.|…|[})\]]"
)
_CHECKS = re.compile(
    r"^(?:import pytest|from pytest|import unittest|(?:def|async def) test_\w|describe\()",
    re.MULTILINE,
)
_NEARLY = 0.75


@dataclass(frozen=True)
class Piece:
    """A block of one language: `text`, and whether its fence was closed."""

    text: str
    closed: bool = True

    @cached_property
    def lines(self) -> frozenset[str]:
        """Its lines without the space around them."""
        return frozenset(line.strip() for line in self.text.split("\n") if line.strip())

    @cached_property
    def length(self) -> int:
        """How many lines hold something."""
        return sum(1 for line in self.text.split("\n") if line.strip())

    @cached_property
    def defined(self) -> frozenset[str]:
        """The names that it defines at the left margin."""
        return frozenset("".join(match) for match in _DEFINED.findall(self.text))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words in it."""
        return frozenset(_WORD.findall(self.text))

    @cached_property
    def acts(self) -> bool:
        """Whether it does something at the left margin, beyond defining names."""
        return has_entry(self.text) or bool(_ACTS.search(self.text))

    @property
    def stands_alone(self) -> bool:
        """Whether it does not begin in the midst of something."""
        first = next((line for line in self.text.split("\n") if line.strip()), " ")
        return not first[0].isspace() and not _BROKEN_OFF.match(first)

    @property
    def checks(self) -> bool:
        """Whether it holds tests of something else."""
        return bool(_CHECKS.search(self.text))


def program_text(language: str, pieces: Sequence[Piece]) -> str:
    """The text of the program that blocks of one language make up."""
    distinct = list({piece.text.strip(): piece for piece in reversed(pieces)}.values())[::-1]
    candidates = [piece for piece in distinct if piece.stands_alone] or distinct
    candidates = [piece for piece in candidates if not piece.checks] or candidates
    base = _base(candidates)
    if not LANGUAGES[language].pieces:
        return base.text
    chosen = [base]
    for piece in candidates:
        if piece is not base and all(_belongs(piece, other) for other in chosen):
            chosen.append(piece)
    linked = _linked(chosen)
    return "\n\n".join(piece.text for piece in candidates if piece in linked)


def _base(pieces: Sequence[Piece]) -> Piece:
    """The longest, or a later one that is nearly as long; one that starts somewhere first."""
    starting = [piece for piece in pieces if has_entry(piece.text)] or list(pieces)
    whole = [piece for piece in starting if piece.closed] or starting
    longest = max(piece.length for piece in whole)
    return [piece for piece in whole if piece.length >= longest * _NEARLY][-1]


def _belongs(piece: Piece, other: Piece) -> bool:
    quoted = piece.lines <= other.lines
    return piece.closed and not quoted and piece.defined.isdisjoint(other.defined)


def _linked(pieces: Sequence[Piece]) -> list[Piece]:
    """The first piece, those that it needs or that use what it only defines, and theirs again."""
    linked, waiting = [pieces[0]], list(pieces[1:])
    for other in linked:
        found = [piece for piece in waiting if _links(piece, other)]
        waiting = [piece for piece in waiting if piece not in found]
        linked += found
    return linked


def _links(piece: Piece, other: Piece) -> bool:
    needed = not piece.defined.isdisjoint(other.words)
    return needed or not (other.acts or piece.words.isdisjoint(other.defined))
