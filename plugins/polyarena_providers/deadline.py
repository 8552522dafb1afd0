"""A deadline that every token moves on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from polyarena import Failure, ProviderError

from .patience import Patience


class Deadline:
    """When patience ends, on the running loop's clock.

    One timer serves a whole stream: it looks again where the deadline has moved meanwhile, which
    costs a tenth of a timer for every token.
    """

    def __init__(self, patience: Patience) -> None:
        self._loop = asyncio.get_running_loop()
        self._between = patience.between_tokens
        self._timer: asyncio.TimerHandle | None = None
        self._waiting: asyncio.Task[object] | None = None
        self._interrupted = False
        now = self._loop.time()
        self._end = now + patience.total
        self.at = min(now + patience.first_token, self._end)

    @property
    def left(self) -> float:
        """Seconds until it passes."""
        return self.at - self._loop.time()

    def token(self) -> None:
        """A token came: wait anew for the next."""
        self.at = min(self._loop.time() + self._between, self._end)

    def shorten(self, seconds: float) -> None:
        """Wait no longer than so many seconds from now."""
        self.at = min(self.at, self._loop.time() + seconds)
        self.close()

    def failure(self) -> ProviderError:
        """What it means that it passed."""
        if self.at == self._end:
            return ProviderError(Failure.ENDLESS, "the answer took longer than the total time")
        return ProviderError(Failure.SILENT, "no token came in time")

    def close(self) -> None:
        """Let go of the timer."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def next(self, chunks: AsyncIterator[bytes]) -> bytes | None:
        """The next chunk, or None at the end.

        Raises:
            TimeoutError: the deadline passed.
        """
        self._waiting = task = asyncio.current_task()
        assert task is not None
        cancelled = task.cancelling()
        if self._timer is None:
            self._timer = self._loop.call_at(self.at, self._look)
        try:
            return await anext(chunks, None)
        except asyncio.CancelledError:
            if self._interrupted and task.uncancel() <= cancelled:
                raise TimeoutError from None
            raise
        finally:
            self._waiting = None

    def _look(self) -> None:
        self._timer = None
        if self._waiting is None:
            return
        if self._loop.time() < self.at:
            self._timer = self._loop.call_at(self.at, self._look)
        else:
            self._interrupted = True
            self._waiting.cancel()
