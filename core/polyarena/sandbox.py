"""Running programs that nobody has read: what a sandbox is given, and what it answers.

A sandbox is brought by a plugin (`polyarena_register_sandboxes`) and reached by an arena through
`Run.sandbox`. What a program does, however bad, is a `Result`; what goes wrong on our side is
raised, so that it can be tried again and never counts against a model::

    result    the program ended, failed, crashed, or met a limit (`Outcome` says which)
    raised    SandboxUnavailable   no engine, or it went away while the program ran
              SandboxBusy          the queue is full
              BadJob               the job itself is wrong: no such language, a bad file name

Apps with a server of their own run until they are closed; what they are is in `polyarena.serving`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from .errors import SandboxUnavailable
from .serving import BRIEF_SECONDS, REACH_PORT, Connection, RunningApp, ServerApp, ServerKind

__all__ = [
    "BRIEF_SECONDS",
    "REACH_PORT",
    "Connection",
    "Job",
    "Language",
    "OmittedFile",
    "Outcome",
    "OutputFile",
    "Progress",
    "Queued",
    "Result",
    "Running",
    "RunningApp",
    "Sandbox",
    "ServerApp",
    "ServerKind",
    "SourceFile",
    "Step",
    "StepResult",
]


class Outcome(StrEnum):
    """How a step, or a whole job, ended; everything after `failed` is a limit."""

    OK = "ok"
    FAILED = "failed"
    TIME = "time"
    MEMORY = "memory"
    OUTPUT = "output"
    PROCESSES = "processes"
    DISK = "disk"


@dataclass(frozen=True, slots=True)
class Language:
    """A language that a sandbox runs.

    `id` as a fence would name it, `aliases` other names for it; `main` is the file that is run
    when a job names none; `libraries` are what a program may import beyond the standard library.
    `ready` is false while its environment is not built. A `kind` of "tool" is nothing that a
    program is written in: its jobs bring files for a tool to work on; see `polyarena.apps`.
    """

    id: str
    title: str
    version: str
    main: str
    extensions: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    compiled: bool = False
    ready: bool = True
    kind: Literal["program", "tool"] = "program"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to lie in the work directory; `name` is relative and may hold folders."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Step:
    """One start of the program; with a `command`, that is started in its place."""

    name: str = "run"
    stdin: bytes = b""
    arguments: tuple[str, ...] = ()
    command: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """A program to compile, where its language wants that, and to start once for every step.

    `main` names the file to start, the language's own where empty. `seconds` bounds each step,
    within the sandbox's own limit. The steps share one container and its work directory. An app
    that runs is to be had by them as `reach`, at 127.0.0.1:`REACH_PORT`, and nothing else is.
    """

    language: str
    files: tuple[SourceFile, ...]
    main: str = ""
    steps: tuple[Step, ...] = (Step(),)
    seconds: float | None = None
    reach: RunningApp | None = None


@dataclass(frozen=True, slots=True)
class StepResult:
    """What one step did; the compiler's step is named `compile` and comes first.

    `seconds` is wall time and `cpu_seconds` processor time; `memory` is the largest resident set
    of one process, in bytes. `exit_code` is None where a signal ended the step, whose name is
    `signal` then. Output beyond the limit is cut, and that is said.
    """

    name: str
    outcome: Outcome
    exit_code: int | None
    signal: str
    stdout: bytes
    stderr: bytes
    stdout_cut: bool
    stderr_cut: bool
    seconds: float
    cpu_seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file that the program made or changed; `name` is relative to the work directory."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class OmittedFile:
    """A file that did not come back: too large, too many, or no ordinary file."""

    name: str
    size: int
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a job did.

    `outcome` is that of the first step that was not `ok`, else `ok`; steps after a failed
    compilation are not run. `environment` names the image that ran it by the hash of its recipe.
    `queued` and `seconds` are the wall times before and during the run.
    """

    outcome: Outcome
    steps: tuple[StepResult, ...]
    files: tuple[OutputFile, ...]
    omitted: tuple[OmittedFile, ...]
    environment: str
    queued: float
    seconds: float

    @property
    def compiled(self) -> bool:
        """Whether there was no compiler's step, or it went well."""
        return not any(s.name == "compile" and s.outcome is not Outcome.OK for s in self.steps)


@dataclass(frozen=True, slots=True)
class Queued:
    """The job waits; `place` 1 is the next to run."""

    place: int


@dataclass(frozen=True, slots=True)
class Running:
    """A step of the job began: `compile` or the step's name."""

    step: str


Progress = Queued | Running


class Sandbox(ABC):
    """Runs programs apart from everything else. One instance serves all arenas.

    `stream` yields progress at least every few seconds and the `Result` last.
    """

    name: ClassVar[str]

    @abstractmethod
    def unavailable(self) -> str | None:
        """Why nothing can be run now, and the remedy, in words for a person; or None."""

    @abstractmethod
    def languages(self) -> Sequence[Language]:
        """What can be run, those whose environment is still being built included."""

    @abstractmethod
    def stream(self, job: Job, owner: str = "") -> AsyncGenerator[Progress | Result]:
        """Run a job once it is its turn; the turns of different owners alternate.

        Closing the generator kills the program at once.

        Raises:
            BadJob: no such language, no files, or a file's name leaves the work directory.
            SandboxBusy: too many jobs are waiting.
            SandboxUnavailable: no engine, an environment not built yet, or the engine went away.
        """

    async def run(self, job: Job, owner: str = "") -> Result:
        """Run a job to its result.

        Raises:
            BadJob, SandboxBusy, SandboxUnavailable: as `stream` does.
        """
        async with aclosing(self.stream(job, owner)) as events:
            async for event in events:
                if isinstance(event, Result):
                    return event
        raise SandboxUnavailable(f"The sandbox {self.name} ended without a result.")

    def server_kinds(self) -> Sequence[ServerKind]:
        """The kinds of apps with a server that can be run; none by default."""
        return ()

    async def serve(self, app: ServerApp) -> RunningApp:
        """Start an app with a server. Whoever asks closes it; the sandbox does after its life.

        Raises:
            BadJob: no such kind, no file to start, or a file's name leaves the work directory.
            SandboxBusy: as many run as may.
            SandboxUnavailable: no engine, an environment not built yet, or no such apps here.
        """
        raise SandboxUnavailable(f"The sandbox {self.name} runs no apps with a server.")

    def expect(self, language: str) -> None:
        """Take note that a job of a language will come soon, so as to be ready for it."""
        return

    async def start(self) -> None:
        """Get ready in the background; called once, when the server starts."""
        return

    async def close(self) -> None:
        """Stop and remove everything; called once, when the server stops."""
        return
