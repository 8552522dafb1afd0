"""What a prompt asks to be painted, as far as its words tell."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

from .colours import ALIASES, NAMED, PALETTE, Colour
from .forms import FORMS, NAMES

MOST = 9
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1
    )
} | {"a": 1, "an": 1, "pair": 2, "several": 4, "many": 7, "some": 3}
_TOKEN = re.compile(r"[a-z]+|\d{1,2}|[.,;]", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“„«]([^\"”“»\n]{1,60})[\"”»“]")
_SAID = re.compile(
    r"\b(?:the (?:words?|text|title)|saying|that (?:says|reads))\s+"
    r"(?P<said>[A-Z][\w'’!?&-]*(?:\s+[A-Z][\w'’!?&-]*){0,5})"
)
_GROUND = re.compile(
    r"\b(?:on|against|over)\s+(?:\w+\s+){0,3}?(?P<colour>"
    + "|".join([*NAMED, *ALIASES])
    + r")\b\s*(?:background|ground|paper|wall|sky|canvas|[,.;:]|and\b|$)",
    re.IGNORECASE,
)
_TIMES = {
    "night": ("night", "midnight", "stars", "starry", "moonlight", "moonlit"),
    "sunset": ("sunset", "dusk", "sunrise", "dawn", "evening"),
}
_GROUNDS = {
    "sea": ("sea", "ocean", "lake", "water", "waves", "river", "beach"),
    "grass": ("meadow", "field", "grass", "garden", "park", "hill", "hills", "forest"),
    "sand": ("desert", "sand", "dunes"),
    "snow": ("snow", "snowy", "winter", "ice"),
}
_OUTDOORS = frozenset({"sun", "moon", "tree", "house", "mountain", "lighthouse", "boat", "cloud"})


@dataclass(frozen=True, slots=True)
class Things:
    """So many things of one form in one colour."""

    form: str
    count: int
    colour: Colour


@dataclass(frozen=True, slots=True)
class Scene:
    """Rows of things from top to bottom, words, and what they stand on.

    `ground` is sea, grass, sand, snow, or empty indoors; `time` is day, sunset or night; `paper`
    is the colour behind everything, where the prompt names one.
    """

    rows: tuple[tuple[Things, ...], ...]
    words: str = ""
    ground: str = ""
    time: str = "day"
    paper: Colour | None = None
    seed: int = 0
    colours: tuple[Colour, ...] = field(default=())


def read(prompt: str) -> Scene:
    """The scene that a prompt describes; one that names nothing is left to chance, by its words."""
    seed = int.from_bytes(hashlib.sha256(prompt.encode()).digest()[:8], "big")
    written = _QUOTED if _QUOTED.search(prompt) else _SAID
    words = " ".join(found.strip() for found in written.findall(prompt))
    told = written.sub(" ", prompt)
    tokens = [token.lower() for token in _TOKEN.findall(told)]
    paper = _paper(told)
    rows = _rows(tokens)
    forms = {things.form for row in rows for things in row}
    ground = _of(tokens, _GROUNDS) or ("grass" if forms & _OUTDOORS else "")
    named = tuple(NAMED[name] for name in map(_colour, tokens) if name)
    time = _of(tokens, _TIMES) or "day"
    return Scene(rows, words, "" if paper else ground, time, paper, seed, named)


def _rows(tokens: list[str]) -> tuple[tuple[Things, ...], ...]:
    rows: list[list[Things]] = [[]]
    count, colour, inverted = 1, "", False
    for token in tokens:
        if token in ("above", "over", "atop"):
            rows.append([])
        elif token in ("below", "under", "beneath"):
            rows.append([])
            inverted = True
        elif token in _NUMBERS or token.isdecimal():
            count = min(MOST, max(1, _NUMBERS.get(token) or int(token)))
        elif name := _colour(token):
            colour = name
        elif form := NAMES.get(token):
            standing = NAMED[colour] if colour else FORMS[form].colour
            if standing is None:
                standing = NAMED[PALETTE[sum(map(len, rows)) % len(PALETTE)]]
            rows[-1].append(Things(form, count, standing))
            count, colour = 1, ""
    found = [tuple(row) for row in rows if row]
    return tuple(reversed(found)) if inverted else tuple(found)


def _paper(text: str) -> Colour | None:
    found = _GROUND.search(text)
    return NAMED[_colour(found["colour"].lower())] if found else None


def _colour(token: str) -> str:
    name = ALIASES.get(token, token)
    return name if name in NAMED else ""


def _of(tokens: list[str], known: dict[str, tuple[str, ...]]) -> str:
    present = set(tokens)
    return next((name for name, words in known.items() if present & set(words)), "")
