"""A program that stands in an answer without any fence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polyarena.answers import lines_of

from .guessing import guess, is_strong

_COLUMNS = 300
_SENTENCE = re.compile(
    r"(?:[-*•]\s|\d{1,2}[.)]\s)?[\"'(A-Z][\w'’,\"()-]{0,40}(?:\s[\w'’,\"`()*-]{1,40}){3}"
)
_CODE = re.compile(
    r"\s|#|//|/\*|\*/|--|@|[})\]]|<|\"\"\"|'''|import\b|from\b.*\bimport\b|return\b"
    r"|.*[;{}:,\\(\[=]\s*$|.*\w\(.*\)|.*[=<>]=|.* = |\w{1,40}\s*$"
)
_STOPS = re.compile(
    r"</?[\w|]{1,20}>|<\|?\w{1,20}\|?>|(?:A|Q|Human|User|Output|Explanation):|#{2,6} "
)
_TOKEN = re.compile(r"</s>|<\|[A-Za-z_]{1,20}\|>")
_QUOTES = ('"""', "'''")


def plain_code(answer: str, asked: str = "") -> tuple[str, str]:
    """The language and the text of code without a fence; empty strings if there is none.

    It begins at the first line that can only be code, or at a comment above that, and ends where
    sentences begin again.
    """
    stripped = _TOKEN.split(answer.strip(), maxsplit=1)[0]
    if stripped.count("`") == 2 and stripped[:1] == stripped[-1:] == "`":
        stripped = stripped[1:-1]
    lines = lines_of(stripped)
    start = next((n for n, line in enumerate(lines) if is_strong(line)), None)
    if start is None:
        return "", ""
    while start and _is_opening(lines[start - 1]):
        start -= 1
    text = "\n".join(lines[start : _end(lines, start)]).rstrip()
    language = guess(text, asked)
    return (language, text) if language else ("", "")


def _end(lines: Sequence[str], start: int) -> int:
    quoted = False
    end = start
    for number in range(start, len(lines)):
        line = lines[number][:_COLUMNS]
        marks = sum(line.count(quote) for quote in _QUOTES)
        if not quoted and not marks and line.strip():
            if _STOPS.match(line) or (number > start and _is_prose(line)):
                return end
            end = number + 1
        quoted ^= marks % 2 == 1
        end = number + 1 if quoted or marks else end
    return end


def _is_prose(line: str) -> bool:
    if not _CODE.match(line):
        return True
    ends_as_code = line.rstrip().endswith((";", "{", "}", ":", ",", "\\"))
    return bool(_SENTENCE.match(line)) and not ends_as_code and not is_strong(line)


def _is_opening(line: str) -> bool:
    return line.startswith(("#", "//", "/*", " *", "--", "@", "import ", "from ", "package "))
