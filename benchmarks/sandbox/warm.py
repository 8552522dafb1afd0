"""A run that finds a container waiting, beside `docker run` and beside no sandbox."""

from __future__ import annotations

from figures import Figure, median

from .clock import high, timed, timed_async
from .floors import docker_run, run, subprocess_run
from .ours import calm, hello, started
from .traces import Traces

FIRST = 2


async def measure(quick: bool, traces: Traces) -> list[Figure]:
    """One run at a time, each with nothing else under way, the three kinds in turn."""
    ours: list[float] = []
    bare: list[float] = []
    plain: list[float] = []
    with docker_run() as command:
        async with started() as sandbox:
            for _ in range(FIRST + (10 if quick else 60)):
                await calm(sandbox, traces)
                ours.append(await timed_async(hello(sandbox)))
                await calm(sandbox, traces)
                plain.append(timed(subprocess_run))
                bare.append(timed(lambda: run(command)))
    ours, bare, plain = ours[FIRST:], bare[FIRST:], plain[FIRST:]
    middle, beside = median(ours), "floor: docker run --rm, hardened"
    return [
        Figure("warm run, median", middle, "ms", median(bare), 0.2, of_floor=True, note=beside),
        Figure("warm run, 95th percentile", high(ours), "ms", high(bare), note=beside),
        Figure(
            "warm run, 95th percentile of median",
            high(ours),
            "ms",
            middle,
            3,
            of_floor=True,
            note="floor: its median",
        ),
        Figure(
            "warm run over a subprocess, median",
            middle - median(plain),
            "ms",
            most=15,
            note=f"python3 -c alone: {median(plain):.1f} ms, 95th percentile {high(plain):.1f} ms",
        ),
    ]
