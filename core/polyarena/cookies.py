"""Cookies that an app with a server sets: kept here, since no browser may keep them."""

from __future__ import annotations

import re
from collections.abc import Iterable

MOST = 30
LONGEST = 4096
_PAIR = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+)=([\x21-\x7e ]*)")


class Jar:
    """The cookies of one run of an app, at most `MOST` of at most `LONGEST` characters each.

    All of them go with every request, whatever path they were set for.
    """

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    @property
    def header(self) -> str:
        """The value of a request's Cookie header; empty without cookies."""
        return "; ".join(f"{name}={value}" for name, value in self._values.items())

    def take(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """Take in what the headers of an answer set; what cannot be read is passed over."""
        for name, value in headers:
            if name.lower() == b"set-cookie":
                self._set(value.decode("latin-1"))

    def _set(self, text: str) -> None:
        first, _, attributes = text.partition(";")
        found = _PAIR.fullmatch(first.strip())
        if not found or len(first) > LONGEST:
            return
        self._values.pop(found[1], None)
        if not _is_gone(attributes) and len(self._values) < MOST:
            self._values[found[1]] = found[2]


def _is_gone(attributes: str) -> bool:
    """Whether the attributes delete a cookie."""
    plain = attributes.replace(" ", "").lower()
    return re.search(r"(^|;)max-age=(0|-\d+)(;|$)", plain) is not None or "01jan1970" in plain
