"""The ballot: what may be voted on, and what a vote is. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .errors import BadRequest

COMMENT_LIMIT = 2000


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
class Vote:
    """A choice with its reasons; immutable, one a battle."""

    choice: Choice
    reasons: tuple[str, ...] = ()
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """What an arena lets people vote on."""

    choices: tuple[Choice, ...] = tuple(Choice)
    reasons: tuple[Reason, ...] = ()

    def read(self, choice: str, reasons: tuple[str, ...] = (), comment: str = "") -> Vote:
        """Check what was sent and make a vote of it.

        Raises:
            BadRequest: a choice or reason the ballot does not have, or too long a comment.
        """
        allowed = ", ".join(c.value for c in self.choices)
        if choice not in {c.value for c in self.choices}:
            raise BadRequest(f"{choice!r} is not a choice of this ballot; it has {allowed}")
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
        return Vote(Choice(choice), unique, comment.replace("\x00", "").strip())
