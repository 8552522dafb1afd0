"""Where pictures stand in a prompt's text: `[picture 1]` is the first of those sent with it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..content import File, Image, Part, Prompt, Text

_CLOSING = re.compile(r" ([,.;:!?)])(?=\s|$)")
MARK = re.compile(r"\[(?:picture|image) (\d{1,2})\]", re.IGNORECASE)


def placed(text: str, sent: Sequence[Sequence[Part]]) -> list[Part]:
    """A text as parts, with what was sent in the place of its marks; what has none follows.

    The pages of a document stand together under one number. A mark of a number that nothing has,
    or that has been used, stays text.
    """
    left = dict(enumerate(sent, 1))
    parts: list[Part] = []
    piece, at = "", 0
    for mark in MARK.finditer(text):
        if (here := left.pop(int(mark[1]), None)) is None:
            continue
        piece += text[at : mark.start()]
        parts += [Text(text=piece.strip())] if piece.strip() else []
        parts += here
        piece, at = "", mark.end()
    rest = piece + text[at:]
    if rest.strip() or not sent:
        parts.append(Text(text=rest.strip() if parts else rest))
    return parts + [part for here in left.values() for part in here]


def marked(prompt: Prompt) -> str:
    """A prompt's text with marks where pictures stand before or between its words."""
    found: list[str] = []
    number = 0
    last = max((n for n, part in enumerate(prompt.parts) if isinstance(part, Text)), default=-1)
    if not any(isinstance(part, (File, Image)) for part in prompt.parts[:last]):
        return prompt.text
    for place, part in enumerate(prompt.parts):
        if isinstance(part, (File, Image)):
            number += 1
            found += [f"[picture {number}]"] if place < last else []
        elif isinstance(part, Text):
            found.append(part.text)
    return _CLOSING.sub(r"\1", " ".join(found))


def pieces(prompt: Prompt) -> list[tuple[Part, ...]]:
    """A prompt in the order of its parts: a text alone, then what stands together until the next.

    Empty where all words come first, so that there is nothing to tell.
    """
    grouped: list[tuple[Part, ...]] = []
    for part in prompt.parts:
        together = grouped and not isinstance(part, Text) and not isinstance(grouped[-1][0], Text)
        if together:
            grouped[-1] = (*grouped[-1], part)
        else:
            grouped.append((part,))
    words_first = [isinstance(group[0], Text) for group in grouped] in ([True], [True, False])
    return [] if words_first else grouped
