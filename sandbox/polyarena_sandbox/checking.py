"""What the checks of a sandbox are made of."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from polyarena.sandbox import Job, Result, Sandbox, SourceFile, Step, StepResult


class CheckFailed(Exception):
    """A sandbox did not do what every sandbox must; the message says what it did."""


@dataclass(frozen=True, slots=True)
class Check:
    """Something that every sandbox must do.

    `language` is what it takes for that: a language, or a kind of apps with a server.
    """

    name: str
    body: Callable[[Sandbox], Awaitable[None]]
    language: str = "python"


def expect(true: bool, otherwise: object) -> None:
    """Fail the check unless something is true.

    Raises:
        CheckFailed: it is not.
    """
    if not true:
        raise CheckFailed(str(otherwise)[:500])


async def run(
    sandbox: Sandbox, source: str, *files: SourceFile, seconds: float | None = None, **step: Any
) -> Result:
    """Run a Python program, with one step that `step` holds the fields of."""
    job = Job("python", (SourceFile("main.py", source.encode()), *files), "main.py")
    return await sandbox.run(Job(job.language, job.files, job.main, (Step(**step),), seconds))


async def step_of(sandbox: Sandbox, source: str, **given: Any) -> StepResult:
    """The one step of a Python program that runs."""
    result = await run(sandbox, source, **given)
    expect(len(result.steps) == 1, f"there are {len(result.steps)} steps")
    return result.steps[0]


async def answer(sandbox: Sandbox, source: str, **given: Any) -> Any:
    """What a Python program prints as JSON, which must end well."""
    step = await step_of(sandbox, source, **given)
    expect(step.exit_code == 0, f"{step.outcome}: {step.stderr[-300:].decode(errors='replace')}")
    try:
        return json.loads(step.stdout)
    except ValueError:
        raise CheckFailed(f"the program printed {step.stdout[:200]!r}") from None
