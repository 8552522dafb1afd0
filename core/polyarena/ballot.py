"""The ballot: what may be voted on, and what a vote is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from .errors import BadRequest
from .expertise import Qualification

COMMENT_LIMIT = 2000
COMPOSITE = "composite"
SIDES = ("a", "b")


class Choice(StrEnum):
    """The four choices of a ballot; `a` is the left side."""

    A = "a"
    B = "b"
    TIE = "tie"
    BOTH_BAD = "both_bad"


@dataclass(frozen=True, slots=True)
class Reason:
    """A tag a voter may give with a vote."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Aspect:
    """Something a voter may judge for itself once the main choice is made.

    It has a board of its own, and a part in the composite board by its `weight`. The id
    `composite` is taken.
    """

    id: str
    label: str
    hint: str = ""
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that a voter may say is wrong with either answer, and how badly.

    `levels` are how badly, mildest first, as (id, label). The board has a column of the share of
    answers that were flagged.
    """

    id: str
    label: str
    levels: tuple[tuple[str, str], ...]
    hint: str = ""


def flag_evidence(flag: Flag) -> str:
    """The name of the evidence that says of either answer whether a voter flagged it."""
    return f"flag-{flag.id}"


@dataclass(frozen=True, slots=True)
class Vote:
    """A choice with its reasons; immutable, one a battle.

    `aspects` are those judged, by id; `flags` the levels given to either side, by id and side.
    `qualification` is what was known of the voter when it was cast, and no part of what was said.
    """

    choice: Choice
    reasons: tuple[str, ...] = ()
    comment: str = ""
    aspects: Mapping[str, Choice] = field(default_factory=dict)
    flags: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    qualification: Qualification | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Ballot:
    """What an arena lets people vote on.

    `explain` is what a vote needs before it reveals anything: a `reason`, for which a comment will
    do, or a `comment`.
    """

    choices: tuple[Choice, ...] = tuple(Choice)
    reasons: tuple[Reason, ...] = ()
    aspects: tuple[Aspect, ...] = ()
    flags: tuple[Flag, ...] = ()
    explain: Literal["", "reason", "comment"] = ""

    def read(
        self,
        choice: str,
        reasons: tuple[str, ...] = (),
        comment: str = "",
        aspects: Mapping[str, str] | None = None,
        flags: Mapping[str, Mapping[str, str]] | None = None,
    ) -> Vote:
        """Check what was sent and make a vote of it; aspects and flags may say nothing.

        Raises:
            BadRequest: a choice, reason, aspect or flag the ballot does not have, too long a
                comment, or no explanation where one is due.
        """
        self._check_choice(choice, "")
        known = {reason.id for reason in self.reasons}
        for reason in reasons:
            if reason not in known:
                raise BadRequest(
                    f"{reason!r} is not a reason of this ballot; it has {', '.join(sorted(known))}"
                )
        if len(comment) > COMMENT_LIMIT:
            raise BadRequest(
                f"the comment has {len(comment)} characters; at most {COMMENT_LIMIT} are taken"
            )
        unique = tuple(dict.fromkeys(reasons))
        plain = comment.replace("\x00", "").strip()
        self._check_explained(unique, plain)
        judged, flagged = self._judged(aspects or {}), self._flagged(flags or {})
        return Vote(Choice(choice), unique, plain, judged, flagged)

    def _check_explained(self, reasons: tuple[str, ...], comment: str) -> None:
        if self.explain == "comment" and not comment:
            raise BadRequest("Say why in a comment; the models are revealed after that.")
        if self.explain == "reason" and not (reasons or comment):
            raise BadRequest(
                "Say why: choose a reason or write a comment; the models are revealed after that."
            )

    def _flagged(self, said: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
        known = {flag.id: [level for level, _ in flag.levels] for flag in self.flags}
        for name, sides in said.items():
            if name not in known:
                listed = ", ".join(known) or "none"
                raise BadRequest(f"{name!r} is not a flag of this ballot; it has {listed}")
            for side, level in sides.items():
                if side not in SIDES:
                    raise BadRequest(f"{side!r} is no side for {name}; the sides are a and b")
                if level and level not in known[name]:
                    levels = ", ".join(known[name])
                    raise BadRequest(f"{level!r} is not a level of {name}; it has {levels}")
        given = {
            name: {side: said[name][side] for side in SIDES if said[name].get(side)}
            for name in known
            if name in said
        }
        return {name: sides for name, sides in given.items() if sides}

    def _judged(self, said: Mapping[str, str]) -> dict[str, Choice]:
        known = [aspect.id for aspect in self.aspects]
        for name, choice in said.items():
            if name not in known:
                listed = ", ".join(known) or "none"
                raise BadRequest(f"{name!r} is not an aspect of this ballot; it has {listed}")
            if choice:
                self._check_choice(choice, f" for {name}")
        return {name: Choice(said[name]) for name in known if said.get(name)}

    def _check_choice(self, choice: str, of: str) -> None:
        if choice not in {c.value for c in self.choices}:
            allowed = ", ".join(c.value for c in self.choices)
            raise BadRequest(f"{choice!r} is not a choice of this ballot{of}; it has {allowed}")
