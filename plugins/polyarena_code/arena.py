"""The code arena."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing

from markupsafe import Markup

from polyarena import (
    Action,
    ActionForm,
    Arena,
    BadJob,
    Code,
    Event,
    Execution,
    Finish,
    FinishedBattle,
    Model,
    ModelRequest,
    Part,
    PartReady,
    Prompt,
    Run,
    Scalar,
    Status,
    Table,
    Tools,
    Turn,
    View,
)
from polyarena.answers import folded, written

from .again import RUN, forms_of, program_of
from .asking import CodeRequest, request_of, with_previews
from .categories import categories
from .evidence import evidence
from .examples import BadTests
from .extraction import find_program
from .manifest import MANIFEST
from .notes import note
from .parts import parts_of, program_in
from .running import language_in, run_program
from .style import features
from .task import Task, read_task


class CodeArena(Arena):
    """Two programs for one task, both run on the same input and the same tests."""

    manifest = MANIFEST

    def supports(self, model: Model, prompt: Prompt) -> bool:
        """Whatever a prompt holds is put into words, so that any model of text will do."""
        return self.manifest.capability in model.capabilities

    def validate(self, prompt: Prompt) -> str | None:
        try:
            task = read_task(prompt.parts)
        except BadTests as error:
            return str(error)
        if task.tests.pytest and task.language not in ("", "python"):
            return "A pytest file tests Python; choose Python, or give tests as input -> output."
        return None

    async def prepare(self, turn: Turn, model: Model) -> ModelRequest:
        return request_of(turn, model)

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        """The model's own stream, then its program, and what that did."""
        task = request.task if isinstance(request, CodeRequest) else Task()
        if isinstance(request, CodeRequest):
            request = await with_previews(request, run)
        said: list[str] = []
        finish: Finish | None = None
        async with aclosing(run.stream(request)) as events:
            async for event in events:
                if isinstance(event, Finish):
                    finish = event
                    break
                said.append(written(event))
                yield event
        answer = "".join(said)
        if finish is not None and answer.strip():
            async with aclosing(_executed(answer, task, run)) as done:
                async for event in done:
                    yield event
        if finish is not None:
            yield finish

    def actions(self, turn: Turn, parts: Sequence[Part]) -> Sequence[ActionForm]:
        return forms_of(turn, parts)

    def sources(self, parts: Sequence[Part]) -> Sequence[Code]:
        program = program_in(parts)
        return parts_of(program) if program else ()

    async def act(self, action: Action, tools: Tools) -> Sequence[Part]:
        """Run an answer's program again, with another input or changed code.

        Raises:
            BadRequest: there is no such action, no program, or what was sent is too large.
            SandboxError: it could not be run.
        """
        if action.name != RUN:
            return await super().act(action, tools)
        program, task = program_of(action)
        language = language_in(tools.sandbox, program.language)
        if language is None:
            raise BadJob(f"{program.title} cannot be run here.")
        parts: list[Part] = []
        async with aclosing(run_program(program, language, task, tools)) as events:
            async for event in events:
                if isinstance(event, Execution):
                    parts.append(event.model_copy(update={"own": True}))
                elif isinstance(event, Table):
                    parts.append(event)
        return parts

    def render(self, part: Part, view: View) -> Markup | None:
        return folded(part, "as it was run") if isinstance(part, Code) and part.filename else None

    def categories(self, battle: FinishedBattle) -> frozenset[str]:
        return categories(battle)

    def features(self, battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
        return features(battle)

    def evidence(self, battle: FinishedBattle) -> Mapping[str, tuple[Scalar, Scalar]]:
        return evidence(battle)


async def _executed(answer: str, task: Task, run: Run) -> AsyncGenerator[Event]:
    program = await asyncio.to_thread(find_program, answer, task.asked)
    if program is None:
        yield PartReady(note("there is no program in this answer."))
        return
    language = language_in(run.sandbox, program.language)
    if language is None:
        yield PartReady(note(f"{program.title} is not among the languages that can be run here."))
        return
    try:
        async with aclosing(run_program(program, language, task, run)) as events:
            async for event in events:
                if isinstance(event, Status):
                    yield event
                    continue
                if isinstance(event, Execution):
                    for file in parts_of(program):
                        yield PartReady(file)
                yield PartReady(event)
    except BadJob as error:
        yield PartReady(note(str(error)))
