"""A picture's perceptual hash: pictures that look alike have hashes that differ in few bits.

The hash is what the `imagehash` library calls `phash`: of the picture as 32 x 32 greys, the
lowest 8 x 8 coefficients of the discrete cosine transform, each a bit that says whether it is
above their median. After Zauner, "Implementation and Benchmarking of Perceptual Image Hash
Functions", 2010.
"""

from __future__ import annotations

import math
import operator
from functools import cache
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

SIDE = 32
LOW = 8


def perceptual_hash(image: Image) -> str:
    """The hash, 16 hexadecimal digits."""
    from PIL.Image import Resampling

    grey = image.convert("L").resize((SIDE, SIDE), Resampling.LANCZOS).tobytes()
    across = [
        [_dot(wave, grey[row * SIDE : (row + 1) * SIDE]) for wave in _waves()]
        for row in range(SIDE)
    ]
    columns = list(zip(*across, strict=True))
    low = [_dot(wave, column) for wave in _waves() for column in columns]
    middle = median(low)
    bits = "".join("1" if value > middle else "0" for value in low)
    return f"{int(bits, 2):0{LOW * LOW // 4}x}"


@cache
def _waves() -> tuple[tuple[float, ...], ...]:
    return tuple(
        tuple(math.cos(math.pi * low * (2 * at + 1) / (2 * SIDE)) for at in range(SIDE))
        for low in range(LOW)
    )


def _dot(wave: tuple[float, ...], values: bytes | tuple[float, ...]) -> float:
    # Rounded, so that what would be nothing in exact numbers is nothing.
    return round(math.fsum(map(operator.mul, wave, values)), 6)
