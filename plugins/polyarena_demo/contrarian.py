"""Answers by doubting the question, then arguing both ways."""

from __future__ import annotations

import random

from .subject import Subject

_DOUBTS = (
    "I would not start from {a}. The question assumes that {b} matters, and that is exactly the "
    "part I doubt.",
    "Popular as the view is, {a} deserves less respect than it gets. Look at who keeps repeating "
    "it, and what they would lose if {b} turned out to be enough.",
    "Most answers about {a} are too polite. Here is the rude one: nine times out of ten it is "
    "{b} in better clothes.",
)
_QUOTES = (
    "> If everybody agrees on {a}, somebody has stopped checking.",
    "> The case for {a} is strong. So was the case for the penny-farthing.",
    "> Ask what {a} replaced, and whether anyone misses it.",
)
_AGAINST = (
    "**Cost**: whoever praises {b} rarely pays for {c}.",
    "**Evidence**: the examples were picked after the conclusion.",
    "**Habit**: it survives because changing it is nobody's job.",
    "**Scale**: what holds for one rarely holds for a thousand.",
)
_FAIR = (
    "*In fairness*, the usual view of {c} has one thing going for it: it can be wrong without "
    "doing much harm. That is worth something, though less than its friends suppose.",
    "*And yet* I keep it on the list. A rule that is right by accident is still right, and "
    "{c} has been lucky for a long time.",
)


def write(subject: Subject, rng: random.Random) -> str:
    """A doubt, a quotation, numbered objections, and one concession."""
    words = {
        "a": subject.topic,
        "b": subject.other(0, "common sense"),
        "c": subject.other(1, "the alternative"),
    }
    blocks = [rng.choice(_DOUBTS).format_map(words)]
    if subject.earlier:
        blocks.insert(0, f"First, I take back half of what was said about {subject.earlier}.")
    if subject.sum:
        blocks.insert(
            0,
            f"Everyone will tell you {subject.sum.plain} = **{subject.sum.value}**. "
            "They are right, annoyingly; the better question is why you needed it.",
        )
    against = rng.sample(_AGAINST, 3)
    numbered = "\n".join(f"{n}. {line.format_map(words)}" for n, line in enumerate(against, 1))
    blocks += [rng.choice(_QUOTES).format_map(words), "Three objections:", numbered]
    return "\n\n".join([*blocks, rng.choice(_FAIR).format_map(words)])
