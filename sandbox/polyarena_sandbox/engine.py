"""The connection to a container engine, and whether it is there."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import structlog

from polyarena import SandboxUnavailable

if TYPE_CHECKING:
    from docker import DockerClient

CALL_SECONDS = 30
LONG_SECONDS = 600
PING_SECONDS = 5
BEHIND_THREADS = 2
NOT_STARTED = "The sandbox has not been started."

log = structlog.get_logger("polyarena.sandbox")

_Answer = TypeVar("_Answer")


class Missing(Exception):
    """The engine has no such container or image."""


class EngineGone(SandboxUnavailable):
    """The connection to the engine broke."""


class Engine:
    """A container engine reached through docker-py, whose blocking calls run in threads.

    `problem` says why it cannot be used, and the remedy; `lost` is called whenever it went away.
    Work `behind` has threads of its own, few of them, so that it never stands in another's way.
    """

    def __init__(self, host: str, threads: int, lost: Callable[[], None]) -> None:
        self.problem: str | None = NOT_STARTED
        self._host = host
        self._lost = lost
        self._size = threads + BEHIND_THREADS
        self._client: DockerClient | None = None
        self._pinger: DockerClient | None = None
        self._ahead = ThreadPoolExecutor(threads, "sandbox")
        self._behind = ThreadPoolExecutor(BEHIND_THREADS, "sandbox-behind")
        self._watch = ThreadPoolExecutor(1, "sandbox-watch")

    async def check(self) -> bool:
        """See whether the engine is there, connecting where there is no connection."""
        loop = asyncio.get_running_loop()
        try:
            if self._client is None:
                self._client, self._pinger = await loop.run_in_executor(self._watch, self._connect)
                log.info("connected to the container engine", host=_address(self._host))
            elif self._pinger is not None:
                await loop.run_in_executor(self._watch, self._pinger.ping)
        except Exception as error:
            self._gone(error)
            return False
        self.problem = None
        return True

    async def call(
        self, work: Callable[[DockerClient], _Answer], *, behind: bool = False
    ) -> _Answer:
        """Do something with the client, in a thread.

        Raises:
            Missing: it is about a container or image that is not there.
            SandboxUnavailable: the engine is not there, or could not do it.
        """
        client, pool = self._client, self._behind if behind else self._ahead
        if client is None:
            raise SandboxUnavailable(self.problem or NOT_STARTED)
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work, client)
        except Exception as error:
            if (judged := _judged(error)) is error:
                raise
            # Another call may have noticed before, and the engine may be back since.
            if isinstance(judged, EngineGone) and client is self._client:
                self._gone(error)
            raise judged from error

    def run(self, work: Callable[[], _Answer]) -> asyncio.Future[_Answer]:
        """Do something that blocks in a thread, without the client."""
        return asyncio.get_running_loop().run_in_executor(self._ahead, work)

    def close(self) -> None:
        """Close the connections; what still runs in a thread ends by itself."""
        self._disconnect()
        self.problem = NOT_STARTED
        for pool in (self._ahead, self._behind, self._watch):
            pool.shutdown(wait=False)

    def _connect(self) -> tuple[DockerClient, DockerClient]:
        pinger = _client(self._host, PING_SECONDS, 1)
        try:
            return _client(self._host, CALL_SECONDS, self._size), pinger
        except BaseException:
            pinger.close()
            raise

    def _gone(self, error: Exception) -> None:
        had = self._client is not None
        self.problem = _problem(self._host, error)
        self._disconnect()
        if had:
            log.error("lost the container engine", reason=self.problem)
            self._lost()

    def _disconnect(self) -> None:
        for client in (self._client, self._pinger):
            if client is not None:
                client.close()
        self._client = self._pinger = None


def long_client(host: str) -> DockerClient:
    """A client for long work, such as building; the caller closes it.

    Raises:
        SandboxUnavailable: the engine is not there; the message says the remedy.
    """
    try:
        return _client(host, LONG_SECONDS, 2)
    except Exception as error:
        raise SandboxUnavailable(_problem(host, error)) from error


def _client(host: str, seconds: float, connections: int) -> DockerClient:
    import docker

    given = {"base_url": host} if host else docker.utils.kwargs_from_env()
    client = docker.DockerClient(
        version="auto", timeout=seconds, max_pool_size=connections, **given
    )
    # Attaching sets no time-out of its own, and would wait for an engine that hangs for ever.
    client.api.post = partial(client.api.post, timeout=seconds)
    return client


def _judged(error: Exception) -> Exception:
    """What a failed call means; an error that is none of the engine's stays what it is."""
    from docker.errors import APIError, DockerException, NotFound
    from requests import Timeout
    from urllib3.exceptions import HTTPError

    match error:
        case NotFound():
            return Missing(str(error))
        case APIError():
            return SandboxUnavailable(f"Docker refused: {error.explanation or error}")
        case Timeout():
            return SandboxUnavailable("Docker did not answer in time.")
        case DockerException() | HTTPError() | OSError():
            return EngineGone(f"Docker cannot be reached any more ({_reason(error)}).")
    return error


def _address(host: str) -> str:
    return host or os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock"


def _problem(host: str, error: Exception) -> str:
    reason = _reason(error)
    remedy = "Start it, or name another with DOCKER_HOST or `host` under [plugins.sandbox]."
    if "Permission denied" in reason:
        remedy = "Put the server's user into the group of the engine's socket (docker)."
    return f"Docker cannot be reached at {_address(host)} ({reason}). {remedy}"


def _reason(error: Exception) -> str:
    """The system's word for what went wrong, if there is one beneath."""
    beneath: BaseException | None = error
    while beneath is not None:
        if isinstance(beneath, OSError) and beneath.strerror:
            return beneath.strerror
        if isinstance(beneath, ConnectionError) and len(beneath.args) == 1:
            return str(beneath)[:200]
        beneath = beneath.__cause__ or beneath.__context__
    return (str(error) or type(error).__name__)[:200]
