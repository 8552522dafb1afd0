"""Which images are built, and the building of the others in the background."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import structlog

from .engine import Engine, long_client
from .images import IMAGES, build, is_built

if TYPE_CHECKING:
    from docker import DockerClient

log = structlog.get_logger("polyarena.sandbox")


class _Stopped(Exception):
    """The server stops; raised within a build to end it."""


class Environments:
    """What can be run at the moment; `built` is told of every image that is there."""

    def __init__(self, engine: Engine, host: str, built: Callable[[str], None]) -> None:
        self._engine = engine
        self._host = host
        self._tell = built
        self._built: set[str] = set()
        self._faults: dict[str, str] = {}
        self._building: asyncio.Task[None] | None = None
        self._stopping = threading.Event()

    @property
    def complete(self) -> bool:
        """Whether every image is built."""
        return len(self._built) == len(IMAGES)

    @property
    def problem(self) -> str | None:
        """Why nothing runs at all, if no image is built."""
        return None if self._built else self.lack(IMAGES[0])

    def ready(self, image: str) -> bool:
        """Whether an image is built."""
        return image in self._built

    def lack(self, image: str) -> str | None:
        """Why nothing runs in an image, in words for a person; None if something does."""
        if image in self._built:
            return None
        title = f"The environment {image!r}"
        if fault := self._faults.get(image):
            return f"{title} could not be built: {fault}"
        if self._building is not None and not self._building.done():
            return f"{title} is being built, which takes some minutes. Please try again later."
        return f"{title} is not built. Build it with `polyarena sandbox build {image}`."

    def forget(self, image: str) -> None:
        """Take note that an image is gone."""
        self._built.discard(image)

    async def look(self) -> None:
        """See which images are built by now.

        Raises:
            SandboxUnavailable: the engine is not there.
        """

        def find(client: DockerClient) -> list[str]:
            return [image for image in IMAGES if is_built(client, image)]

        for image in await self._engine.call(find):
            self._add(image)

    def build(self) -> None:
        """Build what is missing in the background, unless that goes on already."""
        if self._building is None or self._building.done():
            self._building = asyncio.create_task(self._build_all())

    async def close(self) -> None:
        """Stop building."""
        self._stopping.set()
        if self._building is not None:
            self._building.cancel()
            with suppress(asyncio.CancelledError):
                await self._building

    def _add(self, image: str) -> None:
        self._faults.pop(image, None)
        if image not in self._built:
            self._built.add(image)
            self._tell(image)

    async def _build_all(self) -> None:
        for image in IMAGES:
            if image in self._built or image in self._faults:
                continue
            log.info("building an environment", image=image)
            try:
                await _in_daemon(partial(self._build, image))
            except Exception as error:
                self._faults[image] = str(error)[-300:]
                log.error("an environment could not be built", image=image, reason=str(error))
            else:
                log.info("built an environment", image=image)
                self._add(image)

    def _build(self, image: str) -> None:
        def report(line: str) -> None:
            if self._stopping.is_set():
                raise _Stopped
            log.debug("building", image=image, line=line)

        client = long_client(self._host)
        try:
            build(client, image, report)
        finally:
            client.close()


def _in_daemon(work: Callable[[], None]) -> asyncio.Future[None]:
    """Run something long in a thread that no exit of the process waits for."""
    loop = asyncio.get_running_loop()
    future: asyncio.Future[None] = loop.create_future()

    def settle(error: BaseException | None) -> None:
        if future.cancelled():
            return
        if error is None:
            future.set_result(None)
        else:
            future.set_exception(error)

    def body() -> None:
        fault: BaseException | None = None
        try:
            work()
        except BaseException as error:
            fault = error
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, fault)

    threading.Thread(target=body, name="sandbox-build", daemon=True).start()
    return future
