"""The blocks of code in an answer, as it was written: fenced, or else indented."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .languages import language_called, language_of_file

_FENCE = re.compile(
    r"(?P<lead>[ \t>]{0,40}(?:(?:[-*+]|\d{1,3}[.)])[ \t]{1,4})?)"
    r"(?P<mark>`{3,40}|~{3,40})(?P<info>[^`]{0,200})$"
)
_TAG = re.compile(r"\s{0,9}\[(/?)([A-Za-z+#]{1,12})\]\s{0,9}$")
_QUOTE = re.compile(r" {0,3}>(?: ?>){0,9} ?")
_MARKDOWN = frozenset({"markdown", "md"})
_INDENT = 4


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: `info` is what its fence says, `before` the last line of words above it.

    `closed` is false where the answer ended before its fence did.
    """

    info: str
    text: str
    before: str
    closed: bool = True


def lines_of(text: str) -> list[str]:
    """A text's lines; only a line feed ends one, so that code stays as it is."""
    return text.replace("\r\n", "\n").split("\n")


def fenced(answer: str) -> list[Block]:
    """The fenced blocks, in order; those within a fence of Markdown too."""
    found: list[Block] = []
    for block in _Reader(lines_of(answer)).read():
        if block.info.partition(" ")[0].lower() in _MARKDOWN:
            found += _Reader(lines_of(block.text)).read()
        else:
            found.append(block)
    return found


def indented(answer: str) -> list[Block]:
    """The blocks that are indented by four spaces or a tab, between blank lines."""
    found: list[Block] = []
    gathered: list[str] = []
    before, blank = "", True
    for line in [*lines_of(answer), "."]:
        deep = line.startswith(("\t", " " * _INDENT))
        if not line.strip():
            gathered += [""] if gathered else []
            blank = True
        elif deep and (gathered or blank):
            gathered.append(line[1:] if line[0] == "\t" else line[_INDENT:])
        else:
            if gathered:
                found.append(Block("", "\n".join(gathered).rstrip(), before))
            gathered, before, blank = [], line, False
    return found


class _Reader:
    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.before = ""
        self.open: _Open | None = None

    def read(self) -> Iterator[Block]:
        for line in self.lines:
            if self.open is None:
                self.begin(line)
            else:
                yield from self.go_on(self.open, line)
        if self.open is not None:
            yield self.open.block(closed=False)

    def begin(self, line: str) -> None:
        if match := _FENCE.match(line):
            self.open = _Open(match["mark"], match["info"].strip(), match["lead"], self.before)
        elif (tag := _TAG.match(line)) and not tag[1] and language_called(tag[2]):
            self.open = _Open(f"[/{tag[2]}]", tag[2], "", self.before)
        elif line.strip():
            self.before = line

    def go_on(self, opened: _Open, line: str) -> Iterator[Block]:
        match = _FENCE.match(line)
        if match and opened.closed_by(match["mark"], match["info"].strip()):
            yield self.end(opened)
        elif match and opened.replaced_by(match["mark"], match["info"].strip()):
            yield self.end(opened)
            self.begin(line)
        elif match is None and line.rstrip().endswith(opened.mark):
            opened.add(line.rstrip()[: -len(opened.mark)])
            yield self.end(opened)
        else:
            opened.nest(match)
            opened.add(line)

    def end(self, opened: _Open) -> Block:
        self.open, self.before = None, ""
        return opened.block(closed=True)


class _Open:
    def __init__(self, mark: str, info: str, lead: str, before: str) -> None:
        self.mark, self.info, self.lead, self.before = mark, info, lead, before
        self.lines: list[str] = []
        self.depth = 0
        self.markdown = info.lower() in _MARKDOWN

    def closed_by(self, mark: str, info: str) -> bool:
        if not mark.startswith(self.mark) or self.depth:
            return False
        return not info or info.startswith("<") or len(info.split()) > 2

    def replaced_by(self, mark: str, info: str) -> bool:
        word = info.split()[0] if info else ""
        known = language_called(word) or language_of_file(word)
        return mark == self.mark and not self.markdown and bool(known)

    def nest(self, match: re.Match[str] | None) -> None:
        if match and self.markdown:
            self.depth = 1 if match["info"].strip() else 0

    def add(self, line: str) -> None:
        if ">" in self.lead and (quote := _QUOTE.match(line)):
            line = line[quote.end() :]
        width = len(self.lead) if ">" not in self.lead else 0
        spare = len(line) - len(line.lstrip(" \t"))
        self.lines.append(line[min(width, spare) :])

    def block(self, *, closed: bool) -> Block:
        text = "\n".join(self.lines).rstrip()
        return Block(self.info, text, self.before, closed)
