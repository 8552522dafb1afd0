"""A word below an answer of which nothing was built."""

from __future__ import annotations

from collections.abc import Sequence

from polyarena import Part, Text

_BEGINNING = "*Nothing was built: "


def note(reason: str) -> Text:
    """A note that says why nothing was built."""
    return Text(text=f"{_BEGINNING}{reason}*")


def note_of(parts: Sequence[Part]) -> Text | None:
    """The note below an answer, if it has one."""
    last = parts[-1] if parts else None
    return last if isinstance(last, Text) and last.text.startswith(_BEGINNING) else None
