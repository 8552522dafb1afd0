"""An answer while it comes in: words are shown at once, files are kept back until it is whole."""

from __future__ import annotations

import re

from polyarena.answers import Block, BlockReader

from .extraction import piece_of
from .sources import is_known
from .structured import handed_in

EVERY_LINES = 10
_MAY_BEGIN = re.compile(r"[ \t>*+\-\d.)]*[`~\[<]?[`~]?$")
_PAGE = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_PAGE_ENDS = "</html>"
_JSON = "{"
_STARTS = ("<!doctype html", "<html", "```", "~~~")


class Answer:
    """Takes an answer piece by piece.

    `take` answers the words to show of it, `working` tells what is being written, or is empty.
    A block that is no part of an app is shown whole once it has ended.
    """

    def __init__(self) -> None:
        self.said: list[str] = []
        self._reader = BlockReader(is_known)
        self._line = ""
        self._shown = 0
        self._lines = 0
        self.length = 0
        self._page = False
        self._json: bool | None = None

    @property
    def text(self) -> str:
        """All of it so far."""
        return "".join(self.said)

    @property
    def working(self) -> str:
        """What is being written and kept back, in words."""
        if self._json:
            return f"Writing, {self.length // 1000 + 1},000 characters"
        if not (self._page or self._reader.inside):
            return ""
        if self._lines % EVERY_LINES:
            return ""
        return f"Writing, line {self._lines}" if self._lines else "Writing"

    def take(self, text: str) -> str:
        """Read on; the words to show now."""
        self.said.append(text)
        self.length += len(text)
        if self._json is None and (start := self.text.lstrip()):
            self._json = start.startswith(_JSON)
        if self._json:
            return ""
        shown = []
        *lines, rest = (self._line + text).split("\n")
        for line in lines:
            shown.append(self._end_of_line(line))
            self._line, self._shown = "", 0
        self._line = rest
        if not self._inside and not self._held(rest):
            shown.append(rest[self._shown :])
            self._shown = len(rest)
        return "".join(shown)

    def end(self) -> str:
        """The answer is over; what is left to be shown of it."""
        if self._json:
            handed = handed_in(self.text)
            return handed.words if handed else self.text
        shown = self._end_of_line(self._line) if self._line else ""
        return shown + "".join(map(self._of_block, self._reader.end()))

    @property
    def _inside(self) -> bool:
        return self._page or self._reader.inside

    def _held(self, line: str) -> bool:
        """Whether a line may yet turn out to begin a block."""
        if self._shown:
            return False
        low = line.lstrip().lower()
        begins = any(start.startswith(low) or low.startswith(start) for start in _STARTS)
        return begins or bool(_MAY_BEGIN.match(line))

    def _end_of_line(self, line: str) -> str:
        if self._page:
            self._lines += 1
            self._page = _PAGE_ENDS not in line.lower()
            return "" if self._page else _kept(self._lines)
        inside = self._reader.inside
        if not inside and not self._shown and _PAGE.match(line):
            self._page, self._lines = _PAGE_ENDS not in line.lower(), 1
            return "" if self._page else _kept(1)
        ended = list(self._reader.take(line))
        if inside or self._reader.inside:
            self._lines = self._lines + 1 if inside and not ended else 0
            return "".join(map(self._of_block, ended))
        return line[self._shown :] + "\n"

    def _of_block(self, block: Block) -> str:
        piece = piece_of(block)
        if piece is not None or block.info.lower().startswith("json"):
            return _kept(block.text.count("\n") + 1, piece.name if piece else "")
        fence = "````" if "```" in block.text else "```"
        return f"\n{fence}{block.info}\n{block.text}\n{fence}\n"


def _kept(lines: int, name: str = "") -> str:
    """What stands in the place of code."""
    count = "1 line" if lines == 1 else f"{lines:,} lines"
    return f"\n*{count} of `{name or 'code'}`*\n"
