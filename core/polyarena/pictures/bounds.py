"""What a process that decodes is told when it starts, and why it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

THUMB_SIDE = 512


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits on one picture.

    `pixels` as it comes; `side` in pixels as it is stored; `output` in bytes, as it is stored;
    `memory` in bytes, while it is decoded; `frames` of one that moves; `pages` of a PDF.
    """

    pixels: int
    side: int
    output: int
    memory: int
    frames: int
    pages: int


@dataclass(frozen=True, slots=True)
class Fit:
    """What a picture is to become: at most `side` pixels long and `bytes` large, of one of `types`.

    Of one that moves as many as `frames` frames, from the first to the last. `types` hold JPEG.
    """

    side: int
    bytes: int
    types: Sequence[str]
    frames: int = 1


@dataclass(frozen=True, slots=True)
class Canvas:
    """The size in pixels of what a picture is to be laid on, in the middle and as large as fits."""

    width: int
    height: int

    @property
    def memory(self) -> int:
        """About how many bytes it and the picture on it take."""
        return 8 * self.width * self.height


class Reason(StrEnum):
    """Why a picture is not taken."""

    DAMAGED = "damaged"
    PIXELS = "pixels"
    MEMORY = "memory"
    OUTPUT = "output"
    FRAMES = "frames"
    PAGES = "pages"
    LOCKED = "locked"
    UNREADABLE = "unreadable"


class Refused(Exception):
    """A picture is not taken; `amount` is what was too much, where there is a number."""

    def __init__(self, reason: Reason, amount: int = 0) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.amount = amount
