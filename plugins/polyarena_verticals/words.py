"""Lists of words as patterns."""

from __future__ import annotations

import re


def any_of(words: str) -> re.Pattern[str]:
    """A pattern of whole words, given with commas between; `*` at an end stands for any letters.

    No words find nothing.
    """
    listed = [" ".join(word.split()) for word in words.split(",")]
    parts = [_word(word) for word in sorted(filter(None, listed), key=len, reverse=True)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)", re.IGNORECASE)


def _word(word: str) -> str:
    ending = r"\w{0,30}" if word.endswith("*") else ""
    return re.escape(word.rstrip("*")).replace(r"\ ", r"[\s-]") + ending
