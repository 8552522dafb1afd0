"""Apps with a server of their own: what a sandbox is given to run, and what it hands back.

Their files are a model's, and nobody has read them. A sandbox runs such an app without a network
and hands its connections through; every byte that comes out of them is the app's::

    sandbox.serve(...)    a RunningApp, which may not listen yet, and may never
    app.ready(...)        whether it takes connections now
    app.open()            a Connection to it
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .sandbox import SourceFile


BRIEF_SECONDS = 120.0
REACH_PORT = 8000
"""Where a job's programs find the app that they may reach, on 127.0.0.1."""


@dataclass(frozen=True, slots=True)
class ServerKind:
    """A kind of app with a server that a sandbox runs.

    `main` is the file that is started when an app names none, `libraries` what one may import
    beyond the standard library. `ready` is false while its environment is not built.
    """

    id: str
    title: str
    main: str
    libraries: tuple[str, ...] = ()
    ready: bool = True


@dataclass(frozen=True, slots=True)
class ServerApp:
    """An app to start: the id of its `kind`, its files, and the one that is started.

    One that is to live only `seconds`, at most `BRIEF_SECONDS`, does not take the place of those
    that run for somebody, and waits for one of its own.
    """

    kind: str
    files: tuple[SourceFile, ...]
    main: str = ""
    seconds: float | None = None

    @property
    def brief(self) -> bool:
        """Whether it lives for a short time only."""
        return self.seconds is not None and self.seconds <= BRIEF_SECONDS


class Connection(ABC):
    """A stream of bytes to an app and back, as a TCP connection is one."""

    @property
    @abstractmethod
    def over(self) -> bool:
        """Whether either side has ended it; what came before that may still be taken."""

    @abstractmethod
    async def receive(self) -> bytes:
        """What comes next, in pieces of at most some hundred kilobytes; nothing at the end."""

    @abstractmethod
    async def send(self, data: bytes) -> None:
        """Send bytes; waits while the app does not read what it has.

        Raises:
            AppGone: the app has closed the connection, or has ended.
        """

    @abstractmethod
    def close(self) -> None:
        """End it, both ways; a second call does nothing."""


class RunningApp(ABC):
    """An app that was started; it runs until it ends by itself or is closed."""

    @property
    @abstractmethod
    def ended(self) -> bool:
        """Whether it runs no more."""

    @property
    @abstractmethod
    def output(self) -> str:
        """What it has printed so far, its errors last; cut where it is too much."""

    @abstractmethod
    async def ready(self, seconds: float) -> bool:
        """Wait until it takes connections; false if it ended first, or the time is over.

        Raises:
            SandboxUnavailable: the engine went away.
        """

    @abstractmethod
    async def open(self) -> Connection:
        """A new connection to it.

        Raises:
            AppGone: it has ended, or takes no connection.
        """

    @abstractmethod
    async def close(self) -> None:
        """End it, and whatever it has begun; a second call does nothing."""
