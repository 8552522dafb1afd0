"""Many battles at once: the first token beside 50, the processor, how many are held."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from time import perf_counter

import wire
from battle_load import FLOOR, Crowd, Door, Order
from figures import Figure, percentile
from machine import Process
from streams import OURS, Streams, first_token

SIZE = 50
LEVELS = (1, 10, 25, 50, 75, 100, 120, 150, 200)
QUICK_LEVELS = (50, 100, 150, 200)
BEYOND_UPSTREAM = 0.050
EVERY = 0.05
ORDER = Order()


@dataclass
class Seen:
    """What `SIZE` battles at once showed, all rounds together; times in seconds."""

    firsts: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    cpu: float = 0.0
    tokens: int = 0

    @property
    def cost(self) -> float:
        """Processor seconds per 1,000 tokens."""
        return self.cpu / self.tokens * 1000


async def measure(streams: Streams, quick: bool) -> list[Figure]:
    """The figures of `SIZE` battles, each server twice in turn."""
    seen = {door: Seen() for door in streams.servers}
    for _ in range(1 if quick else 2):
        for door in streams.servers:
            await _watch(streams, door, seen[door], 4 if quick else 8)
    base = seen[FLOOR]
    figures = first_token(
        f"first token, {SIZE} battles", {door: one.firsts for door, one in seen.items()}, 1.25
    )
    for door in OURS:
        one, name = seen[door], door.name
        figures += [
            _cpu(f"CPU per 1,000 tokens, {name}", one, base),
            _late(f"pause between arrivals, 95 %, {name}", one.gaps, base.gaps),
            _late(f"another request meanwhile, 95 %, {name}", one.others, base.others),
        ]
    return figures


async def ramp(streams: Streams, quick: bool) -> list[Figure]:
    """How many battles each server holds."""
    held = {door: await _held(streams, door, quick) for door in streams.servers}
    most = f"no more than {LEVELS[-1]} are tried"
    return [
        Figure(
            f"battles held, {door.name}",
            held[door],
            "",
            held[FLOOR],
            least=0.6,
            of_floor=True,
            note=most,
        )
        for door in OURS
    ]


def _cpu(name: str, one: Seen, base: Seen) -> Figure:
    return Figure(name, one.cost, "s", base.cost, most=2.0, of_floor=True)


def _late(name: str, ours: list[float], floor: list[float]) -> Figure:
    return Figure(name, percentile(ours, 0.95) * 1000, "ms", percentile(floor, 0.95) * 1000)


async def _watch(streams: Streams, door: Door, seen: Seen, seconds: float) -> None:
    server = streams.servers[door]
    crowd = Crowd(server, door, ORDER)
    others: list[float] = []
    try:
        await crowd.grow(SIZE, ORDER.seconds)
        asking = asyncio.create_task(_ask_others(server, others))
        await streams.done()
        before = server.cpu()
        watched = await crowd.watch(seconds)
        seen.cpu += server.cpu() - before
        seen.tokens += (await streams.done()).tokens
        asking.cancel()
    finally:
        await crowd.leave()
    if watched.failures:
        raise RuntimeError(f"{len(watched.failures)} battles failed: {watched.failures[0]}")
    seen.firsts += watched.firsts
    seen.gaps += watched.gaps
    seen.others += others
    await streams.quiet()


async def _ask_others(server: Process, took: list[float]) -> None:
    while True:
        began = perf_counter()
        await wire.ask(server.port, "GET", "/healthz")
        took.append(perf_counter() - began)
        await asyncio.sleep(EVERY)


async def _held(streams: Streams, door: Door, quick: bool) -> int:
    crowd = Crowd(streams.servers[door], door, ORDER)
    held = 0
    try:
        for level in QUICK_LEVELS if quick else LEVELS:
            await crowd.grow(level, 1.5 if held else 3)
            seconds = 2.5 if quick else 4
            # One stroke of bad luck is not the limit: a level is given up the second time.
            if not (await _holds(streams, crowd, seconds) or await _holds(streams, crowd, seconds)):
                break
            held = level
    finally:
        await crowd.leave()
    await streams.quiet()
    return held


async def _holds(streams: Streams, crowd: Crowd, seconds: float) -> bool:
    await streams.done()
    watched = await crowd.watch(seconds)
    late = (await streams.done()).late
    own = (ORDER.one + percentile(late, 0.95)) / 1000
    return not watched.failures and percentile(watched.firsts, 0.95) <= own + BEYOND_UPSTREAM
