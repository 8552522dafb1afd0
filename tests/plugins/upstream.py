"""A double of a model server: raw HTTP/1.1 on 127.0.0.1 that behaves as a script says."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from typing import Any

DONE = b"data: [DONE]\n\n"


@dataclass(frozen=True, slots=True)
class Received:
    """A request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass(slots=True)
class Exchange:
    """One request and the answer being written to it."""

    received: Received
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    chunked: bool = False

    async def head(
        self,
        status: int = 200,
        kind: str = "text/event-stream",
        headers: Mapping[str, str] | None = None,
        *,
        chunked: bool = False,
    ) -> None:
        """Write status and headers; unless chunked, the body ends with the connection."""
        self.chunked = chunked
        framing = {"transfer-encoding": "chunked"} if chunked else {"connection": "close"}
        all_headers = {"content-type": kind, **framing, **(headers or {})}
        lines = [f"HTTP/1.1 {status} Status", *(f"{k}: {v}" for k, v in all_headers.items())]
        await self._write(("\r\n".join(lines) + "\r\n\r\n").encode())

    async def send(self, data: bytes) -> None:
        """Write bytes of the body."""
        await self._write(b"%x\r\n%b\r\n" % (len(data), data) if self.chunked else data)

    async def gone(self) -> None:
        """Wait until the client closes the connection."""
        while await self.reader.read(1000):
            pass

    async def _write(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()


Behaviour = Callable[[Exchange], Awaitable[None]]


@dataclass(slots=True)
class Upstream:
    """A running double: what it received, and how many connections were opened.

    `asked` is set once a request is there, `disconnected` once a client went before the end.
    """

    url: str = ""
    requests: list[Received] = field(default_factory=list)
    opened: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    disconnected: asyncio.Event = field(default_factory=asyncio.Event)


@asynccontextmanager
async def upstream(*behaviours: Behaviour) -> AsyncGenerator[Upstream]:
    """Serve; the n-th request gets the n-th behaviour, the last one repeats."""
    double = Upstream()
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        double.opened += 1
        try:
            await _connection(double, behaviours, reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            double.disconnected.set()
        finally:
            writer.close()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(handle(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    double.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    try:
        yield double
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _connection(
    double: Upstream,
    behaviours: tuple[Behaviour, ...],
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
) -> None:
    while True:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        method, path, _ = head[0].split(" ")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:])}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        received = Received(method, path, headers, _read(headers, body))
        behaviour = behaviours[min(len(double.requests), len(behaviours) - 1)]
        double.requests.append(received)
        double.asked.set()
        exchange = Exchange(received, reader, writer)
        await behaviour(exchange)
        if not exchange.chunked:
            return
        await exchange._write(b"0\r\n\r\n")


def _read(headers: Mapping[str, str], body: bytes) -> Any:
    """A body of JSON, or a form's fields by name: texts, and files as (name, type, bytes)."""
    kind = headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        return json.loads(body) if body else None
    whole = b"content-type: " + kind.encode() + b"\r\n\r\n" + body
    fields: dict[str, Any] = {}
    for part in message_from_bytes(whole, policy=HTTP).iter_parts():
        name, data = (
            part.get_param("name", header="content-disposition"),
            part.get_payload(decode=True),
        )
        assert isinstance(data, bytes)
        file = part.get_filename()
        fields[str(name)] = (file, part.get_content_type(), data) if file else data.decode()
    return fields


def event(body: object) -> bytes:
    """One server-sent event of JSON."""
    return b"data: " + json.dumps(body, ensure_ascii=False).encode() + b"\n\n"


def delta(text: str, **more: object) -> bytes:
    """A chunk that adds text."""
    return event({"choices": [{"index": 0, "delta": {"content": text, **more}}]})


def finish(reason: str = "stop") -> bytes:
    """A chunk that ends the answer."""
    return event({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})


def usage(asked: int, answered: int) -> bytes:
    """The chunk that counts tokens."""
    counts = {"prompt_tokens": asked, "completion_tokens": answered}
    return event({"choices": [], "usage": counts})


def says(*chunks: bytes, status: int = 200, chunked: bool = True) -> Behaviour:
    """Answer with these bytes, each written on its own."""

    async def behave(exchange: Exchange) -> None:
        await exchange.head(status, chunked=chunked)
        for chunk in chunks:
            await exchange.send(chunk)
            await asyncio.sleep(0)

    return behave


def fails(status: int, body: str = "no", **headers: str) -> Behaviour:
    """Answer with a status and a plain text."""

    async def behave(exchange: Exchange) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        await exchange.head(status, "text/plain", named)
        await exchange.send(body.encode())

    return behave


def then_silent(*chunks: bytes) -> Behaviour:
    """Answer with these bytes, then with nothing, until the client goes."""

    async def behave(exchange: Exchange) -> None:
        await exchange.head()
        for chunk in chunks:
            await exchange.send(chunk)
        await exchange.gone()
        raise ConnectionResetError

    return behave


def endless(chunk: bytes, pause: float = 0) -> Behaviour:
    """Answer with this chunk until the client goes."""

    async def behave(exchange: Exchange) -> None:
        await exchange.head()
        while True:
            await exchange.send(chunk)
            await asyncio.sleep(pause)

    return behave


async def hangs_up(exchange: Exchange) -> None:
    """Close the connection without a word."""
    exchange.chunked = False


async def breaks_off(exchange: Exchange) -> None:
    """Begin a chunked body and break off inside a chunk."""
    await exchange.head(chunked=True)
    await exchange.send(delta("Once"))
    await exchange._write(b"ffff\r\ndata: ")
    exchange.chunked = False


ANSWER = says(delta("Hello"), delta(" world"), finish(), usage(7, 2), DONE)
