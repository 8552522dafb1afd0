"""A way from a program in one container to an app that runs in another."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from polyarena import AppGone
from polyarena.sandbox import Connection, RunningApp

from .links import Link, Links
from .protocol import LinkFrame


class Bridge:
    """Leads a program's connections to an app; `send` puts a frame on its way to the program."""

    def __init__(self, app: RunningApp, send: Callable[[bytes], None]) -> None:
        self._app = app
        self._links = Links(send, self._arrived)
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, frame: LinkFrame) -> None:
        """Take in a frame of the program's warden.

        Raises:
            ProtocolError: it is about a connection that there never was, or not allowed.
        """
        self._links.take(frame)

    async def close(self) -> None:
        """End all connections."""
        self._links.end()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _arrived(self, link: Link) -> None:
        task = asyncio.create_task(self._lead(link))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _lead(self, link: Link) -> None:
        try:
            connection = await self._app.open()
        except AppGone:
            link.close()
            return
        ways = [
            asyncio.create_task(_carry(link, connection)),
            asyncio.create_task(_carry(connection, link)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            link.close()
            connection.close()


async def _carry(source: Connection, target: Connection) -> None:
    """Pass bytes on until one of both ends; what came before the end is passed on, too."""
    while data := await source.receive():
        await target.send(data)
