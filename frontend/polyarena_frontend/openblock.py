"""The last block of an answer that is still being written."""

from __future__ import annotations

import re
from typing import Any, Final

from polyarena_frontend.markdown import Block
from polyarena_frontend.renderer import CODE_END, fence_is_open

_CLOSERS: Final = re.compile(r"(?:</(?:p|li|ul|ol|blockquote|h[3-6])>\n*)+\Z")
_REACH: Final = 400
_PLAIN: Final = r"A-Za-z0-9 ,.:?!'\"/%+=(@^{}\u00a1-\U0010ffff-"
_INERT: Final = re.compile(f"[{_PLAIN}]+")
_INERT_OR_CLOSING: Final = re.compile(f"[{_PLAIN});]+")
_SETTLED: Final = re.compile(r"[^\W_]|[,.:?!'\"/%(){};]")
_NEWLINE: Final = re.compile(r"[ \t]*\n")
_BLANK_LINE: Final = re.compile(r"[ \t]*\n[ \t]*\n")
_ENDS: Final = {
    "fence": _NEWLINE,
    "heading_open": _NEWLINE,
    "hr": _NEWLINE,
    "math_block": _NEWLINE,
    "paragraph_open": _BLANK_LINE,
    "table_open": _BLANK_LINE,
}


def utf16_length(text: str) -> int:
    """The length of `text` as JavaScript counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


class OpenBlock:
    """HTML in two parts, `head` and `tail`, between which shown text may be inserted.

    `inert` matches text of which the escaped form can be inserted with the same result as parsing
    the block anew; None if there is no such text. `fence` finds the closing line of an open code
    block; None for other blocks. `end` matches, after the block's text, what ends it for good.
    """

    __slots__ = ("end", "fence", "head", "inert", "tail", "units")

    def __init__(self, head: str = "", tail: str = "") -> None:
        self.head = head
        self.tail = tail
        self.units = utf16_length(head)
        self.inert: re.Pattern[str] | None = None
        self.fence: re.Pattern[str] | None = None
        self.end: re.Pattern[str] | None = None

    @property
    def html(self) -> str:
        """The block's HTML."""
        return self.head + self.tail

    def insert(self, html: str) -> None:
        """Put `html` between head and tail."""
        self.head += html
        self.units += utf16_length(html)


def open_block(block: Block, text: str, env: dict[str, Any]) -> OpenBlock:
    """`block`, the last one, parsed with `env` from `text`, which starts where the block starts."""
    if block.token.type == "fence" and fence_is_open(block.token, env):
        return _open_fence(block, text)
    closers = _CLOSERS.search(block.html, max(0, len(block.html) - _REACH))
    cut = closers.start() if closers else len(block.html)
    opened = OpenBlock(block.html[:cut], block.html[cut:])
    opened.end = _ENDS.get(block.token.type)
    last = text[-1]
    # A reference definition may still grow its title; after a delimiter the next character counts.
    if closers and _SETTLED.fullmatch(last) and opened.head.endswith(last) and "]:" not in text:
        closing = "](" not in text and "&" not in text
        opened.inert = _INERT_OR_CLOSING if closing else _INERT
    return opened


def _open_fence(block: Block, text: str) -> OpenBlock:
    marker = block.token.markup
    if not text.startswith(marker):
        return OpenBlock(block.html)
    opened = OpenBlock(block.html.removesuffix(CODE_END), CODE_END)
    opened.fence = re.compile(rf"^ {{0,3}}{marker}{marker[0]}*[ \t]*$", re.MULTILINE)
    return opened
