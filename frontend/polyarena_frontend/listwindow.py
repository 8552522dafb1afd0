"""A long list that grows: its last items are parsed again, the earlier ones are kept as HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from polyarena_frontend.markdown import Block, render_tokens

MAX_KEPT: Final = 60_000

_OPENING: Final = re.compile(r'<(?:ul|ol(?: start="\d+")?)>\n')
_CLOSING: Final = {"bullet_list_open": "</ul>\n", "ordered_list_open": "</ol>\n"}
_AGAIN: Final = 2  # whether a list is loose shows between two items


class ListWindow:
    """The HTML of a list up to the items that are still parsed; "" while there is none."""

    def __init__(self) -> None:
        self._kind = ""
        self._kept = ""

    @property
    def full(self) -> bool:
        """Whether the list has become too long to be kept up to date."""
        return len(self._kept) > MAX_KEPT

    def complete(self, blocks: list[Block]) -> tuple[list[str], list[Block]]:
        """Blocks parsed from the window on, with the earlier items put back.

        If they do not go on with the list, it comes first, as the HTML of a block of its own.
        """
        if not self._kept:
            return [], blocks
        opening = _OPENING.match(blocks[0].html) if blocks else None
        if opening and blocks[0].token.type == self._kind:
            html = self._kept + blocks[0].html[opening.end() :]
            return [], [replace(blocks[0], html=html), *blocks[1:]]
        settled = self._kept + _CLOSING[self._kind]
        self._kept = ""
        return [settled], blocks

    def advance(self, block: Block, env: dict[str, Any]) -> int:
        """Keep all but the last items of `block`; the line from which it is parsed from now on."""
        closing = _CLOSING.get(block.token.type)
        tokens = block.tokens
        if closing is None:
            return block.start
        items = [i for i, token in enumerate(tokens) if token.level == 1 and token.nesting == 1]
        if len(items) <= _AGAIN:
            return block.start
        first = items[-_AGAIN]
        html = render_tokens([*tokens[:first], tokens[-1]], env).removesuffix(closing)
        if self._kept:
            html = self._kept + _OPENING.sub("", html, count=1)
        lines = tokens[first].map
        if lines is None or not block.html.startswith(html):
            return block.start
        self._kind, self._kept = block.token.type, html
        return lines[0]
