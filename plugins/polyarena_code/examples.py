"""Example tests of a prompt: inputs with the output that is wanted, or a file for pytest."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOST_TESTS = 20

_PYTEST = re.compile(
    r"^(?:\s{0,20}(?:async )?def test_\w|import pytest|from pytest |class Test\w{0,60}\b)",
    re.MULTILINE,
)
_ARROW = re.compile(r"\s*(?:->|=>|→)\s*$")
_INLINE = re.compile(r"\s(?:->|=>|→)(?:\s|$)|^(?:->|=>|→)\s")
_RULE = re.compile(r"\s{0,3}-{3,80}\s{0,3}$")
_INPUT = re.compile(r"\s{0,3}(?:sample |example )?inputs?(?: \d{1,3})?\s?:?\s*$", re.IGNORECASE)
_OUTPUT = re.compile(
    r"\s{0,3}(?:sample |example |expected )?outputs?(?: \d{1,3})?\s?:?\s*$", re.IGNORECASE
)
_FUNCTION = re.compile(r"^[ \t]{0,20}(?:async )?def test\w", re.MULTILINE)
_MODULE = re.compile(r"^(?:from ([a-z_]\w{0,60}) import|import ([a-z_]\w{0,60}))", re.MULTILINE)
_LIBRARY_NAMES = """
pytest unittest math random re json os sys io time datetime itertools functools collections
string decimal fractions statistics pathlib typing operator copy random textwrap tempfile
subprocess contextlib dataclasses enum heapq bisect numpy scipy pandas matplotlib sympy
hypothesis csv sqlite3 inspect importlib
"""
_LIBRARIES = frozenset(_LIBRARY_NAMES.split())


class BadTests(ValueError):
    """The tests of a prompt cannot be read; the message says why, for the person who gave them."""


@dataclass(frozen=True, slots=True)
class Example:
    """What to give a program as standard input, and what it should print."""

    input: str
    output: str


@dataclass(frozen=True, slots=True)
class Tests:
    """Examples, or the text of a pytest file; both empty where there are none."""

    examples: tuple[Example, ...] = ()
    pytest: str = ""

    def __bool__(self) -> bool:
        return bool(self.examples or self.pytest)

    @property
    def count(self) -> int:
        """How many tests there are; of a pytest file, its functions."""
        return len(self.examples) or len(_FUNCTION.findall(self.pytest))

    @property
    def module(self) -> str:
        """The module that the pytest file imports the program as; `main` where it says none."""
        names = (match[1] or match[2] for match in _MODULE.finditer(self.pytest))
        return next((name for name in names if name not in _LIBRARIES), "main")

    @classmethod
    def read(cls, text: str) -> Tests:
        """Read tests as they are written in a prompt.

        A pytest file; or one test a line, ``input -> output``, where ``\\n`` stands for a new
        line; or blocks, a line ``->`` between input and output and a line ``---`` (or a blank
        line, if no ``---`` is there) between two tests; or blocks under ``Input:`` and
        ``Output:``.

        Raises:
            BadTests: a test has no arrow, or there are more than `MOST_TESTS`.
        """
        if not text.strip():
            return cls()
        if _PYTEST.search(text):
            return cls(pytest=text)
        lines = text.replace("\r\n", "\n").strip("\n").split("\n")
        if any(_OUTPUT.match(line) for line in lines) and any(map(_INPUT.match, lines)):
            found = _labelled(lines)
        elif any(_ARROW.fullmatch(line) for line in lines):
            found = _blocks(lines)
        else:
            found = [_inline(line) for line in lines if line.strip() and not _RULE.match(line)]
        if len(found) > MOST_TESTS:
            raise BadTests(f"There are {len(found)} tests; at most {MOST_TESTS} are run.")
        return cls(tuple(found))


def agrees(output: str, wanted: str) -> bool:
    """Whether an output is what a test wants, white space at the ends of lines and around aside."""
    return _trimmed(output) == _trimmed(wanted)


def _trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().replace("\r\n", "\n").split("\n")]


def _inline(line: str) -> Example:
    arrows = list(_INLINE.finditer(line))
    if not arrows:
        shown = line.strip()[:60]
        raise BadTests(f"The test {shown!r} has no arrow; write: input -> output")
    before, after = line[: arrows[-1].start()], line[arrows[-1].end() :]
    return Example(_unescaped(before), _unescaped(after))


def _unescaped(text: str) -> str:
    return text.strip().replace("\\n", "\n")


def _blocks(lines: list[str]) -> list[Example]:
    ruled = any(_RULE.match(line) for line in lines)
    blocks: list[list[str]] = [[]]
    for line in lines:
        if _RULE.match(line) if ruled else not line.strip():
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [_block(block) for block in blocks if any(line.strip() for line in block)]


def _block(lines: list[str]) -> Example:
    for number, line in enumerate(lines):
        if _ARROW.fullmatch(line):
            return Example("\n".join(lines[:number]), "\n".join(lines[number + 1 :]))
    if len(lines) == 1:
        return _inline(lines[0])
    shown = lines[0].strip()[:60]
    raise BadTests(f"The test that begins {shown!r} has no line with an arrow alone: ->")


def _labelled(lines: list[str]) -> list[Example]:
    found: list[tuple[list[str], list[str]]] = []
    place = -1
    for line in lines:
        if _INPUT.match(line):
            found.append(([], []))
            place = 0
        elif _OUTPUT.match(line) and place == 0:
            place = 1
        elif place >= 0:
            found[-1][place].append(line)
    return [Example("\n".join(one).strip("\n"), "\n".join(two).strip("\n")) for one, two in found]
