"""Runs a second that are kept up, each in a container of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from time import perf_counter

from figures import Figure, median

from .clock import high, timed_async
from .floors import docker_run, run
from .ours import calm, hello, started
from .traces import Traces

CROWDS = (1, 2, 8, 32)
TARGET = 6.0

Work = Callable[[str], Awaitable[object]]


async def measure(quick: bool, traces: Traces) -> list[Figure]:
    """For each crowd: everybody asks for a run again as soon as the last one is done."""
    figures = []
    with docker_run() as command:
        async with started() as sandbox:
            for crowd in CROWDS:
                await calm(sandbox, traces)
                rate, took = await _loop(
                    lambda owner: hello(sandbox, owner), crowd, 3 if quick else 12
                )
                await calm(sandbox, traces)
                floor = await _bare(command, crowd, 2 if quick else 6)
                note = f"one takes {median(took):.0f} ms, 95th percentile {high(took):.0f} ms"
                name = f"runs a second, {crowd} at once"
                figures.append(Figure(name, rate, "/s", floor, least=TARGET, note=note))
    return figures


async def _bare(command: Sequence[str], crowd: int, seconds: float) -> float:
    with ThreadPoolExecutor(crowd) as pool:
        loop = asyncio.get_running_loop()
        rate, _ = await _loop(lambda _: loop.run_in_executor(pool, run, command), crowd, seconds)
    return rate


async def _loop(work: Work, crowd: int, seconds: float) -> tuple[float, list[float]]:
    """Runs a second until the last one has ended, and how long each took in milliseconds."""
    took: list[float] = []
    began = perf_counter()

    async def again(owner: str) -> None:
        while perf_counter() - began < seconds:
            took.append(await timed_async(work(owner)))

    await asyncio.gather(*(again(f"visitor-{number}") for number in range(crowd)))
    return len(took) / (perf_counter() - began), took
