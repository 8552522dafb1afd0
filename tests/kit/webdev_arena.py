"""The WebDev arena through its contract, over a scripted model and a sandbox that runs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kit.answered import Played, Turns, battle_of, prompt_of
from polyarena import (
    App,
    Arena,
    Code,
    Finish,
    FinishedBattle,
    Message,
    ModelRequest,
    Part,
    Prompt,
    Turn,
)
from polyarena.testing import FakeSandbox, Script, ScriptedModel, ScriptedRun
from polyarena.testing.fake_sandbox import Prepared
from polyarena_webdev.plugin import polyarena_register_arenas

(ARENA,) = polyarena_register_arenas()


def arena() -> Arena:
    """The arena that the plugin registers."""
    return ARENA


def prompt(text: str = "Build an app.", *further: Part, **fields: str) -> Prompt:
    """A prompt with values for the arena's fields."""
    return prompt_of(text, *further, **fields)


@dataclass(frozen=True)
class Answered(Played):
    """What came of an answer: its events, and what the sandbox and the model were given."""

    asked: ModelRequest
    expected: tuple[str, ...]

    @property
    def app(self) -> App | None:
        """What the voter is shown."""
        return next((part for part in self.parts if isinstance(part, App)), None)

    @property
    def files(self) -> dict[str, str]:
        """The files that were handed in or kept, by name."""
        return {part.filename: part.text for part in self.parts if isinstance(part, Code)}


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


def battle(*turns: Turns) -> FinishedBattle:
    """A finished battle of prompts and the parts of both answers."""
    return battle_of("webdev", *turns)


def _pieces(said: str) -> list[str]:
    """As tokens come: a few letters at a time."""
    return [said[at : at + 7] for at in range(0, len(said), 7)]
