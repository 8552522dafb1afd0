"""What is measured of a picture: how many pixels, how bright, how colourful."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from polyarena import Custom, FinishedBattle, Image, NotFound, Part, Run

KIND = "picture-measures"
_SMALL = 96


@dataclass(frozen=True, slots=True)
class Measures:
    """Size in pixels; mean brightness and saturation from 0 to 1, as HSV has them."""

    width: int
    height: int
    brightness: float
    saturation: float

    @property
    def megapixels(self) -> float:
        """Millions of pixels."""
        return self.width * self.height / 1e6


async def measured(picture: Image, run: Run) -> Custom:
    """A picture's measures as a part of the answer."""
    try:
        data = await run.load(picture)
    except NotFound:
        data = b""
    brightness, saturation = await asyncio.to_thread(_light, data)
    return Custom(
        kind=KIND,
        withheld=True,
        data={
            "width": picture.width,
            "height": picture.height,
            "brightness": round(brightness, 4),
            "saturation": round(saturation, 4),
        },
    )


def measures_in(parts: Sequence[Part]) -> Measures | None:
    """The measures that an answer has."""
    for part in parts:
        if isinstance(part, Custom) and (found := read(part)):
            return found
    return None


def read(part: Custom) -> Measures | None:
    """The measures of a part of their kind."""
    if part.kind != KIND:
        return None
    try:
        return Measures(**part.data)
    except TypeError:
        return None


def features(battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
    """Resolution, brightness and saturation of both last pictures; nothing where one is missing."""
    a, b = (measures_in(answer.parts) for answer in battle.answers[-1])
    if a is None or b is None:
        return {}
    return {
        "megapixels": (a.megapixels, b.megapixels),
        "brightness": (a.brightness, b.brightness),
        "saturation": (a.saturation, b.saturation),
    }


def _light(data: bytes) -> tuple[float, float]:
    from PIL import Image as Pillow
    from PIL import ImageStat

    try:
        with Pillow.open(io.BytesIO(data)) as opened:
            opened.draft("RGB", (_SMALL, _SMALL))
            small = opened.convert("RGB")
            small.thumbnail((_SMALL, _SMALL), Pillow.Resampling.BOX)
    except OSError:
        return 0.0, 0.0
    _, saturation, brightness = ImageStat.Stat(small.convert("HSV")).mean
    return brightness / 255, saturation / 255
