"""How much of a growing text may be shown before its next characters are known."""

from __future__ import annotations

import re
from typing import Final

MAX_HELD_LINE: Final = 400
MAX_WINDOW: Final = 1_000

_QUOTES: Final = r"[ \t>]*"
_MARKERS: Final = re.compile(_QUOTES + r"[-+*=_#|:`~$.\d)> \t]*")
_FENCE: Final = re.compile(_QUOTES + r"(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?:`{3}[^`]*|~{3}.*)")

# Complete inline constructs are stepped over; one that the text so far leaves open is held.
_INLINE: Final = re.compile(
    r"""
    (?<!`)(?P<ticks>`++)[^`]++(?P=ticks)(?!`|$)
  | \\\(.{1,200}?\\\) | \\\[.{1,200}?\\\]
  | \\[^(\[]
  | !?\[[^\[\]]*\](?:\([^()\s]*\)|(?=[^(\[:]))
  | (?P<stars>\*{1,3})(?=[^\s*])[^*]+(?P=stars)(?!\*|$)
  | ~~[^~]+~~(?!~|$)
  | \$\$[^$]+\$\$(?=[^$]) | \$[^\s\d$][^$]*\$(?=[^\d$])
  | (?P<open>
        `{1,3}[^`]{0,60}`{0,3}$
      | \\(?:[(\[].{0,120})?$
      | \[[^\[\]]{0,120}(?:\](?:\([^()\s]{0,300})?)?$
      | \*{1,3}(?:[^\s*][^*]{0,40}\*{0,3})?$
      | (?<![^\W_])_{1,3}(?:[^\s_][^_]{0,40}_{0,3})?$
      | ~{1,2}(?:[^\s~][^~]{0,40}~{0,2})?$
      | \$\$(?:[^$]{1,120}\${0,2})?$ | \$(?:[^\s\d$][^$]{0,60}\$?)?$
      | [&<_\]]$
    )
    """,
    re.VERBOSE,
)


def visible_end(text: str, shown: int, *, eager: bool) -> int:
    """The index in `text` up to which it may be shown; at least `shown`.

    Held back are trailing spaces, a last line whose kind is not known yet (a list marker, a rule, a
    fence, a table's row), and, unless `eager`, inline markup that was opened a few words ago.
    """
    end = len(text.rstrip())
    if end <= shown:
        return shown
    line_start = text.rfind("\n", 0, end) + 1
    line = text[line_start:end]
    complete = "\n" in text[end:]
    if not complete and line_start >= shown and _is_undecided(line):
        end = len(text[:line_start].rstrip())
    if complete or end <= line_start:
        return max(shown, _before_lone_header(text, end))
    if eager:
        return end
    window = max(line_start, end - MAX_WINDOW)
    for match in _INLINE.finditer(text, window, end):
        if match.start("open") >= shown:
            return max(shown, len(text[: match.start("open")].rstrip()))
    return end


def _is_undecided(line: str) -> bool:
    if len(line) > MAX_HELD_LINE:
        return False
    return bool(_MARKERS.fullmatch(line) or _FENCE.fullmatch(line) or line.lstrip().startswith("|"))


def _before_lone_header(text: str, end: int) -> int:
    """`end`, or the end before its last line if that may turn out to be a table's header."""
    line_start = text.rfind("\n", 0, end) + 1
    if not text[line_start:end].lstrip().startswith("|"):
        return end
    before = text[text.rfind("\n", 0, max(0, line_start - 1)) + 1 : line_start]
    return end if before.lstrip().startswith("|") else len(text[:line_start].rstrip())
