"""The host names under which built apps are shown, apart from the site's own."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from .bundle import LABEL

LOCAL = "localhost"
HERE = ("http://localhost:*", "http://127.0.0.1:*")
_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+")
_LABEL = re.compile(f"p-([0-9a-f]{{{LABEL}}})")
_RUNNING = re.compile(f"s-([0-9a-f]{{{LABEL}}})")
HOST_LIMIT = 253 - LABEL - 3


def check_preview_host(preview_host: str, public_url: str) -> None:
    """Check that apps can be told from the site by their host name.

    Raises:
        ValueError: they cannot, in words for an operator.
    """
    if not _NAME.fullmatch(preview_host) or preview_host.rpartition(".")[2].isdigit():
        raise ValueError(
            f"preview_host {preview_host!r} is no host name in small letters with a dot in it; it "
            "has neither scheme nor port, and is no address"
        )
    if len(preview_host) > HOST_LIMIT:
        raise ValueError(f"preview_host has more than {HOST_LIMIT} characters")
    if public_url:
        parts = urlsplit(public_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"public_url {public_url!r} is no address of http or https")
        if is_preview(parts.hostname, preview_host):
            raise ValueError("public_url is on preview_host, which is for apps alone")
    elif not _local(preview_host):
        raise ValueError("preview_host needs public_url, so that only the site shows apps")


def site_origins(preview_host: str, public_url: str) -> tuple[str, ...]:
    """The origins whose pages may show apps, as a content security policy names them."""
    own = "{0.scheme}://{0.netloc}".format(urlsplit(public_url)) if public_url else ""
    return (*((own,) if own else ()), *(HERE if _local(preview_host) else ()))


def is_preview(host: str, preview_host: str) -> bool:
    """Whether a host name, without a port, belongs to apps."""
    return host == preview_host or host.endswith("." + preview_host)


def label_of(host: str, preview_host: str) -> str | None:
    """The label of the app that a host name stands for."""
    name, _, rest = host.partition(".")
    found = _LABEL.fullmatch(name)
    return found[1] if found and rest == preview_host else None


def running_of(host: str, preview_host: str) -> str | None:
    """The label of the running app that a host name stands for."""
    name, _, rest = host.partition(".")
    found = _RUNNING.fullmatch(name)
    return found[1] if found and rest == preview_host else None


def _local(preview_host: str) -> bool:
    return preview_host.endswith("." + LOCAL)
