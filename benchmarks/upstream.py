"""An OpenAI-compatible server that streams a known text at a given rate; a process of its own.

A prompt says how it is to be answered: `#tokens=200 #rate=50 #one=100 #two=1000` streams 200
tokens at 50 a second, the first after 100 ms from `/one/v1` and after 1 s from `/two/v1`; a rate
of 0 sends everything at once. Every event is encoded ahead and all streams share one timer, so
that it costs little beside what it measures. `GET /stats` answers what it did since last asked:
tokens sent, and by how many milliseconds each first token was late.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Callable
from functools import cache
from time import monotonic
from typing import cast

import uvloop

TICK = 0.001
PIECES = (
    "A model reads the prompt and then writes one **token** after another, each drawn from what "
    "it finds likely. Three things matter most here:\n\n"
    "- the *context*, which holds all that was said,\n"
    "- the `temperature`, which flattens the odds,\n"
    "- the length at which it has to stop.\n\n"
    "### Why two runs differ\n\n"
    "Because each step depends on the one before, small changes early on lead to quite another "
    "answer later. That is why two runs of the same model may disagree, and why people compare "
    "answers side by side before they say which of them they like better.\n\n"
)
HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-store\r\n"
    b"transfer-encoding: chunked\r\n\r\n"
)
LAST = b"0\r\n\r\n"
ORDER = re.compile(rb"#(tokens|rate|one|two)=(\d+)")
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


def pieces(tokens: int) -> list[str]:
    """The answer's tokens: four or five characters each, the same for everybody."""
    text = PIECES * (tokens * 5 // len(PIECES) + 1)
    found: list[str] = []
    at = 0
    while len(found) < tokens:
        size = 4 + len(found) % 2
        found.append(text[at : at + size])
        at += size
    return found


def _chunk(payload: bytes) -> bytes:
    data = b"data: " + payload + b"\n\n"
    return b"%x\r\n%b\r\n" % (len(data), data)


def _event(delta: dict[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    body = {
        "id": "chatcmpl-8f3a52c9d1",
        "object": "chat.completion.chunk",
        "created": 1763800000,
        "model": "double",
        "choices": [choice],
    }
    return _chunk(json.dumps(body, separators=(",", ":")).encode())


@cache
def encoded(tokens: int) -> tuple[bytes, ...]:
    """One write for each token; the last one brings the end along."""
    writes = [_event({"content": piece}) for piece in pieces(tokens)]
    usage = {"prompt_tokens": 12, "completion_tokens": tokens, "total_tokens": 12 + tokens}
    counted = {"id": "chatcmpl-8f3a52c9d1", "choices": [], "usage": usage}
    end = _event({}, "stop") + _chunk(json.dumps(counted).encode()) + _chunk(b"[DONE]") + LAST
    writes[0] = _event({"role": "assistant", "content": ""}) + writes[0]
    writes[-1] += end
    return tuple(writes)


class Clock:
    """One timer for all streams: slots of a millisecond."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._slots: dict[int, list[Callable[[], None]]] = {}
        self._done = self._now()
        self._ticking = False

    def at(self, when: float, action: Callable[[], None]) -> None:
        """Call `action` at `when`, in seconds of the loop's clock."""
        slot = max(int(when / TICK), self._done + 1)
        self._slots.setdefault(slot, []).append(action)
        if not self._ticking:
            self._ticking = True
            self._loop.call_later(TICK, self._tick)

    def _now(self) -> int:
        return int(monotonic() / TICK)

    def _tick(self) -> None:
        now = self._now()
        for slot in range(self._done + 1, now + 1):
            self._done = slot
            for action in self._slots.pop(slot, ()):
                action()
        self._ticking = bool(self._slots)
        if self._ticking:
            self._loop.call_later(TICK, self._tick)
        else:
            self._done = now


class Stats:
    """What was done since last asked."""

    def __init__(self) -> None:
        self.tokens = 0
        self.late: list[float] = []

    def take(self) -> bytes:
        """Hand out and begin anew."""
        body = json.dumps({"tokens": self.tokens, "late": self.late}).encode()
        self.tokens, self.late = 0, []
        head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
        return head.encode() + b"\r\n\r\n" + body


class Connection(asyncio.Protocol):
    """One kept-alive connection, one request at a time."""

    def __init__(self, clock: Clock, stats: Stats) -> None:
        self._clock = clock
        self._stats = stats
        self._received = b""
        self._transport: asyncio.Transport | None = None
        self._writes: tuple[bytes, ...] = ()
        self._next = 0
        self._due = 0.0
        self._step = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, gap, body = self._received.partition(b"\r\n\r\n")
        declared = LENGTH.search(head)
        length = int(declared[1]) if declared else 0
        if not gap or len(body) < length:
            return
        self._received = body[length:]
        self._answer(head, body[:length])

    def _answer(self, head: bytes, body: bytes) -> None:
        assert self._transport is not None
        if head.startswith(b"GET"):
            self._transport.write(self._stats.take())
            return
        order = {name: int(value) for name, value in ORDER.findall(body)}
        delay = order.get(b"two" if head.startswith(b"POST /two/") else b"one", 0) / 1000
        rate = order.get(b"rate", 0)
        self._writes = encoded(order.get(b"tokens", 1))
        self._next = 0
        self._due = monotonic() + delay
        self._step = 1 / rate if rate else 0.0
        self._transport.write(HEAD)
        if delay:
            self._clock.at(self._due, self._send)
        else:
            self._send()

    def _send(self) -> None:
        if self._transport is None:
            return
        if self._next == 0:
            self._stats.late.append((monotonic() - self._due) * 1000)
        if not self._step:
            self._transport.write(b"".join(self._writes))
            self._stats.tokens += len(self._writes)
            return
        self._transport.write(self._writes[self._next])
        self._stats.tokens += 1
        self._next += 1
        if self._next < len(self._writes):
            self._due += self._step
            self._clock.at(self._due, self._send)


async def _serve() -> None:
    clock, stats = Clock(), Stats()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(clock, stats), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(f"open at http://127.0.0.1:{port}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    uvloop.run(_serve())
