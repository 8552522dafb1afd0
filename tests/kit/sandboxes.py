"""Sandboxes on the real engine, and what of theirs is on it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import docker

from polyarena.sandbox import Job, Progress, Result, Running, SourceFile, Step
from polyarena_sandbox.docker_sandbox import DockerSandbox
from polyarena_sandbox.images import build, is_built
from polyarena_sandbox.leftovers import LABEL, mark
from polyarena_sandbox.limits import Limits

PATIENCE = 30.0
SPIN = "while True: pass"

_OTHER = """
import asyncio
from kit.sandboxes import started, until
from polyarena_sandbox.leftovers import mark

async def main():
    async with started(warm={"python": 1}, warm_memory="16MiB") as sandbox:
        await until(lambda: sandbox.warm("python") == 1)
        print("mark", mark(), flush=True)
        await asyncio.to_thread(sys.stdin.readline)

asyncio.run(main())
"""


def built(*images: str) -> None:
    """Have images on the engine; building one takes minutes."""
    with closing(docker.DockerClient.from_env()) as client:
        for image in images:
            if not is_built(client, image):
                build(client, image, print)


@asynccontextmanager
async def started(**options: object) -> AsyncIterator[DockerSandbox]:
    """A sandbox that was started with these options; by default it builds and warms nothing."""
    sandbox = DockerSandbox(Limits.read({"build": False, "warm_memory": 0, **options}))
    await sandbox.start()
    try:
        yield sandbox
    finally:
        await sandbox.close()


def python(source: str, *steps: Step, seconds: float | None = None) -> Job:
    """A job of one Python file."""
    files = (SourceFile("main.py", source.encode()),)
    return Job("python", files, steps=steps or (Step(),), seconds=seconds)


def ours(label: str | None = None) -> Sequence[Any]:
    """The containers that this process has on the engine, or those of another label's value."""
    inspected = []
    with closing(docker.DockerClient.from_env()) as client:
        found = client.api.containers(all=True, filters={"label": f"{LABEL}={label or mark()}"})
        for one in found:
            # It may be removed at this moment.
            with suppress(docker.errors.NotFound):
                inspected.append(client.api.inspect_container(one["Id"]))
    return inspected


async def until(true: Callable[[], object]) -> None:
    """Wait until something is true.

    Raises:
        TimeoutError: it was not within `PATIENCE` seconds.
    """
    async with asyncio.timeout(PATIENCE):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@asynccontextmanager
async def under_way(sandbox: DockerSandbox, job: Job) -> AsyncIterator[asyncio.Task[Result]]:
    """A job that began to run; what becomes of it is the task's."""
    began = asyncio.Event()

    async def follow() -> Result:
        async with aclosing(sandbox.stream(job)) as events:
            async for event in events:
                if isinstance(event, Result):
                    return event
                if isinstance(event, Running):
                    began.set()
        raise AssertionError("there was no result")

    task = asyncio.create_task(follow())
    waiting = asyncio.create_task(began.wait())
    await asyncio.wait({task, waiting}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    waiting.cancel()
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.wait({task})


async def events_of(sandbox: DockerSandbox, job: Job, owner: str) -> list[Progress | Result]:
    """All that a stream yields."""
    async with aclosing(sandbox.stream(job, owner)) as events:
        return [event async for event in events]


@dataclass(frozen=True)
class Other:
    """Another server's process, and the label's value on its containers."""

    process: subprocess.Popen[str]
    label: str


@contextmanager
def server_with_a_container() -> Iterator[Other]:
    """Another process whose sandbox keeps one container warm; killed in the end."""
    with subprocess.Popen(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{_OTHER}"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            # What it logs is printed too.
            line = next(line for line in process.stdout if line.startswith("mark "))
            yield Other(process, line.split()[1])
        finally:
            process.kill()
