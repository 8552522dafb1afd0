"""How soon a program ends whose time is over, or that nobody waits for any more."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from time import perf_counter

from figures import Figure, median
from polyarena.sandbox import Job, Outcome, Running, SourceFile
from polyarena_sandbox.docker_sandbox import DockerSandbox

from .ours import IMAGE, PATIENCE, calm, started
from .traces import Traces

LIMIT = 1.0
LATE = 0.5
STUBBORN = """
import os, signal
for number in range(1, 65):
    if number not in (9, 19, 32, 33):
        signal.signal(number, signal.SIG_IGN)
for _ in range(8):
    if not os.fork():
        os.setsid()
        break
while True: pass
"""
PROGRAMS = {
    "that computes": "while True: pass",
    "that sleeps": "import time; time.sleep(600)",
    "that ignores signals and has daemons": STUBBORN,
}


async def measure(quick: bool, traces: Traces) -> list[Figure]:
    """Seconds beyond the limit until the result is there; seconds until a cancelled one is gone."""
    rounds = 2 if quick else 7
    figures = []
    async with started() as sandbox:
        for name, source in PROGRAMS.items():
            late = [await _late(sandbox, traces, source) for _ in range(rounds)]
            figures.append(_figure(f"time over, program {name}", late))
    async with started(warm_memory=0) as sandbox:
        gone = [await _gone(sandbox, traces) for _ in range(rounds)]
    return [*figures, _figure("cancelled, until its processes are gone", gone)]


def _figure(name: str, seconds: list[float]) -> Figure:
    note = f"median {median(seconds):.3f} s; the limit is {LIMIT:g} s"
    return Figure(f"{name}, worst", max(seconds), "s", most=LATE, note=note)


def _job(source: str) -> Job:
    return Job(IMAGE, (SourceFile("main.py", source.encode()),), seconds=LIMIT)


async def _late(sandbox: DockerSandbox, traces: Traces, source: str) -> float:
    await calm(sandbox, traces)
    began = perf_counter()
    result = await sandbox.run(_job(source))
    if result.outcome is not Outcome.TIME:
        raise RuntimeError(f"a program without an end ended as {result.outcome}")
    return perf_counter() - began - LIMIT


async def _gone(sandbox: DockerSandbox, traces: Traces) -> float:
    await calm(sandbox, traces, warm=0)
    async with aclosing(sandbox.stream(_job(STUBBORN))) as events:
        async for event in events:
            if isinstance(event, Running):
                break
        known = traces.ids
        began = perf_counter()
    async with asyncio.timeout(PATIENCE):
        while await asyncio.to_thread(traces.alive, known):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return perf_counter() - began
