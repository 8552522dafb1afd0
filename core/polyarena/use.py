"""What a voter did with one side's app or sounds, and what a ballot may wait for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

from .content import App, Audio

if TYPE_CHECKING:
    from .manifest import Gate
    from .side import Answer

Kind = Literal["pointer", "click", "key", "size", "reload", "full_screen"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LOOK_SECONDS = 3.0
HEARD_SHARE = 0.8
COUNT_LIMIT = 1_000_000
SECONDS_LIMIT = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Use:
    """How an app or a sound was used, as the page around it could see; never what was typed.

    `seconds` is how long it was in sight while it ran, or how long it played. `counts` are by kind:
    the `pointer` came over it, it was entered by `click` or by `key`, shown in another `size`,
    `reload`ed, or put on the `full_screen`.
    """

    seconds: float = 0.0
    counts: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, more: Use) -> Use:
        """Both together, within the limits; kinds that are not known are left out."""
        counts = {
            kind: min(self.counts.get(kind, 0) + more.counts.get(kind, 0), COUNT_LIMIT)
            for kind in KINDS
        }
        return Use(
            min(self.seconds + more.seconds, SECONDS_LIMIT),
            {kind: count for kind, count in counts.items() if count > 0},
        )


UNUSED = Use()


def bundles(answer: Answer) -> frozenset[str]:
    """The apps of an answer that can be looked at."""
    return frozenset(
        part.bundle for part in answer.blind.parts if isinstance(part, App) and part.bundle
    )


def sounds(answer: Answer) -> frozenset[str]:
    """The sounds of an answer that can be heard."""
    return frozenset(part.artifact for part in answer.blind.parts if isinstance(part, Audio))


def gated(answer: Answer, gate: Gate) -> frozenset[str]:
    """What of an answer a ballot with this gate waits for."""
    return sounds(answer) if gate == "listen" else bundles(answer)


def unseen(answer: Answer, gate: Gate) -> bool:
    """Whether an answer has an app that nobody has looked at, or a sound that nobody heard."""
    return bool(gated(answer, gate)) and not answer.use.seconds >= _enough(answer, gate)


def _enough(answer: Answer, gate: Gate) -> float:
    lengths = [part.seconds for part in answer.blind.parts if isinstance(part, Audio)]
    if gate == "look" or None in lengths:
        return LOOK_SECONDS
    return min(LOOK_SECONDS, HEARD_SHARE * sum(filter(None, lengths)))
