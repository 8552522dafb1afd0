"""Hostile programs, and the sandbox that they are run in."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from kit.sandboxes import built, started
from kit.traces import following
from polyarena.sandbox import Job, Outcome, Result, SourceFile, Step, StepResult
from polyarena_sandbox.docker_sandbox import DockerSandbox

PROGRAMS = Path(__file__).parent.parent / "hostile" / "programs"
LANGUAGES = {".c": "c", ".cpp": "cpp", ".py": "python", ".sh": "bash"}
SECONDS = 1.0
CLOSE: dict[str, object] = {
    "compile_seconds": 2,
    "memory": "128MB",
    "disk": "40MB",
    "running": 2,
    "warm": {"python": 2, "native": 1, "shell": 1},
    "warm_memory": "64MiB",
}
AFTER = Step("after", command=("sh", "-c", "set -- /proc/[0-9]*; echo $#"))
"""Counts the processes: the warden and itself."""


def attack(
    name: str,
    *steps: Step,
    files: Sequence[SourceFile] = (),
    seconds: float = SECONDS,
) -> Job:
    """A job of the hostile program in that file."""
    path = PROGRAMS / name
    sources = (SourceFile(name, path.read_bytes()), *files)
    return Job(LANGUAGES[path.suffix], sources, name, steps or (Step(),), seconds)


@asynccontextmanager
async def besieged(**options: object) -> AsyncIterator[DockerSandbox]:
    """A sandbox of close limits, of which nothing is left once it was closed."""
    built("python", "native", "shell")
    with following() as containers:
        async with started(**{**CLOSE, **options}) as sandbox:
            yield sandbox
        await containers.vanish()


async def attacked(sandbox: DockerSandbox, job: Job) -> tuple[StepResult, Result]:
    """Run a job of one step, after which nothing of it is alive and its container still works."""
    (step,) = job.steps
    result = await sandbox.run(Job(job.language, job.files, job.main, (step, AFTER), job.seconds))
    before, after = result.steps[-2:]
    assert (after.name, after.outcome, after.stdout) == ("after", Outcome.OK, b"2\n")
    return before, result


async def told(sandbox: DockerSandbox, name: str, *arguments: str, stdin: bytes = b"") -> bytes:
    """What a program prints that tells all it got at, and must come to its end."""
    job = attack(name, Step(arguments=arguments, stdin=stdin), seconds=10)
    step, _ = await attacked(sandbox, job)
    assert (step.outcome, step.stderr) == (Outcome.OK, b"")
    return step.stdout
