"""The containers of this server: made, inspected, and removed for certain."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import structlog

from polyarena import SandboxError, SandboxUnavailable

from .attach import Attached
from .container import USERS, Container, configuration
from .engine import Engine, Missing
from .leftovers import LABEL, mark
from .limits import Limits

if TYPE_CHECKING:
    from docker import DockerClient

ENDED_SECONDS = 1.0

log = structlog.get_logger("polyarena.sandbox")


class Containers:
    """Makes containers and removes them in the background; what failed is tried again."""

    def __init__(self, engine: Engine, limits: Limits) -> None:
        self._engine = engine
        self._limits = limits
        self._prefix = f"polyarena-{secrets.token_hex(4)}"
        self._numbers = itertools.count(secrets.randbelow(USERS))
        self._removals: set[asyncio.Task[None]] = set()
        self._left: set[str] = set()
        self._complaint = ""

    async def make(self, image: str) -> Container:
        """A new container of an image, attached and started.

        Raises:
            Missing: the engine has no such image.
            SandboxUnavailable: the engine is not there, or refused.
        """
        if self._engine.problem is not None:
            raise SandboxUnavailable(self._engine.problem)
        number = next(self._numbers)
        name = f"{self._prefix}-{number}"
        settings = configuration(image, self._limits, {LABEL: mark()}, number)

        def begin(client: DockerClient) -> Attached:
            client.api.create_container_from_config(settings, name)
            streams = {"stdin": 1, "stdout": 1, "stream": 1}
            attached = Attached(client.api.attach_socket(name, streams))
            try:
                client.api.start(name)
            except BaseException:
                attached.close()
                raise
            return attached

        try:
            attached = await self._engine.call(begin)
        except SandboxUnavailable as error:
            self._complain(str(error))
            self._left.add(name)
            raise
        self._complaint = ""
        return Container(name, image, settings["Image"], attached)

    def discard(self, container: Container, *, behind: bool = True) -> None:
        """Kill and remove a container; unless `behind`, ahead of everything else."""
        container.attached.close()
        self._begin_removal(container.name, behind)

    async def state(self, container: Container) -> dict[str, Any]:
        """The engine's account of how a container ended, or that it did not.

        Raises:
            SandboxUnavailable: the engine is not there, or knows nothing of it.
        """
        end = asyncio.get_running_loop().time() + ENDED_SECONDS
        while True:
            try:
                found = await self._engine.call(lambda c: c.api.inspect_container(container.name))
            except Missing:
                raise SandboxUnavailable("Somebody removed the program's container.") from None
            state: dict[str, Any] = found["State"]
            if not state.get("Running") or asyncio.get_running_loop().time() > end:
                return state
            await asyncio.sleep(0.05)

    async def fewer(self, most: int) -> None:
        """Wait until no more than `most` removals go on."""
        while len(self._removals) > most:
            await asyncio.wait(self._removals, return_when=asyncio.FIRST_COMPLETED)

    def try_again(self) -> None:
        """Begin the removals again that have failed."""
        for name in () if self._removals else tuple(self._left):
            self._begin_removal(name, behind=True)

    def _complain(self, reason: str) -> None:
        """Log why no container is made, but not again for every try."""
        if reason != self._complaint:
            self._complaint = reason
            log.warning("no container was made", reason=reason)

    def _begin_removal(self, name: str, behind: bool) -> None:
        self._left.add(name)
        task = asyncio.create_task(self._remove(name, behind))
        self._removals.add(task)
        task.add_done_callback(self._removals.discard)

    async def _remove(self, name: str, behind: bool) -> None:
        def remove(client: DockerClient) -> None:
            client.api.remove_container(name, v=True, force=True)

        with suppress(SandboxError):
            with suppress(Missing):
                await self._engine.call(remove, behind=behind)
            self._left.discard(name)
