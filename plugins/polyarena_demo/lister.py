"""Answers in bullets and numbered steps, whatever is asked."""

from __future__ import annotations

import random

from .subject import Subject

_OPENINGS = (
    "Here is {topic}, point by point:",
    "Breaking {topic} down:",
    "A checklist for {topic}:",
)
_POINTS = (
    "name what it is, and just as firmly what it is not",
    "find the one example that everybody agrees on, and start from it",
    "write down what would have to be true for it to fail",
    "ask who has done it before and what they would skip next time",
    "set a limit: a page, an hour, a budget",
    "separate what you know from what you suppose",
    "look for the part that can be undone, and do that part first",
    "check it against the last time you were sure",
)
_STEPS = (
    "Pick the point above that worries you most.",
    "Spend fifteen minutes on it, and no longer.",
    "Show the result to somebody who will disagree.",
    "Cross out whatever did not survive.",
    "Repeat with the next point.",
    "Stop when two rounds change nothing.",
)


def write(subject: Subject, rng: random.Random) -> str:
    """Bullets with a keyword each, then numbered steps."""
    lines = [rng.choice(_OPENINGS).format(topic=f"**{subject.topic}**"), ""]
    if subject.earlier:
        lines[:0] = [f"Carrying over from **{subject.earlier}**, nothing needs to be undone.", ""]
    if subject.sum:
        lines.append(f"- **Total**: {subject.sum.plain} = **{subject.sum.value}**")
    heads = (subject.keywords or ("scope", "limits", "result"))[: rng.randint(3, 5)]
    for head, point in zip(heads, rng.sample(_POINTS, len(heads)), strict=True):
        lines.append(f"- **{head.capitalize()}**: {point}")
    lines += ["- **Scale**: " + _scale(subject.words), "", rng.choice(("Then:", "In order:")), ""]
    chosen = sorted(rng.sample(range(len(_STEPS)), rng.randint(3, 4)))
    lines += [f"{number}. {_STEPS[index]}" for number, index in enumerate(chosen, start=1)]
    return "\n".join(lines)


def _scale(words: int) -> str:
    count = "one word" if words == 1 else f"{words} words"
    size = "small" if words < 12 else "middling" if words < 60 else "large"
    return f"the question ran to {count}, so treat it as {size}"
