"""Battles as clients see them: one alone, or a crowd that keeps so many under way."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from urllib.parse import urlencode

import wire
from machine import Process

COOKIE = re.compile(rb"set-cookie: *([^;\r]+)", re.IGNORECASE)
PUSHED = re.compile(rb"hx-push-url: */battles/([^\r]+)", re.IGNORECASE)
NAME = b"bench-"
SETTLED = 0.5
FAILED_WAIT = 0.2
PATIENCE = 15.0


@dataclass(frozen=True)
class Order:
    """What is asked of the double; delays in milliseconds."""

    tokens: int = 200
    rate: int = 50
    one: int = 100
    two: int = 100

    @property
    def prompt(self) -> str:
        figures = f"#tokens={self.tokens} #rate={self.rate} #one={self.one} #two={self.two}"
        return f"How does a language model write its answer? {figures}"

    @property
    def seconds(self) -> float:
        """How long a battle lasts."""
        return max(self.one, self.two) / 1000 + (self.tokens / self.rate if self.rate else 0.0)


@dataclass(frozen=True, eq=False)
class Door:
    """A way to hold a battle: how it is asked for, how its stream is found and read."""

    name: str
    path: str
    events: str
    first: dict[str, re.Pattern[bytes]]
    form: bool = False

    def body(self, prompt: str) -> bytes:
        if self.form:
            return urlencode({"prompt": prompt, "mode": "battle"}).encode()
        return json.dumps({"prompt": [{"type": "text", "text": prompt}]}).encode()

    @property
    def headers(self) -> str:
        kind = "content-type: application/x-www-form-urlencoded\r\nhx-request: true\r\n"
        return kind if self.form else ""


def _delta(side: str) -> re.Pattern[bytes]:
    return re.compile(rb'event: delta\ndata: \{"side":"' + side.encode() + b'"')


def _block(side: str) -> re.Pattern[bytes]:
    name = side.encode()
    return re.compile(
        rb'"' + name + rb'":(?:\[\[|\{"status":"[a-z]+","blocks":\["|\{"blocks":\["|\[\{)'
    )


DELTAS = {side: _delta(side) for side in "ab"}
BLOCKS = {side: _block(side) for side in "ab"}
FLOOR = Door("floor", "/battles", "/battles/{}/events", DELTAS)
JSON = Door("json", "/api/v1/arenas/text/battles", "/api/v1/battles/{}/events", DELTAS)
HTML = Door("html", "/arenas/text/battles", "/battles/{}/events", BLOCKS, form=True)


@dataclass
class Heard:
    """What came of one battle; times in seconds since its POST was sent."""

    began: float = field(default_factory=perf_counter)
    posted: float = 0.0
    first: dict[str, float] = field(default_factory=dict)
    size: int = 0
    gaps: list[float] = field(default_factory=list)
    whole: bool = False
    named: bool = False
    kept: list[bytes] | None = None


@dataclass(frozen=True)
class Watched:
    """Battles that began while a crowd was watched, and what failed."""

    begun: list[Heard]
    failures: list[str]
    until: float

    @property
    def firsts(self) -> list[float]:
        """Seconds to the first token of each side; where none came, the wait so far."""
        return [one.first.get(side, self.until - one.began) for one in self.begun for side in "ab"]

    @property
    def gaps(self) -> list[float]:
        """Seconds between arrivals, of all battles."""
        return [gap for one in self.begun for gap in one.gaps]


async def hold(server: Process, door: Door, order: Order, heard: Heard | None = None) -> Heard:
    """Hold one battle and read its stream to the end."""
    heard = heard or Heard()
    async with asyncio.timeout(order.seconds + PATIENCE):
        battle, headers = await begin(server, door, order)
        heard.posted = perf_counter() - heard.began
        path = door.events.format(battle)
        heard.whole = await wire.follow(server.port, path, headers, _listener(heard, door))
    heard.whole = heard.whole and len(heard.first) == 2
    return heard


async def begin(server: Process, door: Door, order: Order) -> tuple[str, str]:
    """Ask for a battle: its id, and the headers that open its stream.

    Raises:
        RuntimeError: it was refused.
    """
    reply = await wire.ask(server.port, "POST", door.path, door.body(order.prompt), door.headers)
    if reply.status not in (200, 201):
        raise RuntimeError(f"{door.path} answered {reply.status}: {reply.body[:300]!r}")
    found = PUSHED.search(reply.head) if door.form else None
    battle = found[1].decode() if found else json.loads(reply.body)["id"]
    cookie = COOKIE.search(reply.head)
    return battle, f"cookie: {cookie[1].decode()}\r\n" if cookie else ""


def _listener(heard: Heard, door: Door) -> Callable[[bytes, float], None]:
    waiting = dict(door.first)
    last = 0.0

    def listen(data: bytes, now: float) -> None:
        nonlocal last
        heard.size += len(data)
        if heard.kept is not None:
            heard.kept.append(data)
        if NAME in data:
            heard.named = True
        if last:
            heard.gaps.append(now - last)
        if waiting:
            for side in [side for side, mark in waiting.items() if mark.search(data)]:
                del waiting[side]
                heard.first[side] = now - heard.began
        if heard.first:
            last = now

    return listen


class Crowd:
    """So many battles at once: whoever's battle ends begins another."""

    def __init__(self, server: Process, door: Door, order: Order) -> None:
        self._server = server
        self._door = door
        self._order = order
        self._members: list[asyncio.Task[None]] = []
        self._begun: list[Heard] = []
        self._failures: list[str] = []

    async def grow(self, size: int, seconds: float) -> None:
        """Let people arrive evenly until there are `size`."""
        more = size - len(self._members)
        for _ in range(more):
            self._members.append(asyncio.create_task(self._stay()))
            await asyncio.sleep(seconds / more)

    async def watch(self, seconds: float) -> Watched:
        """Wait, and hand out the battles that began meanwhile."""
        self._begun, self._failures = [], []
        await asyncio.sleep(seconds)
        now = perf_counter()
        begun = [heard for heard in self._begun if now - heard.began > SETTLED]
        return Watched(begun, self._failures, now)

    async def leave(self) -> None:
        """Everybody hangs up."""
        for member in self._members:
            member.cancel()
        await asyncio.gather(*self._members, return_exceptions=True)
        self._members.clear()

    async def _stay(self) -> None:
        while True:
            heard = Heard()
            self._begun.append(heard)
            try:
                await hold(self._server, self._door, self._order, heard)
            except (RuntimeError, OSError, asyncio.IncompleteReadError) as error:
                self._failures.append(f"{type(error).__name__}: {error}")
                await asyncio.sleep(FAILED_WAIT)
