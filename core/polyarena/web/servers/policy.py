"""What passes between a page of an app and its server, and what the page may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers

Pairs = list[tuple[bytes, bytes]]

ASKED = frozenset(
    {
        *("accept", "accept-language", "authorization", "cache-control", "content-type"),
        *("if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since"),
        *("last-event-id", "pragma", "range", "user-agent"),
    }
)
ASKED_FRONT = ("x-", "hx-")
OF_PROXIES = ("x-forwarded", "x-real", "x-client", "x-cluster", "x-original", "x-request-id")
ANSWERED = frozenset(
    {
        *("accept-ranges", "cache-control", "content-disposition", "content-encoding"),
        *("content-language", "content-length", "content-range", "content-type", "etag"),
        *("expires", "last-modified", "retry-after", "vary"),
    }
)
ANSWERED_FRONT = ("hx-",)
HERE = ("127.0.0.1", "localhost")


def confined(policy: str, host: str) -> str:
    """The policy of a static app, with what one that has a server may do at its own host."""
    own = f"connect-src 'self' ws://{host} wss://{host} data: blob:"
    return policy.replace("connect-src 'self' data: blob:", own).replace(
        "form-action 'none'", "form-action 'self'"
    )


def asked(headers: Headers, host: str, scheme: str, cookies: str) -> Pairs:
    """The headers of a request as the app gets them; nothing in them is of the site or a proxy."""
    passed = [
        (name, value)
        for name, value in headers.raw
        if (text := name.decode("latin-1").lower()) in ASKED
        or (text.startswith(ASKED_FRONT) and not text.startswith(OF_PROXIES))
    ]
    own = {"host": host, "accept-encoding": "identity", "x-forwarded-proto": scheme}
    if cookies:
        own["cookie"] = cookies
    return [(name.encode(), value.encode("latin-1")) for name, value in own.items()] + passed


def answered(headers: Iterable[tuple[bytes, bytes]], host: str) -> dict[str, str]:
    """The headers of an app's answer that pass; one that leads elsewhere does not.

    Raises:
        LeadsElsewhere: the answer sends its reader to another host.
    """
    found = {"cache-control": "no-store"}
    for name, value in headers:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        if key in ANSWERED or key.startswith(ANSWERED_FRONT):
            found[key] = text
        elif key == "location":
            found[key] = own_location(text, host)
    return found


class LeadsElsewhere(Exception):
    """An app would send its reader to another host."""


def own_location(value: str, host: str) -> str:
    """Where a redirect leads, as a path of the app's own host.

    Raises:
        LeadsElsewhere: it leads to another host.
    """
    if not value.isprintable() or "\\" in value:
        raise LeadsElsewhere
    try:
        parts = urlsplit(value)
        named = parts.hostname
    except ValueError:
        raise LeadsElsewhere from None
    if not parts.scheme and not parts.netloc:
        return value
    if parts.scheme not in ("", "http", "https") or named not in (*HERE, _name(host)):
        raise LeadsElsewhere
    return parts._replace(scheme="", netloc="", path="/" + parts.path.lstrip("/")).geturl()


def across(headers: Headers) -> Mapping[str, str]:
    """What lets an app's page, which has no origin, read the answers of its own server."""
    if headers.get("origin") != "null":
        return {}
    return {
        "access-control-allow-origin": "null",
        "access-control-allow-credentials": "true",
        "access-control-expose-headers": ", ".join(sorted(ANSWERED)),
    }


def preflight(headers: Headers) -> Mapping[str, str]:
    """The answer to a browser that asks whether a request may be sent."""
    return {
        **across(headers),
        "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
        "access-control-allow-headers": headers.get("access-control-request-headers", "")[:1000],
        "access-control-max-age": "600",
        "cache-control": "no-store",
    }


def _name(host: str) -> str:
    return host.partition(":")[0].lower()
