"""Parser rules for formulas: `$…$`, `$$…$$`, `\\(…\\)` and `\\[…\\]`."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar

_BLOCK_CLOSERS: Final = {"$$": "$$", "\\[": "\\]"}
_INLINE_CLOSERS: Final = {"\\(": "\\)", "\\[": "\\]"}
_BLANK_LINE: Final = re.compile(r"\n[ \t>]*\n")
_REACH: Final = 4_000
_DOLLAR: Final = math_inline_dollar(allow_space=False, allow_digits=False, allow_double=True)


def math_rules(md: MarkdownIt) -> None:
    """Teach `md` formulas.

    Tokens: `math_block`, `math_inline`, `math_inline_double`. While `env["streaming"]` is set, a
    formula that the text so far leaves open is `math_open` (a block) or plain text (inline).
    """
    dollarmath_plugin(md, allow_space=False, allow_digits=False, double_inline=True)
    md.block.ruler.at(
        "math_block", _math_block, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.inline.ruler.at("math_inline", _math_inline)
    md.inline.ruler.before("escape", "math_bracket", _math_bracket)
    md.inline.ruler.before("math_inline", "math_dollars_open", _math_dollars_open)


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    first = state.bMarks[start] + state.tShift[start]
    closer = _BLOCK_CLOSERS.get(state.src[first : first + 2])
    if closer is None:
        return False
    found = state.src.find(closer, first + 2, first + _REACH)
    region_end = state.eMarks[end - 1]
    closed = 0 <= found < region_end
    blank = _BLANK_LINE.search(
        state.src, first, found if closed else min(region_end, first + _REACH)
    )
    if blank:
        return False
    if not closed:
        return _open_block(state, start, end, silent)
    last = _line_at(state, start, end, found)
    if last is None or state.src[found + 2 : state.eMarks[last]].strip():
        return False
    if silent:
        return True
    body = [state.src[first + 2 : min(found, state.eMarks[start])]]
    body += [
        state.src[state.bMarks[line] : min(found, state.eMarks[line])]
        for line in range(start + 1, last + 1)
    ]
    _push(state, "math_block", start, last + 1, "\n".join(body))
    return True


def _open_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not state.env.get("streaming") or state.eMarks[end - 1] - state.bMarks[start] > _REACH:
        return False
    if state.level or end != state.env["lines"]:
        return False
    if not silent:
        _push(state, "math_open", start, end, state.getLines(start, end, 0, False))
    return True


def _line_at(state: StateBlock, start: int, end: int, position: int) -> int | None:
    for line in range(start, end):
        if line > start and state.sCount[line] < state.blkIndent:
            return None
        if position <= state.eMarks[line]:
            return line if position >= state.bMarks[line] else None
    return None


def _push(state: StateBlock, kind: str, start: int, stop: int, content: str) -> None:
    token = state.push(kind, "math", 0)
    token.block = True
    token.content = content
    token.map = [start, stop]
    state.line = stop


def _math_inline(state: StateInline, silent: bool) -> bool:
    if state.pos:
        return _DOLLAR(state, silent)
    # The rule takes the text's last character for the one before its first.
    source = state.src
    state.src = f"{source} "
    try:
        return _DOLLAR(state, silent)
    finally:
        state.src = source


def _math_bracket(state: StateInline, silent: bool) -> bool:
    opener = state.src[state.pos : state.pos + 2]
    closer = _INLINE_CLOSERS.get(opener)
    if closer is None:
        return False
    found = state.src.find(closer, state.pos + 2, state.pos + _REACH)
    if found < 0:
        return _open_inline(state, silent)
    if not state.src[state.pos + 2 : found].strip():
        return False
    if not silent:
        kind = "math_inline" if opener == "\\(" else "math_inline_double"
        token = state.push(kind, "math", 0)
        token.content = state.src[state.pos + 2 : found]
        token.markup = opener
    state.pos = found + 2
    return True


def _math_dollars_open(state: StateInline, silent: bool) -> bool:
    if not state.env.get("streaming") or not state.src.startswith("$$", state.pos):
        return False
    if state.src.find("$$", state.pos + 2, state.pos + _REACH) >= 0:
        return False
    return _open_inline(state, silent)


def _open_inline(state: StateInline, silent: bool) -> bool:
    if not state.env.get("streaming") or state.level:
        return False
    if not silent:
        state.append_pending(state.src[state.pos : state.posMax])
    state.pos = state.posMax
    return True
