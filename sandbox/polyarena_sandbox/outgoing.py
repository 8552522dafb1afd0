"""What goes to a container, in its order, written by a thread of its own."""

from __future__ import annotations

import queue
import threading
from contextlib import suppress

from .attach import Attached


class Outgoing:
    """Writes to a container's standard input, as long as the container reads it."""

    def __init__(self, attached: Attached) -> None:
        self._attached = attached
        self._waiting: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        threading.Thread(target=self._write, name="sandbox-outgoing", daemon=True).start()

    def put(self, data: bytes) -> None:
        """Have bytes written after all that were put before."""
        self._waiting.put(data)

    def close(self) -> None:
        """Write no more than what waits now."""
        self._waiting.put(None)

    def _write(self) -> None:
        with suppress(OSError):
            while (data := self._waiting.get()) is not None:
                self._attached.send(data)
