"""A sandbox that runs nothing and answers what was prepared."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence

from ..apps import BUILD, LOOK
from ..errors import SandboxBusy
from ..sandbox import (
    Job,
    Language,
    Outcome,
    OutputFile,
    Progress,
    Queued,
    Result,
    Running,
    Sandbox,
    ServerApp,
    ServerKind,
    StepResult,
)
from .fake_server import KINDS, FakeRunningApp, FakeServer, say_hello

ENVIRONMENT = "fake:000000000000"
LANGUAGES = (
    Language("python", "Python", "3", "main.py", ("py",), ("py", "python3"), ("numpy",)),
    Language("javascript", "JavaScript", "22", "main.js", ("js",), ("js", "node")),
    Language("typescript", "TypeScript", "5", "main.ts", ("ts",), ("ts",)),
    Language("c", "C", "17", "main.c", ("c",), compiled=True),
    Language("cpp", "C++", "20", "main.cpp", ("cpp",), ("c++",), compiled=True),
    Language("go", "Go", "1", "main.go", ("go",), ("golang",), compiled=True),
    Language("rust", "Rust", "1", "main.rs", ("rs",), ("rs",), compiled=True),
    Language("java", "Java", "17", "Main.java", ("java",), compiled=True),
    Language("bash", "Bash", "5", "main.sh", ("sh",), ("sh", "shell")),
    Language("sql", "SQL", "3", "main.sql", ("sql",), ("sqlite",)),
    Language(BUILD, "Building web apps", "1", "", (), kind="tool"),
    Language(LOOK, "Looking at web apps", "1", "", (), kind="tool"),
)

Prepared = Result | Exception | Callable[[Job], Result]


class FakeSandbox(Sandbox):
    """Answers the n-th job with the n-th thing prepared; the last repeats.

    A prepared error is raised, a prepared function is asked, and without anything prepared every
    step ends well and prints nothing, and apps are built and seen as `built_result` and
    `seen_result` say. `jobs` holds what was run, with its owner; `running` is the number of jobs
    under way, `expected` what was said to come; `reason` is why nothing can be run.

    An app with a server is played by `server`, which is given each connection to it; with a
    `server_output` it has said that and ended. At most `servers` run, and `served` holds all.
    """

    name = "fake"

    def __init__(
        self,
        *prepared: Prepared,
        progress: Sequence[Progress] | None = None,
        languages: Sequence[Language] = LANGUAGES,
        reason: str | None = None,
        server: FakeServer = say_hello,
        server_output: str = "",
        servers: int = 4,
    ) -> None:
        self._server = server
        self._server_output = server_output
        self._servers = servers
        self.served: list[FakeRunningApp] = []
        self._prepared = prepared
        self._progress = progress
        self._languages = languages
        self._reason = reason
        self.jobs: list[tuple[Job, str]] = []
        self.running = 0
        self.expected: list[str] = []

    def unavailable(self) -> str | None:
        return self._reason

    def languages(self) -> Sequence[Language]:
        return self._languages

    def expect(self, language: str) -> None:
        self.expected.append(language)

    def server_kinds(self) -> Sequence[ServerKind]:
        return KINDS

    async def serve(self, app: ServerApp) -> FakeRunningApp:
        if sum(not one.ended for one in self.served) >= self._servers:
            raise SandboxBusy("As many apps run as may at once.")
        running = FakeRunningApp(app, self._server, self._server_output)
        self.served.append(running)
        return running

    async def stream(self, job: Job, owner: str = "") -> AsyncGenerator[Progress | Result]:
        place = len(self.jobs)
        self.jobs.append((job, owner))
        self.running += 1
        try:
            for event in (Queued(1), Running("run")) if self._progress is None else self._progress:
                yield event
            if not self._prepared:
                yield _result(job)
                return
            prepared = self._prepared[min(place, len(self._prepared) - 1)]
            if isinstance(prepared, Exception):
                raise prepared
            yield prepared if isinstance(prepared, Result) else prepared(job)
        finally:
            self.running -= 1


def _result(job: Job) -> Result:
    from .fake_apps import built_result, seen_result

    if job.language == BUILD:
        return built_result(job)
    if job.language == LOOK:
        return seen_result(job)
    return job_result(*(step_result(each.name) for each in job.steps))


def step_result(
    name: str = "run",
    stdout: str | bytes = b"",
    stderr: str | bytes = b"",
    *,
    outcome: Outcome = Outcome.OK,
    exit_code: int | None = None,
    seconds: float = 0.25,
) -> StepResult:
    """What a step did; a failed one ends with exit code 1, if nothing else is said."""
    code = exit_code if exit_code is not None else int(outcome is not Outcome.OK)
    return StepResult(
        name=name,
        outcome=outcome,
        exit_code=code,
        signal="",
        stdout=stdout.encode() if isinstance(stdout, str) else stdout,
        stderr=stderr.encode() if isinstance(stderr, str) else stderr,
        stdout_cut=False,
        stderr_cut=False,
        seconds=seconds,
        cpu_seconds=seconds / 2,
        memory=10_000_000,
    )


def job_result(*steps: StepResult, files: Sequence[OutputFile] = ()) -> Result:
    """A result of steps, ended as the first of them that did not end well."""
    outcomes = (each.outcome for each in steps if each.outcome is not Outcome.OK)
    return Result(
        outcome=next(outcomes, Outcome.OK),
        steps=steps,
        files=tuple(files),
        omitted=(),
        environment=ENVIRONMENT,
        queued=0.0,
        seconds=sum(each.seconds for each in steps),
    )
