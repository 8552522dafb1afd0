"""What came of an answer in an arena that runs what models write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from polyarena import (
    Answer,
    Delta,
    Event,
    FinishedBattle,
    Input,
    Part,
    PartReady,
    Prompt,
    Status,
    Text,
)
from polyarena.sandbox import Job

Turns = tuple[Prompt, Sequence[Part], Sequence[Part]]
"""A prompt, and the parts of both answers."""


@dataclass(frozen=True)
class Played:
    """The events of an answer, and what the sandbox was given, with its owner."""

    events: tuple[Event, ...]
    jobs: tuple[tuple[Job, str], ...]

    @property
    def said(self) -> str:
        """The words of the answer as they are shown."""
        return "".join(event.text for event in self.events if isinstance(event, Delta))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the answer as the core would store them."""
        ready = (event.part for event in self.events if isinstance(event, PartReady))
        return (Text(text=self.said), *ready)

    @property
    def notes(self) -> list[str]:
        """What the arena says below the answer."""
        return [part.text for part in self.parts[1:] if isinstance(part, Text)]

    @property
    def statuses(self) -> list[str]:
        """How far it was, in words."""
        return [event.text for event in self.events if isinstance(event, Status)]


def prompt_of(text: str, *further: Part, **fields: str) -> Prompt:
    """A prompt with further parts, and values for its arena's fields."""
    inputs = (Input(name=name, text=value) for name, value in fields.items())
    return Prompt(parts=(Text(text=text), *inputs, *further))


def battle_of(arena: str, *turns: Turns) -> FinishedBattle:
    """A finished battle."""
    return FinishedBattle(
        arena,
        tuple(asked for asked, _, _ in turns),
        tuple((Answer(parts=tuple(a)), Answer(parts=tuple(b))) for _, a, b in turns),
    )
