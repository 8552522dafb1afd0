"""Films as YUV4MPEG2: a line of figures, then each frame, in brightness and two colours."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LARGEST = 1920
_HEAD = re.compile(rb"YUV4MPEG2 ([ -~]{1,200})\n")
_FRAME = re.compile(rb"FRAME[ -~]{0,100}\n")


class NoFilm(Exception):
    """The bytes are no film of the kind that is taken."""


@dataclass(frozen=True, slots=True)
class Film:
    """Frames of `width` by `height` pixels, `rate` a second, colours at half the size (4:2:0)."""

    width: int
    height: int
    rate: int
    frames: tuple[bytes, ...] = field(repr=False)

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return len(self.frames) / self.rate

    def written(self) -> bytes:
        """The film with what is needed to play it, and no remarks of its maker."""
        head = f"YUV4MPEG2 W{self.width} H{self.height} F{self.rate}:1 Ip A1:1 C420jpeg\n"
        return head.encode() + b"".join(b"FRAME\n" + frame for frame in self.frames)

    @classmethod
    def read(cls, data: bytes) -> Film:
        """Read a film.

        Raises:
            NoFilm: it is of another kind, broken off, or too large.
        """
        head = _HEAD.match(data)
        if head is None:
            raise NoFilm("no YUV4MPEG2 stream")
        said = {word[:1]: word[1:].decode() for word in head[1].split()}
        try:
            width, height = int(said[b"W"]), int(said[b"H"])
            times, per = map(int, said[b"F"].split(":"))
        except (KeyError, ValueError):
            raise NoFilm("a stream without its figures") from None
        known = said.get(b"C", "420jpeg").startswith("420") and per > 0 and times % per == 0
        if not known or not 0 < max(width, height) <= LARGEST or width % 2 or height % 2:
            raise NoFilm(f"a stream of {width} by {height} that is not played here")
        size, at, frames = width * height * 3 // 2, head.end(), []
        while frame := _FRAME.match(data, at):
            at = frame.end() + size
            frames.append(data[frame.end() : at])
        if not frames or at != len(data) or not 0 < times // per <= 120:
            raise NoFilm("a stream that is broken off")
        return cls(width, height, times // per, tuple(frames))
