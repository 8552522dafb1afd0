"""The measures of style that a comparison within an occupation holds constant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"\w+")
_BOLD = re.compile(r"\*\*[^*\n]{1,400}\*\*")
_LINES = {
    "headers": re.compile(r"\s{0,3}#{1,6}\s"),
    "lists": re.compile(r"\s{0,12}(?:[-*+]|\d{1,3}[.)])\s"),
}


def style(texts: Iterable[str]) -> dict[str, float]:
    """Of one side's answers together: `length` in words, `headers`, `lists` (items), `bold`."""
    counts: Counter[str] = Counter(length=0, headers=0, lists=0, bold=0)
    for text in texts:
        counts["length"] += len(_WORD.findall(text))
        counts["bold"] += len(_BOLD.findall(text))
        for line in text.splitlines():
            counts.update(name for name, pattern in _LINES.items() if pattern.match(line))
    return {name: float(count) for name, count in counts.items()}
