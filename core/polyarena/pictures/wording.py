"""Refusals of pictures in words for the person who sent them."""

from __future__ import annotations

from .bounds import Reason, Refused
from .kinds import Kind

_SMALLER = "make it smaller and send it again"


def refused(name: str, kind: Kind, why: Refused) -> str:
    """Why a picture is not taken, and what can be done about it."""
    most = f"{why.amount:,}"
    return {
        Reason.DAMAGED: f"{name} is damaged: it begins like {_a(kind)}, but cannot be read as one.",
        Reason.PIXELS: f"{name} has too many pixels; at most {most} are taken, so {_SMALLER}.",
        Reason.MEMORY: f"{name} takes too much memory to be read as {_a(kind)}; {_SMALLER}.",
        Reason.OUTPUT: f"{name} would be stored in more than {most} bytes; {_SMALLER}.",
        Reason.FRAMES: f"{name} has too many frames; at most {most} are taken.",
        Reason.PAGES: f"{name} has too many pages; at most {most} are taken.",
        Reason.LOCKED: f"{name} is locked with a password; take it off and send it again.",
        Reason.UNREADABLE: f"{name} is {_a(kind)}, which cannot be read here; send a PNG or JPEG.",
    }[why.reason]


def failed(name: str, *, slow: bool) -> str:
    """What is said of a picture at which the process failed."""
    if slow:
        return f"{name} takes too long to be read; make it smaller or simpler and send it again."
    return f"{name} cannot be read: it is damaged, or takes too much memory."


def _a(kind: Kind) -> str:
    return f"{'an' if kind in (Kind.AVIF, Kind.SVG) else 'a'} {kind.value}"
