"""Connections of a running app in the form that an HTTP client wants them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import httpcore

from ..errors import AppGone
from ..sandbox import Connection, RunningApp

KEPT_SECONDS = 30.0


def pool_of(app: RunningApp, most: int) -> httpcore.AsyncConnectionPool:
    """A pool of at most so many connections for requests to an app."""
    return httpcore.AsyncConnectionPool(
        max_connections=most,
        max_keepalive_connections=most,
        keepalive_expiry=KEPT_SECONDS,
        network_backend=_ToApp(app),
    )


class _ToApp(httpcore.AsyncNetworkBackend):
    """Leads to the app, whatever address is asked for."""

    def __init__(self, app: RunningApp) -> None:
        self._app = app

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        try:
            return _Stream(await self._app.open())
        except AppGone as error:
            raise httpcore.ConnectError(str(error)) from None

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Stream(httpcore.AsyncNetworkStream):
    """A connection as an HTTP client reads and writes it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._left = b""

    async def read(
        self,
        max_bytes: int,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> bytes:
        if not self._left:
            try:
                async with asyncio.timeout(timeout):
                    self._left = await self._connection.receive()
            except TimeoutError:
                raise httpcore.ReadTimeout from None
        data, self._left = self._left[:max_bytes], self._left[max_bytes:]
        return data

    async def write(
        self,
        buffer: bytes,
        timeout: float | None = None,  # noqa: ASYNC109
    ) -> None:
        try:
            async with asyncio.timeout(timeout):
                await self._connection.send(buffer)
        except TimeoutError:
            raise httpcore.WriteTimeout from None
        except AppGone as error:
            raise httpcore.WriteError(str(error)) from None

    async def aclose(self) -> None:
        self._connection.close()

    def get_extra_info(self, info: str) -> Any:
        # So a pool asks whether an idle connection was closed by the other side.
        return self._connection.over if info == "is_readable" else None
