"""Names from anybody's file, made safe to show on a terminal."""

from __future__ import annotations


def printable(text: str) -> str:
    """The text with everything that would not be seen, or would steer a terminal, replaced."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "\ufffd" for c in text)
