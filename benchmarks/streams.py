"""The servers that are compared, each with its door, and the double behind them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

import wire
from battle_load import FLOOR, HTML, JSON, Door
from figures import Figure, percentile
from machine import Process, directory, floor, polyarena, upstream

OURS = (JSON, HTML)


@dataclass(frozen=True)
class Done:
    """What the double did: tokens sent, and milliseconds by which each first one was late."""

    tokens: int = 0
    late: Sequence[float] = field(default_factory=list)


@dataclass(frozen=True)
class Streams:
    """The double and, by door, the server behind it."""

    double: Process
    servers: Mapping[Door, Process]

    async def done(self) -> Done:
        """What the double did since last asked."""
        return Done(**json.loads((await wire.ask(self.double.port, "GET", "/stats")).body))

    async def quiet(self) -> None:
        """Wait until no stream is under way any more."""
        await self.done()
        while True:
            await asyncio.sleep(0.3)
            if not (await self.done()).tokens:
                return


@contextmanager
def streams() -> Iterator[Streams]:
    """Start the double, the floor and our server."""
    with ExitStack() as stack:
        double = stack.enter_context(upstream())
        relay = stack.enter_context(floor(double))
        data = stack.enter_context(directory())
        ours = stack.enter_context(polyarena(data, double))
        yield Streams(double, {FLOOR: relay, JSON: ours, HTML: ours})


def first_token(name: str, firsts: Mapping[Door, Sequence[float]], most: float) -> list[Figure]:
    """Median and 95th percentile of a first token; the median is held to the target."""
    return [
        Figure(
            f"{name}, {label}, {door.name}",
            percentile(firsts[door], share) * 1000,
            "ms",
            percentile(firsts[FLOOR], share) * 1000,
            most=most if share == 0.5 else None,
            of_floor=True,
        )
        for door in OURS
        for label, share in (("median", 0.5), ("95 %", 0.95))
    ]
