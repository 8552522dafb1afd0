"""The least HTTP a load client needs, so that the client costs little beside the server."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import cast

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
END = b"\r\n0\r\n\r\n"


@dataclass(frozen=True)
class Reply:
    """An answer: its status, its head as it came, its body."""

    status: int
    head: bytes
    body: bytes


class Link:
    """A kept-alive connection for requests whose answers say their length."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def to(cls, port: int) -> Link:
        """Connect to a port of this machine."""
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def ask(self, method: str, path: str, body: bytes = b"", headers: str = "") -> Reply:
        """Send a request and read its answer."""
        self._writer.write(head(method, path, headers, len(body)) + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(answer)
        if length is None:
            raise RuntimeError(f"{path} answered without a length: {answer[:200]!r}")
        content = await self._reader.readexactly(int(length[1]))
        return Reply(int(answer[9:12]), answer, content)

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


async def ask(port: int, method: str, path: str, body: bytes = b"", headers: str = "") -> Reply:
    """One request on a connection of its own."""
    link = await Link.to(port)
    try:
        return await link.ask(method, path, body, headers)
    finally:
        link.close()


def head(method: str, path: str, headers: str, length: int) -> bytes:
    """A request's head; `headers` are lines that end in CRLF."""
    kind = "" if "content-type" in headers else "content-type: application/json\r\n"
    size = f"content-length: {length}\r\n{kind}" if method == "POST" else ""
    return f"{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}{size}\r\n".encode()


class _Stream(asyncio.Protocol):
    def __init__(self, request: bytes, heard: Callable[[bytes, float], None]) -> None:
        self._request = request
        self._heard = heard
        self._tail = b""
        self.over: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast(asyncio.Transport, transport).write(self._request)

    def data_received(self, data: bytes) -> None:
        self._heard(data, perf_counter())
        self._tail = (self._tail + data)[-len(END) :]
        if self._tail == END and not self.over.done():
            self.over.set_result(True)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.over.done():
            self.over.set_result(False)


async def follow(port: int, path: str, headers: str, heard: Callable[[bytes, float], None]) -> bool:
    """Read a stream to its end; False if it was cut. `heard` gets bytes and `perf_counter`."""
    request = head("GET", path, headers, 0)
    loop = asyncio.get_running_loop()
    transport, stream = await loop.create_connection(
        lambda: _Stream(request, heard), "127.0.0.1", port
    )
    try:
        return await stream.over
    finally:
        transport.abort()
