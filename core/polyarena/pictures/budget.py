"""Memory shared by everything that is decoded at a time; who asks first gets first."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Budget:
    """An amount that is handed out and given back, safe among threads."""

    def __init__(self, total: int) -> None:
        self._free = total
        self._total = total
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def held(self, amount: int) -> Iterator[None]:
        """Wait for an amount and hold it; one above the total waits for all of it."""
        amount = min(amount, self._total)
        place = object()
        with self._changed:
            self._queue.append(place)
            self._changed.wait_for(lambda: self._queue[0] is place and self._free >= amount)
            self._queue.popleft()
            self._free -= amount
            self._changed.notify_all()
        try:
            yield
        finally:
            with self._changed:
                self._free += amount
                self._changed.notify_all()
