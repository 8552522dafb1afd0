"""Fetching what lies at an address that somebody else named, from public hosts only.

A name is resolved once, and the connection goes to the very address that was checked, so that a
name which answers differently the next time gains nothing. The same holds for every redirect.
"""

from __future__ import annotations

import asyncio
import ssl
import tempfile
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, BinaryIO, cast
from urllib.parse import unquote, urljoin

import httpcore

from .addresses import Address, address_of, is_public, resolve
from .errors import PictureRefused

REDIRECTS = 5
AT_ONCE = 4
IN_MEMORY = 1_000_000
MOVED = frozenset({301, 302, 303, 307, 308})
HEADERS = [("user-agent", "Polyarena"), ("accept", "image/*"), ("accept-encoding", "identity")]
UNREACHABLE = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError)

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched; `file` stands at its beginning and is the caller's to close."""

    file: BinaryIO
    filename: str


class Fetcher:
    """Fetches from public hosts, and from `private_hosts`, each `HOST` or `HOST:PORT`.

    `resolve` answers a name's addresses, and is another one in tests only.
    """

    def __init__(self, private_hosts: Collection[str] = (), resolve: Resolve = resolve) -> None:
        self._private = frozenset(host.lower() for host in private_hosts)
        self._resolve = resolve
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def fetch(self, url: str, limit: int, seconds: float) -> Fetched:
        """What lies at an address, of at most `limit` bytes, within `seconds`.

        Raises:
            PictureRefused: it cannot be had, or not from there; the message says why.
        """
        address = address_of(url)
        try:
            async with self._slots, asyncio.timeout(seconds):
                return await self._follow(url, address, limit)
        except TimeoutError:
            said = f"{address.authority} did not answer in full within {seconds:g} seconds."
            raise PictureRefused(said) from None

    async def _follow(self, url: str, address: Address, limit: int) -> Fetched:
        for _ in range(REDIRECTS + 1):
            got = await self._get(address, limit)
            if isinstance(got, Fetched):
                return got
            url = urljoin(url, got)
            address = address_of(url)
        raise PictureRefused(f"{address.authority} redirects too often.")

    async def _get(self, address: Address, limit: int) -> Fetched | str:
        """What lies at an address, or where it says to go instead."""
        url = httpcore.URL(
            scheme=address.scheme, host=address.host, port=address.port, target=address.target
        )
        headers = [("host", address.authority), *HEADERS]
        sockets = _Sockets(self._private, self._resolve)
        try:
            async with (
                httpcore.AsyncConnectionPool(_trust(), network_backend=sockets) as pool,
                pool.stream("GET", url, headers=headers) as response,
            ):
                if response.status in MOVED:
                    return _header(response, b"location")
                return await _read(response, address, limit)
        except UNREACHABLE:
            raise PictureRefused(f"{address.authority} cannot be reached.") from None
        finally:
            await sockets.close()


class _Sockets(httpcore.AnyIOBackend):
    """Leads nowhere but to addresses that were checked."""

    def __init__(self, private: frozenset[str], resolve: Resolve) -> None:
        self._private = private
        self._resolve = resolve
        self._opened: list[httpcore.AsyncNetworkStream] = []

    async def close(self) -> None:
        """Close what was opened; a pool forgets a connection that is given up in its handshake."""
        for stream in self._opened:
            await stream.aclose()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        refused: Exception = httpcore.ConnectError()
        for address in await self._checked(host, port):
            try:
                stream = await super().connect_tcp(address, port, timeout)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
            else:
                self._opened.append(stream)
                return stream
        raise refused

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        """The addresses of a host, if every one of them may be connected to.

        Whether a name is unknown or leads inside is not told apart: it would tell what is inside.
        """
        unfit = PictureRefused(f"{host} leads to no address on the public internet.")
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError):
            raise unfit from None
        shown = f"[{host}]" if ":" in host else host
        trusted = not self._private.isdisjoint((shown, f"{shown}:{port}"))
        if not found or not (trusted or all(map(is_public, found))):
            raise unfit
        return found


async def _read(response: httpcore.Response, address: Address, limit: int) -> Fetched:
    if response.status != 200:
        raise PictureRefused(f"{address.authority} answered with status {response.status}.")
    if _header(response, b"content-encoding") not in ("", "identity"):
        raise PictureRefused(f"{address.authority} answered in an encoding that is not asked for.")
    said = _header(response, b"content-length")
    too_large = PictureRefused(f"The picture has more than {limit:,} bytes, which is the most.")
    if said.isdecimal() and int(said[:20]) > limit:
        raise too_large
    file = cast(BinaryIO, tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115
    try:
        size = 0
        async for chunk in response.aiter_stream():
            size += len(chunk)
            if size > limit:
                raise too_large
            file.write(chunk)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    name = unquote(address.target.partition("?")[0]).rpartition("/")[2]
    return Fetched(file, name or "picture")


def _header(response: httpcore.Response, name: bytes) -> str:
    values = [value for key, value in response.headers if key.lower() == name]
    return values[0].decode("latin-1").strip() if values else ""


@cache
def _trust() -> ssl.SSLContext:
    return httpcore.default_ssl_context()
