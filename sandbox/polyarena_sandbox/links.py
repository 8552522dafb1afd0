"""A tunnel's connections, as the server's end of them keeps count."""

from __future__ import annotations

import asyncio
import struct
from collections import deque
from collections.abc import Callable

from polyarena import AppGone
from polyarena.sandbox import Connection

from .protocol import LINK_BYTES, LinkFrame, ProtocolError, link_frame

PIECE_BYTES = 16 << 10
MOST_LINKS = 64

Send = Callable[[bytes], None]


class Link(Connection):
    """One connection: how much may still be sent each way, and what came and was not taken."""

    def __init__(self, number: int, send: Send) -> None:
        self.number = number
        self.joined: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._send = send
        self._credit = self._allowed = LINK_BYTES
        self._taken = 0
        self._came: deque[bytes] = deque()
        self._over = False
        self._changed = asyncio.Event()

    async def receive(self) -> bytes:
        """What comes next; nothing at the end."""
        while not self._came:
            if self._over:
                return b""
            self._changed.clear()
            await self._changed.wait()
        data = self._came.popleft()
        self._taken += len(data)
        if self._taken >= LINK_BYTES // 4 and not self._over:
            self._send(link_frame("K", self.number, struct.pack(">I", self._taken)))
            self._allowed += self._taken
            self._taken = 0
        return data

    async def send(self, data: bytes) -> None:
        """Send bytes, as many as there is credit for."""
        view = memoryview(data)
        while view:
            while not self._credit and not self._over:
                self._changed.clear()
                await self._changed.wait()
            if self._over:
                raise AppGone("The app closed the connection.")
            piece = view[: min(PIECE_BYTES, self._credit)]
            view = view[len(piece) :]
            self._credit -= len(piece)
            self._send(link_frame("W", self.number, bytes(piece)))

    def close(self) -> None:
        """End it, both ways."""
        if not self._over:
            self._send(link_frame("X", self.number))
            self.end()

    @property
    def over(self) -> bool:
        """Whether it has ended; what came before that may still be taken."""
        return self._over

    def end(self) -> None:
        """Take note that it is over."""
        self._over = True
        if not self.joined.done():
            self.joined.set_result(False)
        self._changed.set()

    def take(self, kind: str, payload: bytes) -> None:
        """Take in what came about it.

        Raises:
            ProtocolError: more came, or may be sent, than ever was allowed.
        """
        match kind:
            case "N":
                if not self.joined.done():
                    self.joined.set_result(payload == b"\0")
            case "W":
                self._allowed -= len(payload)
                if self._allowed < 0 or not payload:
                    raise ProtocolError("A connection brought more than it may.")
                self._came.append(payload)
            case "K":
                (more,) = struct.unpack(">I", payload) if len(payload) == 4 else (LINK_BYTES + 1,)
                self._credit += more
                if self._credit > LINK_BYTES:
                    raise ProtocolError("A connection would take more than it can.")
            case "X":
                self.end()
        self._changed.set()


class Links:
    """The connections of one tunnel, by number; `send` puts a frame on its way.

    `arrived` is given those that the program asks for, where it may.
    """

    def __init__(self, send: Send, arrived: Callable[[Link], None] | None = None) -> None:
        self._send = send
        self._arrived = arrived
        self._links: dict[int, Link] = {}
        self._last = 0
        self._over = False

    async def open(self) -> Link | None:
        """A connection to the program; None where it took none."""
        self._forget()
        if self._over or len(self._links) >= MOST_LINKS:
            return None
        link = self._add(self._last + 1)
        self._send(link_frame("N", link.number))
        try:
            if await link.joined:
                return link
        except asyncio.CancelledError:
            link.close()
            raise
        link.end()
        return None

    def take(self, frame: LinkFrame) -> None:
        """Take in a frame of the warden's.

        Raises:
            ProtocolError: it is about a connection that there never was, or not allowed.
        """
        if frame.kind == "N" and self._arrived is not None:
            self._forget()
            if frame.number != self._last + 1 or len(self._links) >= MOST_LINKS:
                raise ProtocolError("A connection came that has no place.")
            link = self._add(frame.number)
            link.joined.set_result(True)
            self._arrived(link)
        elif not 0 < frame.number <= self._last:
            raise ProtocolError("There never was such a connection.")
        elif (known := self._links.get(frame.number)) and not known.over:
            known.take(frame.kind, frame.payload)

    def end(self) -> None:
        """End all of them; there will be no more."""
        self._over = True
        for link in self._links.values():
            link.end()

    def _add(self, number: int) -> Link:
        self._last = number
        link = self._links[number] = Link(number, self._send)
        return link

    def _forget(self) -> None:
        for number in [number for number, link in self._links.items() if link.over]:
            del self._links[number]
