"""Apps with a server that a fake sandbox plays: a coroutine serves each connection."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from ..errors import AppGone
from ..sandbox import Connection, RunningApp, ServerApp, ServerKind

KINDS = (
    ServerKind("fastapi", "FastAPI", "main.py", ("fastapi",)),
    ServerKind("flask", "Flask", "app.py", ("flask",)),
    ServerKind("streamlit", "Streamlit", "app.py", ("streamlit",)),
    ServerKind("gradio", "Gradio", "app.py", ("gradio",)),
)

FakeServer = Callable[[Connection], Awaitable[None]]


class FakeConnection(Connection):
    """One end of a connection in memory."""

    def __init__(self) -> None:
        self._came: asyncio.Queue[bytes] = asyncio.Queue()
        self._over = False
        self.other = self

    @classmethod
    def pair(cls) -> tuple[FakeConnection, FakeConnection]:
        """Both ends of a new connection."""
        one, other = cls(), cls()
        one.other, other.other = other, one
        return one, other

    @property
    def over(self) -> bool:
        return self._over

    async def receive(self) -> bytes:
        if self._over and self._came.empty():
            return b""
        return await self._came.get()

    async def send(self, data: bytes) -> None:
        if self._over:
            raise AppGone("The connection was closed.")
        if data:
            self.other._came.put_nowait(data)

    def close(self) -> None:
        if not self._over:
            for end in (self, self.other):
                end._over = True
                end._came.put_nowait(b"")


class FakeRunningApp(RunningApp):
    """An app that `serve` plays; it listens unless `output` says why it does not."""

    def __init__(self, app: ServerApp, serve: FakeServer, output: str = "") -> None:
        self.app = app
        self._serve = serve
        self._output = output
        self._ended = bool(output)
        self._tasks: set[asyncio.Task[None]] = set()
        self._ends: list[FakeConnection] = []

    @property
    def ended(self) -> bool:
        return self._ended

    @property
    def output(self) -> str:
        return self._output

    async def ready(self, seconds: float) -> bool:
        return not self._ended

    async def open(self) -> Connection:
        if self._ended:
            raise AppGone("The app has ended.")
        ours, theirs = FakeConnection.pair()
        task = asyncio.create_task(self._play(theirs))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._ends.append(ours)
        return ours

    async def close(self) -> None:
        self._ended = True
        for end in self._ends:
            end.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _play(self, end: FakeConnection) -> None:
        with suppress(AppGone):
            await self._serve(end)
        end.close()


async def say_hello(connection: Connection) -> None:
    """Answer every request with a page that says hello."""
    while await connection.receive():
        page = b"<!doctype html><title>Hello</title><h1>Hello</h1>"
        head = f"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: {len(page)}\r\n\r\n"
        await connection.send(head.encode() + page)
