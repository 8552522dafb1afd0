"""Parser rules that keep hostile answers cheap: depth, table size, paragraph length.

What lies beyond a bound is shown as preformatted text (token `plain`), never dropped.
"""

from __future__ import annotations

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

MAX_DEPTH: Final = 16
MAX_QUOTES: Final = 5
MAX_ROWS: Final = 500
MAX_COLUMNS: Final = 50
MAX_CELLS: Final = 10_000
MAX_PARAGRAPH: Final = 20_000


def bound_rules(md: MarkdownIt) -> None:
    """Put the bounds into `md`."""
    md.block.ruler.before("table", "too_deep", _too_deep)
    md.block.ruler.at("table", _bounded_table, {"alt": ["paragraph", "reference"]})
    md.block.ruler.at(
        "blockquote",
        _bounded_quote,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    md.core.ruler.at("inline", _bounded_inline)


def _too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent or state.level < MAX_DEPTH:
        return False
    _push_plain(state, start, _rest(state, start, end))
    return True


def _bounded_quote(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    depth = state.env.get("quotes", 0)
    if silent or depth < MAX_QUOTES:
        state.env["quotes"] = depth + 1
        found = blockquote(state, start, end, silent)
        state.env["quotes"] = depth
        return found
    if not blockquote(state, start, end, True):
        return False
    _push_plain(state, start, _rest(state, start, end))
    return True


def _bounded_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not table(state, start, min(end, start + 3), True):
        return False
    if silent:
        return True
    columns = state.src.count("|", state.bMarks[start], state.eMarks[start]) + 1
    rows = min(MAX_ROWS, (MAX_CELLS - state.env.get("cells", 0)) // columns - 1)
    if columns > MAX_COLUMNS + 2 or rows < 0:
        _push_plain(state, start, _table_end(state, start + 2, end))
        return True
    stop = min(end, start + 2 + rows)
    table(state, start, stop, False)
    state.env["cells"] = state.env.get("cells", 0) + columns * (state.line - start - 1)
    if state.line == stop < _table_end(state, stop, end):
        _push_plain(state, stop, _table_end(state, stop, end))
    return True


def _table_end(state: StateBlock, line: int, end: int) -> int:
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        line += 1
    return line


def _rest(state: StateBlock, line: int, end: int) -> int:
    line += 1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    return line


def _push_plain(state: StateBlock, start: int, stop: int) -> None:
    token = state.push("plain", "pre", 0)
    token.block = True
    token.content = state.getLines(start, stop, state.blkIndent, False)
    token.map = [start, stop]
    state.line = stop


def _is_mostly_open(text: str) -> bool:
    # Each bracket without a partner is searched for its partner on every level of nesting.
    return text.count("[") > 50 + 2 * text.count("]")


def _bounded_inline(state: StateCore) -> None:
    for token in state.tokens:
        if token.type != "inline":
            continue
        if len(token.content) > MAX_PARAGRAPH or _is_mostly_open(token.content):
            text = Token("text", "", 0)
            text.content = token.content
            token.children = [text]
        else:
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)
