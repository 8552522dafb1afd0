"""The WebDev arena through its contract, over a scripted model and a sandbox that runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from polyarena import (
    Answer,
    App,
    Arena,
    Code,
    Delta,
    Event,
    Finish,
    FinishedBattle,
    Input,
    Message,
    ModelRequest,
    Part,
    PartReady,
    Prompt,
    Status,
    Text,
    Turn,
)
from polyarena.sandbox import Job
from polyarena.testing import FakeSandbox, Script, ScriptedModel, ScriptedRun
from polyarena.testing.fake_sandbox import Prepared
from polyarena_webdev.plugin import polyarena_register_arenas

(ARENA,) = polyarena_register_arenas()


def arena() -> Arena:
    """The arena that the plugin registers."""
    return ARENA


def prompt(text: str = "Build an app.", *further: Part, **fields: str) -> Prompt:
    """A prompt with values for the arena's fields."""
    inputs = (Input(name=name, text=value) for name, value in fields.items())
    return Prompt(parts=(Text(text=text), *inputs, *further))


@dataclass(frozen=True)
class Answered:
    """What came of an answer: its events, and what the sandbox and the model were given."""

    events: tuple[Event, ...]
    jobs: tuple[tuple[Job, str], ...]
    asked: ModelRequest
    expected: tuple[str, ...]

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
    def app(self) -> App | None:
        """What the voter is shown."""
        return next((part for part in self.parts if isinstance(part, App)), None)

    @property
    def files(self) -> dict[str, str]:
        """The files that were handed in or kept, by name."""
        return {part.filename: part.text for part in self.parts if isinstance(part, Code)}

    @property
    def notes(self) -> list[str]:
        """What the arena says below the answer."""
        return [part.text for part in self.parts[1:] if isinstance(part, Text)]

    @property
    def statuses(self) -> list[str]:
        """How far it was, in words."""
        return [event.text for event in self.events if isinstance(event, Status)]


async def answer(
    said: str | Script,
    *prepared: Prepared,
    asked: Prompt | None = None,
    history: Sequence[Message] = (),
    run: type[ScriptedRun] = ScriptedRun,
) -> Answered:
    """Let a model say something, in pieces, and see what the arena makes of it."""
    script: Script = said
    if isinstance(said, str):
        script = [*_pieces(said), Finish(tokens_out=7)]
    sandbox = FakeSandbox(*prepared)
    scripted = run(ScriptedModel("Sample", script), sandbox)
    turn = Turn("webdev", tuple(history), asked or prompt())
    request = await arena().prepare(turn, scripted.model)
    events = tuple([event async for event in arena().respond(request, scripted)])
    jobs, expected = tuple(sandbox.jobs), tuple(sandbox.expected)
    return Answered(events, jobs, scripted.provider.requests[0][1], expected)


def thread(asked: Prompt, answered: Answered) -> tuple[Message, Message]:
    """A turn as the history of the next."""
    return (
        Message(role="user", parts=asked.parts),
        Message(role="assistant", parts=answered.parts),
    )


def battle(*turns: tuple[Prompt, Sequence[Part], Sequence[Part]]) -> FinishedBattle:
    """A finished battle of prompts and the parts of both answers."""
    return FinishedBattle(
        "webdev",
        tuple(asked for asked, _, _ in turns),
        tuple((Answer(parts=tuple(a)), Answer(parts=tuple(b))) for _, a, b in turns),
    )


def _pieces(said: str) -> list[str]:
    """As tokens come: a few letters at a time."""
    return [said[at : at + 7] for at in range(0, len(said), 7)]
