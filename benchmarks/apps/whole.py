"""An app from its last token on, through the sandbox as an arena uses it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import aclosing

from docker import DockerClient

from apps.sources import PAGE, REACT
from figures import Figure, median
from polyarena.apps import BuiltApp, SeenApp, build, expect, look
from polyarena_sandbox.docker_sandbox import DockerSandbox
from polyarena_sandbox.limits import Limits

WARM_SECONDS = 6.0
PATIENCE = 60.0
FIRST = 1


def measure(client: DockerClient, quick: bool) -> list[Figure]:
    """From the files to the bundle, with which it can be played, and to all that was seen."""
    return asyncio.run(_measure(3 if quick else 10))


async def _measure(rounds: int) -> list[Figure]:
    sandbox = DockerSandbox(Limits.read({"build": False, "warm": {}}))
    await sandbox.start()
    figures = []
    try:
        for name, files in (("React app", REACT), ("HTML page", PAGE)):
            times = [await _once(sandbox, files) for _ in range(FIRST + rounds)][FIRST:]
            built, seen = zip(*times, strict=True)
            figures += [
                Figure(f"{name}, from the last token to the bundle", median(built), "ms"),
                Figure(f"{name}, from the last token to all that was seen", median(seen), "ms"),
            ]
    finally:
        await sandbox.close()
    return figures


async def _once(sandbox: DockerSandbox, files: Mapping[str, str]) -> tuple[float, float]:
    """Milliseconds until it was built, and until it was looked at."""
    await _ready(sandbox)
    began = time.perf_counter()
    async with aclosing(build(sandbox, files)) as builds:
        app = [event async for event in builds if isinstance(event, BuiltApp)][-1]
    built = time.perf_counter()
    async with aclosing(look(sandbox, app)) as looks:
        seen = [event async for event in looks if isinstance(event, SeenApp)][-1]
    if not seen.shots:
        raise RuntimeError("the app was not seen")
    return (built - began) * 1e3, (time.perf_counter() - began) * 1e3


async def _ready(sandbox: DockerSandbox) -> None:
    """Both tools wait, as they do once a model has written for a while."""
    expect(sandbox)
    async with asyncio.timeout(PATIENCE):
        while min(sandbox.warm("web"), sandbox.warm("browser")) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    await asyncio.sleep(WARM_SECONDS)
