"""An occupation: all that its arena needs to know, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from polyarena import Aspect, Flag, PromptField, Reason, Starter

from .marker import Marker
from .words import any_of

REASONS = (
    Reason("facts", "Facts"),
    Reason("reasoning", "Reasoning"),
    Reason("left-out", "What was left out"),
    Reason("sources", "Sources"),
    Reason("wording", "Wording"),
)
HARM = Flag(
    "harm",
    "Harm",
    (
        ("minor", "Misleading"),
        ("moderate", "Could do harm"),
        ("severe", "Could do grave harm"),
    ),
    hint="What could come of it, if somebody acted on it.",
)


@dataclass(frozen=True)
class Specialty:
    """A field within an occupation, and a category of its leaderboard.

    `words` are those that tell it, separated by commas; one that ends with `*` stands for all
    that begin so. `codes` are its codes in a published classification, or how they begin.
    """

    id: str
    title: str
    words: str = ""
    codes: tuple[str, ...] = ()

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds its words, in any case."""
        return any_of(self.words)


@dataclass(frozen=True)
class Occupation:
    """An occupation with an arena of its own.

    `id`, `title`, `summary`, `icon`, `order`, `placeholder` and `starters` are the manifest's.
    `brief` is told to both models. `criteria` are judged apart, each with a board of its own;
    before anything is revealed one of `reasons` or a comment is due; `harm` is how badly either
    answer could harm.
    `fields` are asked for beside the prompt, together with the specialty; `context` is the id of
    the one that describes a patient or a client. `notice` says what must not be entered. `markers`
    are what stands out in an answer, the first before others where two find the same words.
    """

    id: str
    title: str
    summary: str
    brief: str
    notice: str
    criteria: tuple[Aspect, ...]
    specialties: tuple[Specialty, ...]
    reasons: tuple[Reason, ...] = REASONS
    harm: Flag = HARM
    specialty_title: str = "Specialty"
    fields: tuple[PromptField, ...] = ()
    context: str = ""
    markers: tuple[Marker, ...] = ()
    starters: tuple[Starter, ...] = ()
    icon: str = ""
    order: int = 60
    placeholder: str = "Ask as you would ask a colleague"
