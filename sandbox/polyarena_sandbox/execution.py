"""One job in one container, from its first byte to its last."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field, replace

from polyarena import SandboxUnavailable
from polyarena.sandbox import (
    OmittedFile,
    Outcome,
    OutputFile,
    Result,
    RunningApp,
    StepResult,
)

from .attach import Attached
from .bridge import Bridge
from .outgoing import Outgoing
from .protocol import (
    Bounds,
    Command,
    FileCame,
    FileLeft,
    Finished,
    LinkFrame,
    ProtocolError,
    Reader,
    Report,
    StepBegan,
    StepEnded,
)

BEAT_SECONDS = 1.5
GRACE_SECONDS = 2.0
CARRY_SECONDS = 30.0
FRAMES_BYTES = 8 << 20
"""What frames may take beside what they carry."""
REACHED_BYTES = 1 << 30
"""What a program may send in all to an app that it reaches."""


@dataclass(slots=True)
class Record:
    """What became known of a job; of `begun` steps `under_way` did not end, begun at `since`."""

    steps: list[StepResult] = field(default_factory=list)
    files: list[OutputFile] = field(default_factory=list)
    omitted: list[OmittedFile] = field(default_factory=list)
    begun: int = 0
    under_way: str = ""
    since: float = 0.0
    finished: bool = False

    @property
    def outcome(self) -> Outcome:
        """That of the first step that was not `ok`, else `ok`."""
        bad = (step.outcome for step in self.steps if step.outcome is not Outcome.OK)
        return next(bad, Outcome.OK)

    def take(self, report: Report, now: float) -> None:
        """Take in a report."""
        match report:
            case StepBegan(name=name):
                self.under_way, self.since = name, now
                self.begun += 1
            case StepEnded(result=step):
                self.under_way = ""
                self.steps.append(step)
            case FileCame(file=came):
                self.files.append(came)
            case FileLeft(file=left):
                self.omitted.append(left)
            case Finished():
                self.finished = True

    def stop(self, outcome: Outcome, now: float) -> None:
        """End the job from outside: the step under way, or else the last, met a limit."""
        self.finished = True
        if self.under_way:
            self.steps.append(_killed(self.under_way, outcome, now - self.since))
        elif self.steps and self.steps[-1].outcome is Outcome.OK:
            self.steps[-1] = replace(self.steps[-1], outcome=outcome)

    def result(self, environment: str, *, queued: float, seconds: float) -> Result:
        """The job's result, out of what is known."""
        return Result(
            outcome=self.outcome,
            steps=tuple(self.steps),
            files=tuple(self.files),
            omitted=tuple(self.omitted),
            environment=environment,
            queued=queued,
            seconds=seconds,
        )


def _killed(name: str, outcome: Outcome, seconds: float) -> StepResult:
    """What is known of a step whose container was killed."""
    return StepResult(
        name=name,
        outcome=outcome,
        exit_code=None,
        signal="SIGKILL",
        stdout=b"",
        stderr=b"",
        stdout_cut=True,
        stderr_cut=True,
        seconds=seconds,
        cpu_seconds=0.0,
        memory=0,
    )


def most_bytes(bounds: Bounds, commands: Sequence[Command]) -> int:
    """The most that a warden may send for a job."""
    return 2 * bounds.output_bytes * len(commands) + bounds.total_bytes + FRAMES_BYTES


async def execute(
    attached: Attached,
    payload: bytes,
    commands: Sequence[Command],
    bounds: Bounds,
    run: Callable[[Callable[[], None]], asyncio.Future[None]],
    record: Record,
    reach: RunningApp | None = None,
) -> AsyncGenerator[str]:
    """Have a container do a job, and fill in the record of it; connections lead to `reach`.

    Yields the name of the step under way whenever one begins, and again every `BEAT_SECONDS`.
    `run` runs something that blocks in a thread. When it ends and the record is not finished, the
    container ended before its work was done.

    Raises:
        SandboxUnavailable: what came from the container is not a warden's.
    """
    loop = asyncio.get_running_loop()
    reports: asyncio.Queue[Report | None] = asyncio.Queue()

    def post(report: Report) -> None:
        loop.call_soon_threadsafe(reports.put_nowait, report)

    most = most_bytes(bounds, commands) + (REACHED_BYTES if reach else 0)
    outgoing = Outgoing(attached)
    bridge = Bridge(reach, outgoing.put) if reach else None
    outgoing.put(payload)

    def pump() -> None:
        _pump(attached, Reader(bounds, tunnel=reach is not None), most, post)

    pumping = run(pump)
    pumping.add_done_callback(lambda _: reports.put_nowait(None))
    deadline = loop.time() + CARRY_SECONDS
    try:
        while not record.finished:
            now = loop.time()
            try:
                async with asyncio.timeout(min(BEAT_SECONDS, max(deadline - now, 0))):
                    report = await reports.get()
            except TimeoutError:
                if loop.time() >= deadline:
                    if record.under_way:
                        record.stop(Outcome.TIME, loop.time())
                    break
                yield record.under_way
                continue
            if report is None:
                break
            now = loop.time()
            if isinstance(report, LinkFrame):
                _lead(bridge, report)
                continue
            record.take(report, now)
            if record.begun > len(commands):
                raise SandboxUnavailable("The environment ran what it was not told to run.")
            if isinstance(report, StepBegan):
                deadline = now + commands[record.begun - 1].seconds + GRACE_SECONDS
                yield report.name
            elif isinstance(report, StepEnded):
                deadline = now + CARRY_SECONDS
    finally:
        outgoing.close()
        attached.close()
        if bridge is not None:
            await bridge.close()
        fault = pumping.exception() if pumping.done() else None
        pumping.add_done_callback(lambda done: done.cancelled() or done.exception())
    if fault is not None:
        raise SandboxUnavailable(f"The environment's answer was not understood: {fault}")


def _lead(bridge: Bridge | None, frame: LinkFrame) -> None:
    try:
        if bridge is not None:
            bridge.take(frame)
    except ProtocolError as error:
        raise SandboxUnavailable(f"The environment's answer was not understood: {error}") from None


def _pump(attached: Attached, reader: Reader, most: int, post: Callable[[Report], None]) -> None:
    """Pass on what comes of a job, until it is finished or the container ends."""
    for piece in attached.pieces(most):
        for report in reader.feed(piece):
            post(report)
            if isinstance(report, Finished):
                return
