"""The conformance suite: does an arena behave as the core expects?"""

from __future__ import annotations

import asyncio

from ..arena import Arena, ArenaManifest, Turn, View
from ..bounded import CallFailed, call
from ..content import Message, Part, Prompt, Text
from ..dispatch import Dispatcher
from ..errors import PluginError, ProviderError
from ..inspection import describe
from ..plugins import PluginRecord, Registry
from . import samples
from .manifest import manifest_problems
from .markup import markup_faults
from .problem import Problem
from .responding import respond_problems
from .scripted import Script

PATIENCE = 12


def check_arena(arena: Arena, *, answer: Script | None = None, seconds: float = 5) -> list[Problem]:
    """Try an arena on ordinary and odd prompts, and answer what does not conform.

    `answer` is what the sample model streams, for an arena that needs answers of a certain
    form; `seconds` bounds each call. It starts an event loop of its own: from a coroutine, use
    `asyncio.to_thread`.
    """
    manifest = getattr(arena, "manifest", None)
    if not isinstance(manifest, ArenaManifest):
        return [Problem("manifest", "the arena has none that is an ArenaManifest")]
    if wrong := manifest_problems(manifest):
        return [Problem("manifest", message) for message in wrong]
    check = _Check(arena, answer or samples.answer(manifest), seconds)
    try:
        call(lambda: asyncio.run(check.run()), seconds * PATIENCE)
    except CallFailed as error:
        message = f"the check was not finished; a coroutine may block: {describe(error)[0]}"
        return [*check.problems, Problem("arena", message)]
    return list(dict.fromkeys(check.problems))


class _Check:
    def __init__(self, arena: Arena, answer: Script, seconds: float) -> None:
        self.arena, self.manifest, self.answer = arena, arena.manifest, answer
        self.seconds = seconds
        self.problems: list[Problem] = []
        self.registry = Registry(on_fault=lambda fault: None)
        self.registry.add(PluginRecord("checked"), (), (arena,), ())
        self.dispatcher = Dispatcher(self.registry, seconds)

    async def run(self) -> None:
        try:
            taken = await self.take_prompts()
            if not taken and not self.registry.faults:
                self.add("validate", "it refuses every sample prompt; a starter would be taken")
            for what, prompt in taken.items():
                await self.prepare(what, prompt)
            if taken:
                await self.respond(next(iter(taken.values())))
            for what, part in samples.parts().items():
                await self.render(what, part)
            for _, battle in samples.battles(self.manifest):
                await self.dispatcher.categories(self.arena, battle)
                await self.dispatcher.features(self.arena, battle)
        finally:
            self.dispatcher.close()
            self.problems += [
                Problem(fault.where.rpartition(".")[2], fault.message)
                for fault in self.registry.faults
            ]

    def add(self, where: str, message: str) -> None:
        self.problems.append(Problem(where, message))

    async def take_prompts(self) -> dict[str, Prompt]:
        taken: dict[str, Prompt] = {}
        capable = samples.model("Sample One", self.manifest, self.answer).model
        for what, prompt in samples.prompts(self.manifest).items():
            refused = await self.dispatcher.validate(self.arena, prompt)
            supported = await self.dispatcher.supports(self.arena, capable, prompt)
            if refused is None:
                taken[what] = prompt
                if not supported:
                    self.add("supports", f"no model could answer {what}")
            elif what.startswith("the starter"):
                self.add("validate", f"it refuses {what}: {refused}")
        return taken

    async def prepare(self, what: str, prompt: Prompt) -> None:
        before = (
            Message(role="user", parts=(Text(text="Hello"),)),
            Message(role="assistant", parts=(Text(text="Hello to you"),)),
        )
        for history in ((), before):
            turn = Turn(self.manifest.id, history, prompt)
            try:
                one, two = [
                    await self.dispatcher.prepare(
                        self.arena, turn, samples.model(name, self.manifest, self.answer).model
                    )
                    for name in ("Sample One", "Sample Two")
                ]
            except PluginError:
                return
            except ProviderError as error:
                self.add("prepare", f"{what}: it raised {error!r}")
                return
            if one != two:
                self.add("prepare", f"{what}: two models are asked different things")
            await self.wait(what, turn)
            if not any(message.role == "user" and message.parts for message in one.messages):
                self.add("prepare", f"{what}: the request holds no message of the user")

    async def wait(self, what: str, turn: Turn) -> None:
        html = await self.dispatcher.waiting(self.arena, turn)
        for fault in markup_faults(html or ""):
            self.add("waiting", f"{what}: {fault}")

    async def respond(self, prompt: Prompt) -> None:
        scripted = samples.model("Sample One", self.manifest, self.answer)
        turn = Turn(self.manifest.id, (), prompt)
        try:
            request = await self.dispatcher.prepare(self.arena, turn, scripted.model)
        except (PluginError, ProviderError):
            return
        found, produced = await respond_problems(self.arena, request, self.answer, self.seconds)
        for message in found:
            self.add("respond", message)
        for part in produced:
            await self.render("a part it answered", part)

    async def render(self, what: str, part: Part) -> None:
        asked, name = Prompt.of(samples.HOSTILE), self.manifest.id
        views = (
            View(name, final=False),
            View(name, "b", prompt=asked),
            View(name, revealed=True, prompt=asked),
        )
        for view in views:
            html = await self.dispatcher.render(self.arena, part, view)
            for fault in markup_faults(html or ""):
                self.add("render", f"{what}: {fault}")
