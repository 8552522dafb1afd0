"""What the operator's lists of who is of which occupation have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts to which nothing has to be encrypted."""


def _several(given: object) -> object:
    if not isinstance(given, Mapping):
        return given
    return {name: (one,) if isinstance(one, str) else one for name, one in given.items()}


Occupations = Annotated[Mapping[str, tuple[str, ...]], BeforeValidator(_several)]
"""Occupations by a name; a single one may be given without a list."""
