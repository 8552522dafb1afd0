"""Containers started ahead, so that a job need not wait for one."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Generic, Protocol, TypeVar

from polyarena import SandboxError

IN_USE = 2
"""How many are kept of an image that is in use: a battle has two sides."""
IDLE_SECONDS = 600.0
LIFE_SECONDS = 3600.0
TEND_SECONDS = 2.0
PATIENCE_SECONDS = 0.25


class Waiting(Protocol):
    """What a pool keeps: something made for one image, which may end while it waits."""

    @property
    def image(self) -> str: ...

    @property
    def made(self) -> float: ...

    def alive(self) -> bool: ...


_One = TypeVar("_One", bound=Waiting)


class WarmPool(Generic[_One]):
    """Keeps containers ready and hands each out once.

    Of every image `least` are kept from the start; of one in use `IN_USE`, until nobody has asked
    for it for `IDLE_SECONDS`; of one with a `least` of 0 none; of all together what `most` bears,
    where each takes its image's `size`, those asked for last first. Refills go on in the
    background, one at a time, and each waits for `idle`, up to `PATIENCE_SECONDS`. Whoever finds
    none ready gets the next that is made.
    """

    def __init__(
        self,
        make: Callable[[str], Awaitable[_One]],
        discard: Callable[[_One], None],
        least: Mapping[str, int],
        most: int,
        idle: asyncio.Event,
        size: Callable[[str], int] = lambda image: 1,
    ) -> None:
        self._make = make
        self._discard = discard
        self._least = least
        self._most = most
        self._idle = idle
        self._size = size
        self._images: dict[str, float] = {}
        self._ready: defaultdict[str, deque[_One]] = defaultdict(deque)
        self._asking: defaultdict[str, deque[asyncio.Future[_One]]] = defaultdict(deque)
        self._making: Counter[str] = Counter()
        self._tasks: set[asyncio.Task[bool]] = set()
        self._tending: asyncio.Task[None] | None = None
        self._wake = asyncio.Event()
        self._open = True

    def allow(self, image: str) -> None:
        """Keep containers of an image from now on: it is built."""
        self._images.setdefault(image, float("-inf"))
        self._wake.set()

    def forbid(self, image: str) -> None:
        """Keep none of an image any more: it is gone."""
        self._images.pop(image, None)
        self._wake.set()

    def ready(self, image: str) -> int:
        """How many containers of an image wait."""
        return len(self._ready[image])

    def expect(self, image: str) -> None:
        """Keep an image as one in use: somebody will ask for it soon."""
        if image in self._images:
            self._images[image] = time.monotonic()
        self._wake.set()

    def start(self) -> None:
        """Begin to fill up."""
        self._tending = asyncio.create_task(self._tend())

    async def take(self, image: str) -> _One:
        """A container that nobody had before.

        Raises:
            SandboxError: none was ready, and none could be made.
        """
        self.expect(image)
        while self._ready[image]:
            if (one := self._ready[image].popleft()).alive():
                return one
            self._discard(one)
        asking: asyncio.Future[_One] = asyncio.get_running_loop().create_future()
        self._asking[image].append(asking)
        if self._making[image] < len(self._asking[image]):
            self._begin(image)
        try:
            return await asking
        except asyncio.CancelledError:
            if asking.done() and not asking.cancelled() and not asking.exception():
                self._deliver(asking.result())
            raise
        finally:
            with suppress(ValueError):
                self._asking[image].remove(asking)

    def drop(self) -> None:
        """Discard everything that waits; the engine went away."""
        for line in self._ready.values():
            while line:
                self._discard(line.popleft())
        self._wake.set()

    async def close(self) -> None:
        """Stop filling and discard everything, what is being made included."""
        self._open = False
        if self._tending is not None:
            self._tending.cancel()
            with suppress(asyncio.CancelledError):
                await self._tending
        self.drop()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def _begin(self, image: str) -> asyncio.Task[bool]:
        self._making[image] += 1
        task = asyncio.create_task(self._fill(image))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _fill(self, image: str) -> bool:
        """Make one and hand it on; whether that went well."""
        try:
            one = await self._make(image)
        except SandboxError as error:
            self._making[image] -= 1
            if (asking := self._first_asking(image)) is not None:
                asking.set_exception(error)
            return False
        self._making[image] -= 1
        self._deliver(one)
        return True

    def _first_asking(self, image: str) -> asyncio.Future[_One] | None:
        return next((asking for asking in self._asking[image] if not asking.done()), None)

    def _deliver(self, one: _One) -> None:
        self._wake.set()
        if (asking := self._first_asking(one.image)) is not None:
            asking.set_result(one)
        elif self._open and self.ready(one.image) < self._targets().get(one.image, 0):
            self._ready[one.image].append(one)
        else:
            self._discard(one)

    async def _tend(self) -> None:
        while True:
            self._wake.clear()
            self._sort_out()
            if self._wanting():
                await _within(PATIENCE_SECONDS, self._idle)
            if image := self._wanting():
                making = self._begin(image)
                if await asyncio.shield(making):
                    continue
            await _within(TEND_SECONDS, self._wake)

    def _sort_out(self) -> None:
        """Discard what ended, is too old, or is no longer wanted."""
        targets, now = self._targets(), time.monotonic()
        for image, line in self._ready.items():
            for one in tuple(line):
                if not one.alive() or now - one.made > LIFE_SECONDS:
                    line.remove(one)
                    self._discard(one)
            while len(line) > targets.get(image, 0):
                self._discard(line.pop())

    def _wanting(self) -> str:
        """The image that lacks a container most urgently, or nothing."""
        for image, target in self._targets().items():
            if self.ready(image) + self._making[image] < target:
                return image
        return ""

    def _targets(self) -> dict[str, int]:
        """How many to keep of each image, the one asked for last first."""
        left, now = self._most, time.monotonic()
        targets: dict[str, int] = {}
        for image, used in sorted(self._images.items(), key=lambda item: -item[1]):
            least = self._least.get(image)
            in_use = least != 0 and now - used < IDLE_SECONDS
            size = self._size(image)
            targets[image] = min(max(least or 0, IN_USE if in_use else 0), left // size)
            left -= targets[image] * size
        return targets


async def _within(seconds: float, event: asyncio.Event) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
