"""One side of a battle, and its answer to one turn. Pure; no I/O."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Literal

from .blinding import blinded
from .content import Code, Part, Text
from .errors import Failure
from .use import UNUSED, Use

Side = Literal["a", "b"]
SIDES: tuple[Side, Side] = ("a", "b")


class SideStatus(StrEnum):
    """Where one side's answer stands."""

    WAITING = "waiting"
    STREAMING = "streaming"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """One side's answer to one turn.

    `first_token` and `seconds` are in seconds since the request was sent; `tokens` is the
    provider's count. They are shown after the reveal only. `use` is what the voter did with it.
    """

    status: SideStatus = SideStatus.WAITING
    parts: tuple[Part, ...] = ()
    attempt: int = 1
    failure: Failure | None = None
    finish: str | None = None
    first_token: float | None = None
    seconds: float | None = None
    tokens: int | None = None
    names_itself: bool = False
    use: Use = UNUSED

    @property
    def blind(self) -> Answer:
        """The answer as voters may see it before the reveal."""
        return replace(self, parts=blinded(self.parts))

    @property
    def text(self) -> str:
        """The answer's text parts, joined by blank lines."""
        return "\n\n".join(part.text for part in self.parts if isinstance(part, Text))

    @property
    def written(self) -> str:
        """All that the model wrote: text and code, joined by blank lines."""
        kinds = (Text, Code)
        return "\n\n".join(part.text for part in self.parts if isinstance(part, kinds))

    @property
    def has_content(self) -> bool:
        """Whether there is anything to look at."""
        seen = [part for part in self.parts if not part.withheld]
        return any(not isinstance(part, Text) or part.text.strip() for part in seen)

    @property
    def refused(self) -> bool:
        """Whether the model declined to answer; it may have said so in words, or not at all."""
        return self.status is SideStatus.DONE and self.finish == "refused"

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self.status in (SideStatus.DONE, SideStatus.STOPPED, SideStatus.FAILED)

    @property
    def usable(self) -> bool:
        """Whether it may be voted on and built upon.

        It is done or stopped with something in it, or was refused.
        """
        ended = self.status in (SideStatus.DONE, SideStatus.STOPPED)
        return (ended and self.has_content) or self.refused
