"""Addresses on the web that somebody else named: taken apart, and whether they are public."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from .errors import PictureRefused

URL_LIMIT = 2000
LOWEST_PORT = 1024
# Addresses of version 6 that stand for one of version 4, which may be a private one.
EMBEDDING = tuple(
    ipaddress.IPv6Network(network) for network in ("64:ff9b::/96", "64:ff9b:1::/48", "2001::/32")
)


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address, taken apart; `host` in ASCII, `target` with its query."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The host and, where it is not the scheme's own, the port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _usual(self.scheme) else f"{host}:{self.port}"


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a name.

    Raises:
        OSError: it has none.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if inner is not None:
            return is_public(str(inner))
        if any(found in network for network in EMBEDDING):
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved)


def address_of(url: str) -> Address:
    """An address taken apart.

    Raises:
        PictureRefused: it is not one that may be fetched.
    """
    if len(url) > URL_LIMIT or any(c <= " " or c == "\\" or c == "\x7f" for c in url):
        raise PictureRefused("The address is too long, or holds a blank or a sign that none has.")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode().rstrip(".")
    except ValueError:
        raise PictureRefused("The address cannot be read.") from None
    scheme = parts.scheme.lower()
    if scheme not in ("http", "https"):
        raise PictureRefused("Only addresses that begin with http:// or https:// are fetched.")
    if "@" in parts.netloc:
        raise PictureRefused("The address holds a user name or a password; leave them out.")
    port = port or _usual(scheme)
    if not host or (port < LOWEST_PORT and port != _usual(scheme)):
        raise PictureRefused("The address names no host, or a port that is not fetched from.")
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Address(scheme, host, port, f"{target}?{query}" if query else target)


def _usual(scheme: str) -> int:
    return 443 if scheme == "https" else 80
