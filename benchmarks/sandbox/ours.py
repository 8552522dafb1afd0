"""The sandbox under trial, as a server would start it, and the smallest job there is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from polyarena.sandbox import Job, Outcome, SourceFile
from polyarena_sandbox.docker_sandbox import DockerSandbox
from polyarena_sandbox.limits import Limits

from .traces import Traces

IMAGE = "python"
SOURCE = "print(1)"
HELLO = Job(IMAGE, (SourceFile("main.py", SOURCE.encode()),))
PATIENCE = 30.0


@asynccontextmanager
async def started(**options: object) -> AsyncGenerator[DockerSandbox]:
    """A started sandbox with these options, which builds nothing.

    Raises:
        RuntimeError: it cannot run Python here.
    """
    sandbox = DockerSandbox(Limits.read({"build": False, "warm": {IMAGE: 2}, **options}))
    await sandbox.start()
    try:
        python = next(one for one in sandbox.languages() if one.id == IMAGE)
        if reason := sandbox.unavailable() or ("" if python.ready else "make images comes first"):
            raise RuntimeError(reason)
        yield sandbox
    finally:
        await sandbox.close()


async def calm(sandbox: DockerSandbox, traces: Traces, warm: int = 2) -> None:
    """Wait until so many containers wait and there is no other of ours.

    Raises:
        TimeoutError: it did not come to that.
    """
    async with asyncio.timeout(PATIENCE):
        while not await _is_calm(sandbox, traces, warm):  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def _is_calm(sandbox: DockerSandbox, traces: Traces, warm: int) -> bool:
    if sandbox.warm(IMAGE) != warm:
        return False
    return len(await asyncio.to_thread(traces.containers)) <= warm


async def hello(sandbox: DockerSandbox, owner: str = "") -> None:
    """Run the smallest job.

    Raises:
        RuntimeError: it did not do what it should.
    """
    result = await sandbox.run(HELLO, owner)
    if result.outcome is not Outcome.OK or result.steps[-1].stdout != b"1\n":
        raise RuntimeError(f"the smallest job ended as {result}")
