"""From a plain picture to the bytes that are stored, a small one to be shown, and a hash."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image

from .bounds import THUMB_SIDE, Bounds, Reason, Refused
from .perceptual import perceptual_hash

QUALITY = 90
THUMB_QUALITY = 80


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as it is stored; `thumb` is a WebP, empty where the picture is small itself."""

    media_type: str
    width: int
    height: int
    perceptual: str
    data: bytes
    thumb: bytes


class Bounded(io.BytesIO):
    """Bytes in memory, not more than a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: object) -> int:
        """Add bytes.

        Raises:
            Refused: there would be more than the limit.
        """
        written = super().write(data)  # type: ignore[arg-type]
        if self.tell() > self._limit:
            raise Refused(Reason.OUTPUT, self._limit)
        return written


def encode(image: Image.Image, bounds: Bounds, *, lossless: bool, chroma: int = 2) -> Encoded:
    """A plain picture as PNG where it is `lossless`, else as JPEG, or WebP if it has alpha.

    `chroma` is the JPEG's subsampling, 0 to 2 as Pillow numbers it.

    Raises:
        Refused: it has more bytes than `bounds.output`.
    """
    held = Bounded(bounds.output)
    if lossless:
        media_type = "image/png"
        image.save(held, "PNG", compress_level=4)
    elif image.mode == "RGBA":
        media_type = "image/webp"
        image.save(held, "WEBP", quality=QUALITY, method=2)
    else:
        media_type = "image/jpeg"
        image.save(held, "JPEG", quality=QUALITY, subsampling=chroma)
    return described(image, media_type, held.getvalue())


def described(image: Image.Image, media_type: str, data: bytes) -> Encoded:
    """A picture's bytes with what is found out about it."""
    small = image.copy() if max(image.size) <= THUMB_SIDE else _small(image)
    thumb = b""
    if small.size != image.size:
        held = io.BytesIO()
        small.save(held, "WEBP", quality=THUMB_QUALITY, method=1)
        thumb = held.getvalue()
    return Encoded(media_type, *image.size, perceptual_hash(small), data, thumb)


def _small(image: Image.Image) -> Image.Image:
    factor = THUMB_SIDE / max(image.size)
    size = (round(image.width * factor) or 1, round(image.height * factor) or 1)
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
