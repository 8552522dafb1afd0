"""A web server that answers each path with the bytes it was given, and counts who came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from polyarena.addresses import resolve

DRIP = b"...and so on"
"""At the end of an answer: what follows comes slowly and never ends."""


class Answering:
    """`answers` are raw HTTP by path; `heard` the heads of the requests; `came` counts all."""

    def __init__(self, answers: Mapping[str, bytes]) -> None:
        self.answers = dict(answers)
        self.heard: list[str] = []
        self.came = 0
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one connection."""
        self.came += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            self.heard.append(head)
            answer = self.answers.get(head.split(" ")[1], reply(b"", "404 Not Found"))
            writer.write(answer.removesuffix(DRIP))
            await writer.drain()
            while answer.endswith(DRIP):
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.02)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


class Names:
    """Answers names with addresses, one list after the other where there are several."""

    def __init__(self, **known: Sequence[Sequence[str]]) -> None:
        self.known = {name.replace("_", "."): list(answers) for name, answers in known.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        answers = self.known.get(host)
        if answers is None:
            return await resolve(host, port)
        return answers.pop(0) if len(answers) > 1 else answers[0]


def reply(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """An answer of HTTP, with the body's length unless `content_length` says otherwise."""
    said = {"content_length": str(len(body)), "connection": "close", **headers}
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in said.items() if value]
    return f"HTTP/1.1 {status}\r\n{''.join(lines)}\r\n".encode() + body


def moved(where: str, status: str = "302 Found") -> bytes:
    """A redirect."""
    return reply(b"", status, location=where)


@asynccontextmanager
async def answering(host: str = "127.0.0.1", **answers: bytes) -> AsyncIterator[Answering]:
    """Serve at a host of this machine; `answers` by path without its slash."""
    made = Answering({f"/{path}": answer for path, answer in answers.items()})
    server = await asyncio.start_server(made.serve, host, 0)
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made
