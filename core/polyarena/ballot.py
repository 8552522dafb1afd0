"""The ballot: what may be voted on, and what a vote is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .errors import BadRequest

COMMENT_LIMIT = 2000
COMPOSITE = "composite"


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
class Vote:
    """A choice with its reasons; immutable, one a battle. `aspects` are those judged, by id."""

    choice: Choice
    reasons: tuple[str, ...] = ()
    comment: str = ""
    aspects: Mapping[str, Choice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ballot:
    """What an arena lets people vote on."""

    choices: tuple[Choice, ...] = tuple(Choice)
    reasons: tuple[Reason, ...] = ()
    aspects: tuple[Aspect, ...] = ()

    def read(
        self,
        choice: str,
        reasons: tuple[str, ...] = (),
        comment: str = "",
        aspects: Mapping[str, str] | None = None,
    ) -> Vote:
        """Check what was sent and make a vote of it; an aspect that says nothing is left out.

        Raises:
            BadRequest: a choice, reason or aspect the ballot does not have, or too long a comment.
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
        return Vote(Choice(choice), unique, plain, self._judged(aspects or {}))

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
