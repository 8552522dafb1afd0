"""What the conformance suite asks of `Arena.respond`."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncGenerator, Sequence

from ..arena import Arena
from ..bounded import CallFailed, wait
from ..content import Part
from ..errors import Failure, ProviderError
from ..inspection import describe
from ..provider import Delta, Event, Finish, ModelRequest, PartReady, Status
from . import samples
from .fake_sandbox import FakeSandbox
from .scripted import Script, ScriptedRun

LOOP_TURNS = 10


async def respond_problems(
    arena: Arena, request: ModelRequest, answer: Script, seconds: float
) -> tuple[list[str], list[Part]]:
    """What is wrong with an arena's answers, and the parts that it answered."""
    trial = _Trial(arena, request, seconds)
    events = await trial.answer("an ordinary answer", answer)
    if events is None:
        return trial.problems, []
    trial.check_order(events)
    trial.check_blind(events)
    produced = [event.part for event in events if isinstance(event, PartReady)]
    trial.check_kinds(produced)
    await trial.answer("an empty answer", (Finish(),))
    for what, script in (
        ("a stream that is cut", (Delta("A rain"),)),
        ("a model that fails", (Delta("A rain"), ProviderError(Failure.SERVER_ERROR))),
    ):
        events = await trial.answer(what, script)
        if events and isinstance(events[-1], Finish):
            trial.problems.append(f"{what}: it ends with Finish, which hides the failure")
    events = await trial.answer("a refusal", (Finish("refused"),))
    if events and isinstance(events[-1], Finish) and events[-1].reason != "refused":
        trial.problems.append("a refusal: it ends with another reason, which hides the refusal")
    await trial.check_closing(answer)
    return trial.problems, produced


class _Trial:
    def __init__(self, arena: Arena, request: ModelRequest, seconds: float) -> None:
        self.arena, self.request, self.seconds = arena, request, seconds
        self.problems: list[str] = []

    def run(self, script: Script) -> ScriptedRun:
        manifest = self.arena.manifest
        sandbox = FakeSandbox() if manifest.sandboxed else None
        return ScriptedRun(samples.model("Sample One", manifest, script), sandbox)

    async def answer(self, what: str, script: Script) -> list[Event] | None:
        """The events of one answer; None if it failed in a way it must not."""
        events: list[Event] = []

        async def collect() -> None:
            stream: object = self.arena.respond(self.request, self.run(script))
            if not isinstance(stream, AsyncGenerator):
                if inspect.iscoroutine(stream):
                    stream.close()
                raise TypeError("respond must be an async generator")
            async for event in stream:
                events.append(event)

        try:
            await wait(collect(), self.seconds)
        except CallFailed as error:
            if not isinstance(error.__cause__, ProviderError):
                self.problems.append(f"{what}: {describe(error)[0]}")
                return None
        return events

    def check_order(self, events: Sequence[object]) -> None:
        if not events or not isinstance(events[-1], Finish):
            self.problems.append("an ordinary answer does not end with Finish")
        if any(isinstance(event, Finish) for event in events[:-1]):
            self.problems.append("there are events after Finish")
        for event in events:
            if not isinstance(event, (Delta, PartReady, Status, Finish)):
                self.problems.append(f"it answers {type(event).__name__}, which is no event")

    def check_blind(self, events: list[Event]) -> None:
        model = samples.model("Sample One", self.arena.manifest, ()).model
        names = [name.lower() for name in (model.name, model.organization, *model.aliases)]
        for event in events:
            if isinstance(event, (Status, Delta, PartReady)) and any(
                name in repr(event).lower() for name in names
            ):
                self.problems.append(f"a {type(event).__name__} names the model before the vote")

    def check_kinds(self, produced: list[Part]) -> None:
        for kind in sorted({part.type for part in produced} - self.arena.manifest.produces):
            self.problems.append(f"it answers a {kind} part, which the manifest does not produce")

    async def check_closing(self, script: Script) -> None:
        """Closing an answer must close the model's stream."""
        run = self.run(script)
        stream = self.arena.respond(self.request, run)

        async def close_early() -> None:
            await anext(stream, None)
            await stream.aclose()
            for _ in range(LOOP_TURNS):
                await asyncio.sleep(0)

        try:
            await wait(close_early(), self.seconds)
        except CallFailed as error:
            self.problems.append(f"when it is closed early: {describe(error)[0]}")
        if run.provider.streaming:
            self.problems.append("when it is closed early, the model's stream stays open")
