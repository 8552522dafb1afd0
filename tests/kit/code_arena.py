"""The code arena through its contract, over a scripted model and a sandbox that runs nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from kit.answered import Played, Turns, battle_of, prompt_of
from polyarena import (
    Arena,
    Execution,
    File,
    Finish,
    FinishedBattle,
    Image,
    Message,
    Part,
    Prompt,
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
    return prompt_of(text, *further, **fields)


@dataclass(frozen=True)
class Answered(Played):
    """What came of an answer: its events, and what the sandbox and the model were given."""

    asked: tuple[Message, ...]

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
    return Answered(events, tuple(sandbox.jobs), sent.messages)


def answer_now(said: str, asked: Prompt | None = None, *prepared: Prepared) -> Answered:
    """`answer`, from where nothing can be awaited."""
    return asyncio.run(answer(said, asked, *prepared))


def battle(*turns: Turns) -> FinishedBattle:
    """A finished battle of prompts and the parts of both answers."""
    return battle_of("code", *turns)
