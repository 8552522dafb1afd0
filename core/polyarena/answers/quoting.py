"""Text put into a Markdown fence."""

from __future__ import annotations

import re

_TICKS = re.compile(r"`{3,}")


def quoted(text: str, info: str = "") -> str:
    """A fence around a text, longer than any within it."""
    longest = max((len(ticks) for ticks in _TICKS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{info}\n{text}\n{fence}"
