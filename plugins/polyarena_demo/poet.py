"""Answers in verse: a haiku, a stanza, and the plain fact where there is one."""

from __future__ import annotations

import random

from .subject import Subject

_FIRST = (
    "Morning finds {a},",
    "Under paper lamps, {a};",
    "A page, and {a},",
    "So quiet, {a};",
    "Rain taps on {a},",
)
_SECOND = (
    "the question leans like tall grass",
    "a small wind turns every leaf",
    "{b} folds itself to a crane",
    "one lantern drifts past the bridge",
    "{b} hums in the long hallway",
)
_THIRD = ("and the answer comes.", "then the door opens.", "stay a while; listen.", "snow on {c}.")
_STANZAS = (
    "I turned *{a}* over in my hands the way one turns a river stone: first the cold side, "
    "then the side the sun had kept. What remained, when the water ran off, was **{b}**, "
    "and it was enough to walk home by.",
    "They told me **{a}** was a door, so I knocked. *{b}* answered, in slippers, holding a "
    "candle, and asked whether I had come to understand or only to arrive. "
    "I said I would settle for {c}.",
    "Once there was *{a}*, and nobody wrote it down. Then came **{b}**, with ink on both "
    "sleeves, and by evening the whole town was reading aloud. "
    "Some wept at {c}. Some, I am glad to say, laughed.",
)


def write(subject: Subject, rng: random.Random) -> str:
    """A haiku, a stanza, and the value of a sum if one was asked for."""
    words = {
        "a": subject.topic,
        "b": subject.other(0, "silence"),
        "c": subject.other(1, "the pines"),
    }
    haiku = "  \n".join(
        f"*{rng.choice(lines).format_map(words)}*" for lines in (_FIRST, _SECOND, _THIRD)
    )
    stanzas = rng.sample(_STANZAS, 2 if subject.words > 12 else 1)
    blocks = [haiku, *(stanza.format_map(words) for stanza in stanzas)]
    if subject.earlier:
        blocks.insert(0, f"You spoke of *{subject.earlier}* before; I had not finished humming it.")
    if subject.sum:
        blocks.append(
            f"And since you counted: **{subject.sum.plain}** comes, like geese in order, "
            f"to **{subject.sum.value}**."
        )
    blocks.append(rng.choice(("Let it rest there.", "That is all the moon told me.", "—")))
    return "\n\n".join(blocks)
