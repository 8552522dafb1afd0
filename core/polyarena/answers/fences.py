"""The blocks of code in an answer, as it was written: fenced, or else indented."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_FENCE = re.compile(
    r"(?P<lead>[ \t>]{0,40}(?:(?:[-*+]|\d{1,3}[.)])[ \t]{1,4})?)"
    r"(?P<mark>`{3,40}|~{3,40})(?P<info>[^`]{0,200})$"
)
_TAG = re.compile(r"\s{0,9}\[(/?)([A-Za-z+#]{1,12})\]\s{0,9}$")
_QUOTE = re.compile(r" {0,3}>(?: ?>){0,9} ?")
_MARKDOWN = frozenset({"markdown", "md"})
_INDENT = 4

Known = Callable[[str], bool]
"""Whether a word at a fence names a language, or a file of one."""


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


def fenced(answer: str, known: Known) -> list[Block]:
    """The fenced blocks, in order; those within a fence of Markdown too."""
    found: list[Block] = []
    for block in _blocks(lines_of(answer), known):
        if block.info.partition(" ")[0].lower() in _MARKDOWN:
            found += _blocks(lines_of(block.text), known)
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


class BlockReader:
    """Reads an answer line by line, as it comes in; `inside` says that a block is open."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._before = ""
        self._open: _Open | None = None

    @property
    def inside(self) -> bool:
        """Whether the line that was read last stands in a block, or began one."""
        return self._open is not None

    @property
    def info(self) -> str:
        """What the open block's fence says."""
        return self._open.info if self._open else ""

    def take(self, line: str) -> Iterator[Block]:
        """Read a line; a block that it ends."""
        if self._open is None:
            self._begin(line)
        else:
            yield from self._go_on(self._open, line)

    def end(self) -> Iterator[Block]:
        """The answer is over; the block that it broke off."""
        if self._open is not None:
            yield self._open.block(closed=False)
            self._open = None

    def _begin(self, line: str) -> None:
        if match := _FENCE.match(line):
            self._open = _Open(match["mark"], match["info"].strip(), match["lead"], self._before)
        elif (tag := _TAG.match(line)) and not tag[1] and self._known(tag[2]):
            self._open = _Open(f"[/{tag[2]}]", tag[2], "", self._before)
        elif line.strip():
            self._before = line

    def _go_on(self, opened: _Open, line: str) -> Iterator[Block]:
        match = _FENCE.match(line)
        if match and opened.closed_by(match["mark"], match["info"].strip()):
            yield self._close(opened)
        elif match and self._replaces(opened, match["mark"], match["info"].strip()):
            yield self._close(opened)
            self._begin(line)
        elif match is None and line.rstrip().endswith(opened.mark):
            opened.add(line.rstrip()[: -len(opened.mark)])
            yield self._close(opened)
        else:
            opened.nest(match)
            opened.add(line)

    def _replaces(self, opened: _Open, mark: str, info: str) -> bool:
        word = info.split()[0] if info else ""
        return mark == opened.mark and not opened.markdown and self._known(word)

    def _close(self, opened: _Open) -> Block:
        self._open, self._before = None, ""
        return opened.block(closed=True)


def _blocks(lines: Iterable[str], known: Known) -> Iterator[Block]:
    reader = BlockReader(known)
    for line in lines:
        yield from reader.take(line)
    yield from reader.end()


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
