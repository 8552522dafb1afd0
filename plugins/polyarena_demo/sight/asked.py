"""What a person wants to know about a picture, as far as words tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .palette import NAMES

KINDS = (
    "square",
    "rectangle",
    "circle",
    "ellipse",
    "triangle",
    "diamond",
    "star",
    "line",
    "bar",
)
_READ = 4000
_SYNONYMS = {"gray": "grey", "violet": "purple", "cyan": "teal", "oval": "ellipse"}
_ABOUT = (
    ("compare", r"compar\w+|differ\w*|both (?:pictures|images|photos)|same"),
    ("count", r"how many|count|number of"),
    ("extreme", r"(?:tall|high|larg|bigg|long|small|short|low)(?:er|est)|most|least|peak"),
    ("text", r"read|text|sa(?:y|ys|id)|writ\w+|word\w*|transcri\w+|translat\w+|total"),
    ("where", r"where|left|right|above|below|top|bottom|beside|next to|position"),
    ("colour", r"colou?r\w*"),
    ("size", r"size|how (?:large|big|wide|high)|pixels?|resolution|dimensions?"),
    ("light", r"bright\w*|dark\w*|light\w*|contrast|mood"),
    ("funny", r"funny|joke|humou?r\w*|meme|punch ?line|silly"),
    ("caption", r"caption|title|headline|alt text"),
)
_PATTERNS = tuple(
    (about, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for about, words in _ABOUT
)
_WORD = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class Question:
    """`about` is one of those that are known, or "all"; colour and shape are empty if not named."""

    about: str
    colour: str = ""
    shape: str = ""


def question_of(text: str) -> Question:
    """What a prompt asks."""
    text = text[:_READ].lower()
    about = next((about for about, pattern in _PATTERNS if pattern.search(text)), "all")
    words = [_SYNONYMS.get(word, word) for word in _WORD.findall(text)]
    single = [_SYNONYMS.get(one, one) for one in (word.removesuffix("s") for word in words)]
    colour = next((word for word in words if word in NAMES), "")
    shape = next((word for word in single if word in KINDS), "")
    return Question(about, colour, shape)
