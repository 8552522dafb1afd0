"""A server of `/images/generations` in a process of its own: `painter.py PICTURE PICTURE`.

It answers two requests at the same moment, each with its own picture as base64. `GET /` answers
when it last did: `answered`, when both were asked for, in seconds of `perf_counter`, which is one
clock for all processes, and `left`, when the last byte of both had left it, in Unix time.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
import sys
from pathlib import Path
from time import perf_counter, time

import uvloop

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class Painter:
    """Holds every other answer back until the one beside it is asked for too."""

    def __init__(self, pictures: list[bytes]) -> None:
        self._bodies = [
            json.dumps({"data": [{"b64_json": base64.b64encode(one).decode()}]}).encode()
            for one in pictures
        ]
        self._waiting: list[asyncio.StreamWriter] = []
        self._times = {"answered": 0.0, "left": 0.0}

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection."""
        # With that, draining is over once nothing is left to be sent.
        writer.transport.set_write_buffer_limits(0)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                if head.startswith(b"GET"):
                    writer.write(_answer(json.dumps(self._times).encode()))
                    continue
                length = LENGTH.search(head)
                await reader.readexactly(int(length[1]) if length else 0)
                self._waiting.append(writer)
                await self._paint()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _paint(self) -> None:
        if len(self._waiting) < len(self._bodies):
            return
        asking, self._waiting = self._waiting, []
        self._times["answered"] = perf_counter()
        for writer, body in zip(asking, self._bodies, strict=True):
            writer.write(_answer(body))
        await asyncio.gather(*(writer.drain() for writer in asking))
        self._times["left"] = time()


def _answer(body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


async def _serve(painter: Painter) -> None:
    server = await asyncio.start_server(painter.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(f"open at http://127.0.0.1:{port}", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    uvloop.run(_serve(Painter([Path(name).read_bytes() for name in sys.argv[1:]])))
