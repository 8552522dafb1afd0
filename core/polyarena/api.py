"""The version of the API that plugins are written for, and how names leave it.

`API_VERSION` is MAJOR.MINOR. What is in `polyarena`, `polyarena.sandbox`, `polyarena.stored`,
`polyarena.testing` and `polyarena.hookspecs` stays as it is within a major version; a minor one
only adds. A name that is to go is listed in `DEPRECATED` first: it works on, with a warning that
names what to use instead, and is removed no sooner than with the next major version.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass

API_VERSION = "1.0"
DECLARED = "POLYARENA_API"
"""Where a plugin's module says which version it was written for; it need not."""

_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Deprecated:
    """A name that is to go, and what to use `instead`.

    `since` is the first version that warns of it, `until` the first without it.
    """

    instead: str
    since: str
    until: str


DEPRECATED: dict[str, Deprecated] = {}


def api_fault(declared: object, present: str = API_VERSION) -> str:
    """Why a plugin that was written for the API `declared` cannot be used here, or nothing."""
    found = _VERSION.fullmatch(declared) if isinstance(declared, str) else None
    if found is None:
        return f'{DECLARED} is {declared!r}; it must be a version such as "{present}"'
    major, minor = map(int, found.groups())
    here = tuple(map(int, present.split(".")))
    if (major, minor) > here:
        return f"it needs version {declared} of the API; Polyarena here has {present}: upgrade it"
    if major < here[0]:
        return f"it was written for version {declared} of the API; Polyarena here has {present}"
    return ""


def deprecated(module: str, name: str, there: Mapping[str, object]) -> object:
    """What a name that is to go stands for, with a warning to whoever uses it.

    Raises:
        AttributeError: the module never had it, or has it no more.
    """
    known = DEPRECATED.get(name)
    if known is None:
        raise AttributeError(f"module {module!r} has no attribute {name!r}")
    message = (
        f"{module}.{name} goes with version {known.until} of the API; use {known.instead} instead"
    )
    warnings.warn(message, DeprecationWarning, stacklevel=3)
    return there[known.instead]
