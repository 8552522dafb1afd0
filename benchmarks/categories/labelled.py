"""Prompts with the occupational groups that people put them in, and how well a tagger agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Labelled:
    """A prompt, and the ids of the groups it belongs to."""

    prompt: str
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one group, or of all: prompts rightly in it, wrongly in it, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of those put in the group that belong there; 0 where none was put in."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of those that belong to the group that were put in it."""
        return self.right / max(1, self.right + self.missed)

    def __add__(self, other: Agreement) -> Agreement:
        return Agreement(
            self.right + other.right, self.wrong + other.wrong, self.missed + other.missed
        )


def prompts(part: str) -> list[Labelled]:
    """The prompts of a part, `development` or `test`."""
    found = []
    for line in (HERE / f"{part}.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            groups, _, prompt = line.partition(" | ")
            found.append(Labelled(prompt, frozenset(groups.replace(",", " ").split()) - {"-"}))
    return found


def agreement(
    labelled: Iterable[Labelled], tagger: Callable[[str], frozenset[str]], groups: Iterable[str]
) -> dict[str, Agreement]:
    """How well a tagger agrees with the labels, by group."""
    counts: dict[str, Counter[str]] = {group: Counter() for group in groups}
    for one in labelled:
        told = tagger(one.prompt) & counts.keys()
        for group in told | one.groups:
            named = "wrong" if group not in one.groups else "right" if group in told else "missed"
            counts[group][named] += 1
    return {group: Agreement(c["right"], c["wrong"], c["missed"]) for group, c in counts.items()}
