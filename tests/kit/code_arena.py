"""The code arena through its contract, over a scripted model and a sandbox that runs nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from polyarena import (
    Answer,
    Arena,
    Event,
    Execution,
    File,
    Finish,
    FinishedBattle,
    Image,
    Input,
    Message,
    Part,
    PartReady,
    Prompt,
    Status,
    Text,
    Turn,
)
from polyarena.sandbox import Job, Progress
from polyarena.testing import FakeSandbox, ScriptedModel, ScriptedRun
from polyarena.testing.fake_sandbox import Prepared
from polyarena_code.plugin import polyarena_register_arenas

(ARENA,) = polyarena_register_arenas()


def arena() -> Arena:
    """The arena that the plugin registers."""
    return ARENA


def prompt(text: str = "Write a program.", *further: Part, **fields: str) -> Prompt:
    """A prompt with values for the arena's fields."""
    inputs = (Input(name=name, text=value) for name, value in fields.items())
    return Prompt(parts=(Text(text=text), *inputs, *further))


@dataclass(frozen=True)
class Answered:
    """What came of an answer: its events, and what the sandbox and the model were given."""

    said: str
    events: tuple[Event, ...]
    jobs: tuple[tuple[Job, str], ...]
    asked: tuple[Message, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of the answer as the core would store them."""
        ready = (event.part for event in self.events if isinstance(event, PartReady))
        return (Text(text=self.said), *ready)

    @property
    def job(self) -> Job | None:
        """What was run."""
        return self.jobs[0][0] if self.jobs else None

    @property
    def files(self) -> dict[str, str]:
        """The texts that were run, by name, without a last line feed."""
        files = self.job.files if self.job else ()
        return {each.name: each.data.decode().removesuffix("\n") for each in files}

    @property
    def execution(self) -> Execution | None:
        """What the program did."""
        return next((part for part in self.parts if isinstance(part, Execution)), None)

    @property
    def notes(self) -> list[str]:
        """What the arena says below the answer."""
        return [part.text for part in self.parts[1:] if isinstance(part, Text)]

    @property
    def statuses(self) -> list[str]:
        """How far it was, in words."""
        return [event.text for event in self.events if isinstance(event, Status)]


async def answer(
    said: str,
    asked: Prompt | None = None,
    *prepared: Prepared,
    history: Sequence[Message] = (),
    stored: Sequence[tuple[Image | File, bytes]] = (),
    progress: Sequence[Progress] | None = None,
) -> Answered:
    """Let a model say something, and see what the arena makes of it."""
    sandbox = FakeSandbox(*prepared, progress=progress)
    scripted = ScriptedModel("Sample", (said, Finish(tokens_out=7)))
    run = ScriptedRun(scripted, sandbox)
    run.kept |= {part.artifact: data for part, data in stored}
    turn = Turn("code", tuple(history), asked or prompt())
    request = await arena().prepare(turn, run.model)
    events = tuple([event async for event in arena().respond(request, run)])
    (_, sent), *_ = run.provider.requests
    return Answered(said, events, tuple(sandbox.jobs), sent.messages)


def answer_now(said: str, asked: Prompt | None = None, *prepared: Prepared) -> Answered:
    """`answer`, from where nothing can be awaited."""
    return asyncio.run(answer(said, asked, *prepared))


def battle(*turns: tuple[Prompt, Sequence[Part], Sequence[Part]]) -> FinishedBattle:
    """A finished battle of prompts and the parts of both answers."""
    return FinishedBattle(
        "code",
        tuple(asked for asked, _, _ in turns),
        tuple((Answer(parts=tuple(a)), Answer(parts=tuple(b))) for _, a, b in turns),
    )
