"""The painters, and a picture from a prompt or from another picture, as bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from PIL import Image, ImageOps

from .cutout import Cutout
from .editing import edited
from .hand import Hand
from .ink import Ink
from .layout import plan
from .pixels import Pixels
from .scene import read
from .wash import Wash

MOST = 2048


@dataclass(frozen=True, slots=True)
class Painter:
    """`seconds` is what a picture takes at pace 1, `scale` how large it is beside what is asked."""

    name: str
    hand: Hand
    seconds: float
    scale: float = 1


PAINTERS: Mapping[str, Painter] = MappingProxyType(
    {
        "cutout": Painter("Demo Cutout", Cutout(), 2.5),
        "watercolour": Painter("Demo Watercolour", Wash(), 4, 0.75),
        "pixels": Painter("Demo Pixels", Pixels(), 1.5, 0.5),
        "ink": Painter("Demo Ink", Ink(), 3),
    }
)


def painted(painter: Painter, prompt: str, width: int, height: int) -> bytes:
    """A picture of what a prompt describes, as PNG."""
    width, height = (max(64, min(MOST, round(side * painter.scale))) for side in (width, height))
    fine = painter.hand.fine
    laid = plan(read(prompt), width * fine, height * fine)
    return _png(painter.hand.paint(laid).resize((width, height), Image.Resampling.BOX))


def repainted(painter: Painter, prompt: str, picture: bytes, mask: bytes | None) -> bytes:
    """A picture changed as a prompt says, as PNG, where the mask is transparent or white."""
    with Image.open(io.BytesIO(picture)) as opened:
        base = opened.convert("RGB")
    base.thumbnail((MOST, MOST))
    where = None if mask is None else _where(mask, base.size)
    return _png(edited(base, where, prompt, painter.hand))


def _where(mask: bytes, size: tuple[int, int]) -> Image.Image:
    with Image.open(io.BytesIO(mask)) as opened:
        alpha = opened.convert("RGBA").getchannel("A")
        clear = min(alpha.tobytes()) < 128
        found = ImageOps.invert(alpha) if clear else opened.convert("L")
    return found.resize(size).point(lambda level: 255 if level > 127 else 0)


def _png(image: Image.Image) -> bytes:
    held = io.BytesIO()
    image.save(held, "PNG", compress_level=3)
    return held.getvalue()
