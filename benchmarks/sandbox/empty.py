"""A run that finds no container waiting, beside `docker run`."""

from __future__ import annotations

from figures import Figure, median

from .clock import high, timed, timed_async
from .floors import docker_run, run
from .ours import calm, hello, started
from .traces import Traces

FIRST = 1


async def measure(quick: bool, traces: Traces) -> list[Figure]:
    """One run at a time, each with nothing else under way, both kinds in turn."""
    ours: list[float] = []
    bare: list[float] = []
    with docker_run() as command:
        async with started(warm_memory=0) as sandbox:
            for _ in range(FIRST + (5 if quick else 25)):
                await calm(sandbox, traces, warm=0)
                ours.append(await timed_async(hello(sandbox)))
                await calm(sandbox, traces, warm=0)
                bare.append(timed(lambda: run(command)))
    ours, bare = ours[FIRST:], bare[FIRST:]
    beside = "floor: docker run --rm, hardened"
    return [
        Figure(
            "empty pool, median", median(ours), "ms", median(bare), 1.7, of_floor=True, note=beside
        ),
        Figure("empty pool, 95th percentile", high(ours), "ms", high(bare), note=beside),
    ]
