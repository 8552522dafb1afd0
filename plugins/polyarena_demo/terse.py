"""Answers in as few words as will do."""

from __future__ import annotations

import random

from .subject import Subject

_ANSWERS = (
    "Short version: {a} is mostly a matter of `{b}`. Get that right and the rest follows; get it "
    "wrong and no amount of {c} will save it.",
    "{A} comes down to a trade. You give up some {b}, you get some {c}. Most people should take "
    "the trade; a few, who already know who they are, should not.",
    "Start with `{b}`. Ignore {c} until it hurts. Then come back to {a} with a number in hand "
    "instead of an opinion, and the choice will be plain.",
    "Two facts. First, {a} is older than it looks. Second, `{b}` is the part people argue about, "
    "and {c} is the part that decides.",
)
_ENDS = (
    "If in doubt, try the cheaper one first and measure.",
    "The exceptions are real, but rare; do not plan around them.",
    "Anything longer than this would be decoration.",
)


def write(subject: Subject, rng: random.Random) -> str:
    """Two or three sentences; a sum gets its value and one line."""
    end = rng.choice(_ENDS)
    if subject.sum:
        first = f"**{subject.sum.value}**"
        return f"{first}\n\nThat is {subject.sum.plain}, products before sums. {end}"
    answer = rng.choice(_ANSWERS).format(
        a=subject.topic,
        A=subject.topic[:1].upper() + subject.topic[1:],
        b=subject.other(0, "the basics"),
        c=subject.other(1, "polish"),
    )
    link = f"As with {subject.earlier}: same rule. " if subject.earlier else ""
    return f"{link}{answer}\n\n{end}"
