"""The standard streams of a container, over the connection that attaching leaves open."""

from __future__ import annotations

import select
import socket
import struct
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

PIECE_BYTES = 1 << 16
LARGEST_FRAME = 1 << 24
STDOUT = 1

_HEADER = struct.Struct(">BxxxI")


class StreamBroken(Exception):
    """What came is not what an engine sends, or more than was allowed."""


class Demultiplexer:
    """Picks standard output from an engine's frames, which carry all streams of a container."""

    def __init__(self) -> None:
        self._header = bytearray()
        self._left = 0
        self._wanted = False

    def feed(self, data: bytes) -> bytes:
        """The standard output among these bytes.

        Raises:
            StreamBroken: a frame is of no known kind, or too large.
        """
        found = bytearray()
        view = memoryview(data)
        while view:
            if not self._left:
                view = self._read_header(view)
            else:
                piece, view = view[: self._left], view[self._left :]
                self._left -= len(piece)
                if self._wanted:
                    found += piece
        return bytes(found)

    def _read_header(self, view: memoryview) -> memoryview:
        missing = _HEADER.size - len(self._header)
        self._header += view[:missing]
        if len(self._header) == _HEADER.size:
            kind, self._left = _HEADER.unpack(self._header)
            if kind > 2 or self._left > LARGEST_FRAME:
                raise StreamBroken("The engine sent no frame of a container's output.")
            self._wanted = kind == STDOUT
            self._header.clear()
        return view[missing:]


class Attached:
    """A container's standard input and output.

    `raw` is what docker-py's `attach_socket` answers. All but `send` and `pieces` never blocks,
    and `close` may be called from any thread to end those two.
    """

    def __init__(self, raw: Any) -> None:
        # It keeps the response alive, with which the connection would be closed.
        self._raw = raw
        self._socket: socket.socket = getattr(raw, "_sock", raw)
        self._socket.settimeout(None)

    def quiet(self) -> bool:
        """Whether the connection is open and nothing came on it."""
        poll = select.poll()
        try:
            poll.register(self._socket.fileno(), select.POLLIN | select.POLLHUP | select.POLLERR)
        except (OSError, ValueError):
            return False
        return not poll.poll(0)

    def send(self, data: bytes) -> None:
        """Write to standard input.

        Raises:
            OSError: the container has ended, or the connection was closed.
        """
        self._socket.sendall(data)

    def pieces(self, most: int) -> Iterator[bytes]:
        """Standard output as it comes, until it or the connection ends.

        Raises:
            StreamBroken: more than `most` bytes came, or what no engine sends.
        """
        demultiplexer = Demultiplexer()
        total = 0
        while data := self._receive():
            total += len(data)
            if total > most:
                raise StreamBroken("The container sent more than it may.")
            if piece := demultiplexer.feed(data):
                yield piece

    def close(self) -> None:
        """End the connection, and whatever waits for it."""
        # Unless it is shut down first, an engine waits for the stream before it kills.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        with suppress(OSError, AttributeError):
            self._raw._response.close()
        with suppress(OSError):
            self._raw.close()
        with suppress(OSError):
            self._socket.close()

    def _receive(self) -> bytes:
        try:
            return self._socket.recv(PIECE_BYTES)
        except OSError:
            return b""
