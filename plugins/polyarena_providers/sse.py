"""Server-sent events, split on raw bytes."""

from __future__ import annotations

BUFFER_LIMIT = 4_000_000


class EventTooLong(Exception):
    """A line or event exceeds `BUFFER_LIMIT` bytes."""


class Splitter:
    """Bytes in, in chunks cut anywhere; the data of whole events out.

    Field names other than `data` and comments are dropped. Lines may end in LF, CR or CRLF.
    """

    def __init__(self) -> None:
        self._line: list[bytes] = []
        self._data: list[bytes] = []
        self._size = 0
        self._after_cr = False

    def feed(self, chunk: bytes) -> list[bytes]:
        """The data of the events that this chunk completes.

        Raises:
            EventTooLong: the event that is being read exceeds the limit.
        """
        if (
            not self._line
            and not self._data
            and not self._after_cr
            and chunk.startswith(b"data: ")
            and chunk.find(b"\n") == len(chunk) - 2
            and chunk.endswith(b"\n")
            and b"\r" not in chunk
        ):
            return [chunk[6:-2]]
        if self._after_cr and chunk:
            self._after_cr = False
            chunk = chunk.removeprefix(b"\n")
        self._size += len(chunk)
        if self._size > BUFFER_LIMIT:
            raise EventTooLong
        if b"\n" not in chunk and b"\r" not in chunk:
            self._line.append(chunk)
            return []
        if self._line:
            chunk = b"".join([*self._line, chunk])
            self._line.clear()
        return self._lines(chunk)

    def end(self) -> list[bytes]:
        """The data of an event that the stream's end left without its blank line."""
        return self._lines(b"".join(self._line) + b"\n\n")

    def _lines(self, chunk: bytes) -> list[bytes]:
        lines = chunk.splitlines()
        if not chunk.endswith((b"\n", b"\r")):
            self._line.append(lines.pop())
        self._after_cr = chunk.endswith(b"\r")
        events = []
        data = self._data
        for line in lines:
            if not line:
                if data:
                    events.append(data[0] if len(data) == 1 else b"\n".join(data))
                    data.clear()
            elif line.startswith(b"data:"):
                data.append(line[6:] if line.startswith(b"data: ") else line[5:])
            elif line == b"data":
                data.append(b"")
        if events or not data:
            self._size = sum(map(len, self._line)) + sum(map(len, data))
        return events
