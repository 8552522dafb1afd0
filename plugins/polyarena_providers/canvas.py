"""What a painter is asked: words, a size, and what is to be edited."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polyarena import Failure, Image, ModelRequest, ProviderError

if TYPE_CHECKING:
    from PIL import Image as Pillow

_SIZE = re.compile(r"(\d{1,5})x(\d{1,5})")
SIZE = "size"


@dataclass(frozen=True, slots=True)
class Canvas:
    """A request to a painter: the last user message, and the size that the parameters name.

    `picture` is what is to be edited, if anything; `mask` a second picture that says where: where
    it is transparent, or white if nothing of it is.
    """

    prompt: str
    size: str = ""
    picture: Image | None = None
    mask: Image | None = None

    @classmethod
    def of(cls, request: ModelRequest) -> Canvas:
        """Read a request.

        Raises:
            ProviderError: it holds more than two pictures.
        """
        users = [message for message in request.messages if message.role == "user"]
        pictures = [part for part in users[-1].parts if isinstance(part, Image)] if users else []
        if len(pictures) > 2:
            raise ProviderError(Failure.REFUSED, f"{len(pictures)} pictures; at most two are taken")
        picture, mask = (*pictures, None, None)[:2]
        size = request.parameters.get(SIZE, "")
        return cls(request.prompt_text, size if isinstance(size, str) else "", picture, mask)

    @property
    def extent(self) -> tuple[int, int]:
        """Width and height in pixels, 1024 each where the size says nothing."""
        found = _SIZE.fullmatch(self.size)
        return (int(found[1]), int(found[2])) if found else (1024, 1024)


def clear_mask(mask: bytes, size: tuple[int, int]) -> bytes:
    """A mask of a picture's size as PNG that is transparent where the picture may change."""
    from PIL import Image as Pillow

    held = io.BytesIO()
    changed = _changed(mask, size)
    made = Pillow.new("RGBA", size, (0, 0, 0, 255))
    made.putalpha(changed.point(lambda level: 255 - level))
    made.save(held, "PNG")
    return held.getvalue()


def white_mask(mask: bytes, size: tuple[int, int]) -> bytes:
    """A mask of a picture's size as PNG that is white where the picture may change, else black."""
    held = io.BytesIO()
    _changed(mask, size).save(held, "PNG")
    return held.getvalue()


def _changed(mask: bytes, size: tuple[int, int]) -> Pillow.Image:
    from PIL import Image as Pillow
    from PIL import ImageOps

    with Pillow.open(io.BytesIO(mask)) as opened:
        alpha = opened.convert("RGBA").getchannel("A")
        clear = min(alpha.tobytes()) < 128
        found = ImageOps.invert(alpha) if clear else opened.convert("L")
    sharp = found.point(lambda level: 255 if level > 127 else 0)
    return sharp.resize(size, Pillow.Resampling.NEAREST)
