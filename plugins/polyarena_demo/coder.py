"""Answers with a program, asked for or not."""

from __future__ import annotations

import random

from .arithmetic import Sum
from .subject import Subject

_INTROS = (
    "Easiest to show in code:",
    "I would write it down as a small program first, so that there is something to run:",
    "Here is a version that fits on one screen:",
)
_OUTROS = (
    "It runs in `O(n)` and needs nothing but the standard library. Change the list at the top to "
    "suit; the rest stays as it is.",
    "Note the sorted order: without it two runs could print the same facts differently, "
    "and you would spend an afternoon comparing them.",
    "Tests worth having:\n\n- an empty list\n- one item\n- two items that tie",
)


def write(subject: Subject, rng: random.Random) -> str:
    """A Python program about the keywords, or one that works out the sum."""
    code = _sum(subject.sum) if subject.sum else rng.choice((_ranking, _decision))(subject, rng)
    intro = rng.choice(_INTROS)
    if subject.earlier:
        intro = f"Building on `{subject.earlier}` from before. {intro}"
    return f"{intro}\n\n```python\n{code}\n```\n\n{rng.choice(_OUTROS)}"


def _sum(total: Sum) -> str:
    terms = ", ".join(f'"{term}"' for term in total.terms[::2])
    return (
        f"terms = [{terms}]\n"
        f"result = {total.python}\n\n"
        'print("terms:", ", ".join(terms))\n'
        f'print("result:", result)  # {total.value}'
    )


def _items(subject: Subject) -> tuple[str, ...]:
    return subject.keywords or ("input", "process", "output")


def _ranking(subject: Subject, rng: random.Random) -> str:
    rows = "\n".join(f'    "{item}": {rng.randint(1, 9)},' for item in _items(subject))
    return (
        f"weights = {{\n{rows}\n}}\n\n\n"
        "def ranked(weights: dict[str, int]) -> list[tuple[str, float]]:\n"
        '    """Items with their share of the total, heaviest first."""\n'
        "    total = sum(weights.values())\n"
        "    shares = {item: weight / total for item, weight in weights.items()}\n"
        "    return sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))\n\n\n"
        "for item, share in ranked(weights):\n"
        '    print(f"{item:<14}{share:6.1%}")'
    )


def _decision(subject: Subject, rng: random.Random) -> str:
    items = ", ".join(f'"{item}"' for item in _items(subject))
    threshold = rng.randint(4, 8)
    return (
        "from collections import Counter\n\n"
        f"OPTIONS = [{items}]\n\n\n"
        f"def worthwhile(option: str, threshold: int = {threshold}) -> bool:\n"
        '    """Whether an option has enough going for it."""\n'
        "    return len(set(option)) >= threshold\n\n\n"
        "verdicts = Counter(worthwhile(option) for option in OPTIONS)\n"
        "for option in sorted(OPTIONS):\n"
        '    print("keep" if worthwhile(option) else "drop", option)\n'
        'print("kept:", verdicts[True], "of", len(OPTIONS))'
    )
