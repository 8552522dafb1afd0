"""What a picture is by its first bytes, without decoding it."""

from __future__ import annotations

import io
import struct
import warnings
from dataclasses import dataclass
from typing import Literal

MediaType = Literal["image/png", "image/jpeg", "image/webp", "image/gif"]
FORMATS: dict[str, MediaType] = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "WEBP": "image/webp",
    "GIF": "image/gif",
}
PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's type, and its size in pixels."""

    media_type: MediaType
    width: int
    height: int


def picture_of(data: bytes) -> Picture | None:
    """The picture that these bytes are; None if they are none, or one of over 40 megapixels."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=tuple(FORMATS)) as opened:
                width, height = opened.size
                form = opened.format
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, struct.error):
        return None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    if form is None or not 0 < width * height <= PIXELS:
        return None
    return Picture(FORMATS[form], width, height)
