"""The connection pool that a provider opens when it is first asked for something."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .connection import Connection


class Pool:
    """Opens one `Connection`, in a thread: its imports and certificates block."""

    def __init__(self) -> None:
        self._connection: Connection | None = None
        self._opening = asyncio.Lock()

    async def get(self) -> Connection:
        """The connection, opened by the first caller."""
        if self._connection is not None:
            return self._connection
        async with self._opening:
            if self._connection is None:
                self._connection = await asyncio.to_thread(_open)
            return self._connection

    async def close(self) -> None:
        """Close what was opened."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()


def _open() -> Connection:
    from .connection import Connection

    return Connection()
