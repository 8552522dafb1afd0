"""An app with a server, running in a container of its own, and reached through its tunnel."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

import structlog

from polyarena import AppGone, SandboxUnavailable
from polyarena.sandbox import RunningApp

from .attach import Attached, StreamBroken
from .links import Link, Links
from .outgoing import Outgoing
from .protocol import (
    Bounds,
    Finished,
    LinkFrame,
    ProtocolError,
    Reader,
    Report,
    StepEnded,
)

TRY_SECONDS = 0.1
JOIN_SECONDS = 10.0

log = structlog.get_logger("polyarena.sandbox")


class ServedApp(RunningApp):
    """An app whose container was given `payload`; `discard` removes the container, once."""

    def __init__(
        self, attached: Attached, payload: bytes, bounds: Bounds, discard: Callable[[], None]
    ) -> None:
        self._attached = attached
        self._discard = discard
        self._loop = asyncio.get_running_loop()
        self._outgoing = Outgoing(attached)
        self._links = Links(self._outgoing.put)
        self._reader = Reader(bounds, tunnel=True)
        self._printed: tuple[bytes, bytes] | None = None
        self._over = asyncio.Event()
        self._closed = False
        self._outgoing.put(payload)
        threading.Thread(target=self._read, name="sandbox-app", daemon=True).start()

    @property
    def ended(self) -> bool:
        """Whether it runs no more."""
        return self._over.is_set()

    @property
    def output(self) -> str:
        """What it has printed so far, its errors last."""
        printed = self._printed or self._reader.output
        return "".join(piece.decode(errors="replace") for piece in printed)

    async def ready(self, seconds: float) -> bool:
        """Wait until it takes connections."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while not self.ended:
                    if (link := await self._links.open()) is not None:
                        link.close()
                        return True
                    with suppress(TimeoutError):
                        async with asyncio.timeout(TRY_SECONDS):
                            await self._over.wait()
        if self.ended and self._printed is None and not self._closed:
            raise SandboxUnavailable("The app's environment ended by itself.")
        return False

    async def open(self) -> Link:
        """A new connection to it."""
        link = None
        with suppress(TimeoutError):
            async with asyncio.timeout(JOIN_SECONDS):
                link = await self._links.open()
        if link is None:
            raise AppGone("The app has ended." if self.ended else "The app takes no connection.")
        return link

    async def close(self) -> None:
        """End it, and whatever it has begun."""
        self._closed = True
        self.end()

    def end(self) -> None:
        """Take note that it is over, and remove its container."""
        if not self.ended:
            self._over.set()
            self._links.end()
            self._outgoing.close()
            self._discard()

    def _take(self, report: Report) -> None:
        match report:
            case LinkFrame():
                try:
                    self._links.take(report)
                except ProtocolError as error:
                    self._break(str(error))
            case StepEnded(result=step):
                self._printed = step.stdout, step.stderr
                self.end()
            case Finished():
                self.end()

    def _break(self, reason: str) -> None:
        log.warning("an app's environment was not understood", reason=reason)
        self.end()

    def _read(self) -> None:
        reason = ""
        try:
            for piece in self._attached.pieces(sys.maxsize):
                for report in self._reader.feed(piece):
                    self._post(self._take, report)
        except (StreamBroken, ProtocolError) as error:
            reason = str(error)
        if reason:
            self._post(self._break, reason)
        else:
            self._post(self.end)

    def _post(self, do: Callable[..., None], *given: object) -> None:
        # The loop may have been closed meanwhile.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(do, *given)
