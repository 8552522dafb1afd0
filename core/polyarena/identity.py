"""Does an answer say who wrote it? Such an answer is marked and its vote does not count."""

from __future__ import annotations

import re

from .model import Model

_SELF = (
    r"(?:\bI am\b|\bI'm\b|\bI’m\b|\bmy name is\b|\bcall me\b|\bcreated by\b|\bmade by\b"
    r"|\bbuilt by\b|\bdeveloped by\b|\btrained by\b)[^.\n]{0,60}"
)
_ROLE = r"\bas an? (?:AI|model|assistant)\b[^.\n]{0,100}"


def names_itself(model: Model, answer: str, prompt: str) -> bool:
    """Whether an answer gives its model away.

    The model's name and aliases count wherever they stand, unless the prompt used them; its
    organisation counts only where the answer speaks of itself ("I am …", "trained by …").
    """
    for name in (model.name, *model.aliases):
        if len(name) > 2 and _has_word(name, answer) and not _has_word(name, prompt):
            return True
    maker = model.organization
    if len(maker) < 3 or _has_word(maker, prompt):
        return False
    return bool(re.search(rf"(?:{_SELF}|{_ROLE}){_word(maker)}", answer, re.IGNORECASE))


def _word(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def _has_word(name: str, text: str) -> bool:
    return bool(re.search(_word(name), text, re.IGNORECASE))
