"""Ways in which a model fails, as scripts."""

from __future__ import annotations

from ..errors import Failure, ProviderError
from ..provider import Delta, Finish
from .scripted import Script

FAILURES = (
    Failure.UNREACHABLE,
    Failure.UNAUTHORISED,
    Failure.RATE_LIMITED,
    Failure.SERVER_ERROR,
    Failure.REFUSED,
    Failure.MALFORMED,
    Failure.CUT,
    Failure.EMPTY,
)
"""The failures of a model that `failing` has a script for."""


def failing(failure: Failure, *before: str) -> Script:
    """A script that says what comes `before`, and then fails; for a `ScriptedModel`.

    Raises:
        ValueError: no script of a model ends in this failure.
    """
    said = tuple(Delta(text) for text in before)
    if failure is Failure.CUT:
        return said
    if failure is Failure.EMPTY and not before:
        return (Finish(),)
    if failure not in FAILURES or failure is Failure.EMPTY:
        raise ValueError(f"no script ends in {failure.value!r} after {len(before)} texts")
    return (*said, ProviderError(failure))
