"""Running a program in the sandbox: how far it is, and in the end what it did."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from polyarena import (
    BadRequest,
    Execution,
    ExecutionStep,
    File,
    Image,
    NotFound,
    Status,
    Table,
    Tools,
)
from polyarena.answers import safe_name
from polyarena.sandbox import (
    Language,
    Outcome,
    OutputFile,
    Progress,
    Queued,
    Result,
    Sandbox,
    SourceFile,
    StepResult,
)

from .examples import agrees
from .plan import PYTEST, Plan, plan_of
from .program import Program
from .tables import tables_of
from .task import Task

RUN_SHOWN = 200_000
TEST_SHOWN = 10_000
_PASSED = re.compile(r"\b[1-9]\d{0,5} passed\b")


def language_in(sandbox: Sandbox, name: str) -> Language | None:
    """The sandbox's language of a name or alias, for programs."""
    for language in sandbox.languages():
        named = name == language.id or name in language.aliases
        if named and language.kind == "program":
            return language
    return None


async def run_program(
    program: Program, language: Language, task: Task, tools: Tools
) -> AsyncGenerator[Status | Execution | Table]:
    """Run a program for a task; yields how far it is, what it did, and tables that it made.

    Raises:
        BadJob: the sandbox does not take the program.
        SandboxError: it could not be run.
        StorageError: a file that it made could not be stored.
    """
    uploads, lost = await _uploads(task.uploads, tools)
    plan = plan_of(program, task, language, uploads)
    async with aclosing(tools.sandbox.stream(plan.job, tools.owner)) as events:
        async for event in events:
            if not isinstance(event, Result):
                yield Status(_words(event, len(plan.examples)))
                continue
            yield Status("Done")
            execution = await _execution(event, plan, tools)
            omitted = (*lost, *execution.omitted)
            yield execution.model_copy(update={"language": program.language, "omitted": omitted})
            for table in tables_of(event.files):
                yield table


async def _uploads(
    parts: Sequence[Image | File], tools: Tools
) -> tuple[tuple[SourceFile, ...], tuple[str, ...]]:
    """The files to lie beside the program, and a word on each that was deleted since."""
    files: list[SourceFile] = []
    lost: list[str] = []
    for number, part in enumerate(parts, 1):
        name = safe_name(part.filename) or f"file{number}"
        try:
            files.append(SourceFile(name, await tools.load(part)))
        except NotFound:
            lost.append(f"{name}, which was given with the prompt: it was deleted")
    return tuple(files), tuple(lost)


def _words(progress: Progress, tests: int) -> str:
    if isinstance(progress, Queued):
        return f"Waiting to be run, place {progress.place}"
    if progress.step == "compile":
        return "Compiling"
    if progress.step == PYTEST:
        return "Running the tests"
    if progress.step.startswith("test "):
        return f"Running {progress.step} of {tests}"
    return "Running"


async def _execution(result: Result, plan: Plan, tools: Tools) -> Execution:
    kept, refused = await _kept(result.files, tools)
    return Execution(
        language=plan.job.language,
        outcome=result.outcome.value,
        steps=tuple(_step(step, plan) for step in result.steps),
        files=kept,
        omitted=(*refused, *(f"{each.name}: {each.reason}" for each in result.omitted)),
        environment=result.environment,
    )


async def _kept(
    files: Sequence[OutputFile], tools: Tools
) -> tuple[tuple[Image | File, ...], tuple[str, ...]]:
    kept: list[Image | File] = []
    refused: list[str] = []
    for each in files:
        try:
            kept.append(await tools.keep(each.data, each.name))
        except BadRequest as error:
            refused.append(f"{each.name}: {error}")
    return tuple(kept), tuple(refused)


def _step(step: StepResult, plan: Plan) -> ExecutionStep:
    example = plan.examples.get(step.name)
    bound = TEST_SHOWN if example else RUN_SHOWN
    stdout, stderr = _text(step.stdout), _text(step.stderr)
    ended = step.outcome is Outcome.OK
    passed = None
    if example:
        passed = ended and not step.stdout_cut and agrees(stdout, example.output)
    elif step.name == PYTEST:
        passed = ended and bool(_PASSED.search(stdout[-300:]))
    return ExecutionStep(
        name=step.name,
        outcome=step.outcome.value,
        exit_code=step.exit_code,
        signal=step.signal,
        stdout=stdout[:bound],
        stderr=stderr[:bound],
        stdout_cut=step.stdout_cut or len(stdout) > bound,
        stderr_cut=step.stderr_cut or len(stderr) > bound,
        seconds=step.seconds,
        cpu_seconds=step.cpu_seconds,
        memory=step.memory,
        stdin=plan.given(step.name),
        expected=example.output if example else None,
        passed=passed,
    )


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\x00", "\ufffd")
