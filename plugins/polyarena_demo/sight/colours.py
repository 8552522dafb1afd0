"""Pixels to the names of colours."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .palette import NAMES

_DARK, _PALE = 0.22, 0.86
_DULL = 0.16
_HUES = ((15, "red"), (42, "orange"), (68, "yellow"), (160, "green"), (195, "teal"))
_MORE_HUES = ((255, "blue"), (295, "purple"), (345, "pink"), (361, "red"))

Labels = npt.NDArray[np.uint8]


def named(pixels: npt.NDArray[np.uint8]) -> Labels:
    """The place in `NAMES` of every pixel's colour; `pixels` is height by width by three."""
    value = pixels.astype(np.float32) / np.float32(255)
    high, low = value.max(axis=2), value.min(axis=2)
    span = high - low
    dull = span < _DULL * np.maximum(high, 0.35)
    hue = _hue(value, high, span)
    labels = np.full(hue.shape, NAMES.index("red"), np.uint8)
    start = 0
    for end, name in (*_HUES, *_MORE_HUES):
        labels[(hue >= start) & (hue < end)] = NAMES.index(name)
        start = end
    warm = (hue < 42) | (hue >= 345)
    labels[warm & (high < 0.62) & (hue >= 8) & (hue < 42)] = NAMES.index("brown")
    labels[warm & (low > 0.55) & (hue < 15)] = NAMES.index("pink")
    labels[dull] = NAMES.index("grey")
    labels[dull & (low > _PALE)] = NAMES.index("white")
    labels[high < _DARK] = NAMES.index("black")
    return labels


def _hue(
    value: npt.NDArray[np.float32], high: npt.NDArray[np.float32], span: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """In degrees, 0 where there is none."""
    red, green, blue = value[..., 0], value[..., 1], value[..., 2]
    safe = np.where(span > 0, span, 1)
    sector = np.where(
        high == red,
        (green - blue) / safe % 6,
        np.where(high == green, (blue - red) / safe + 2, (red - green) / safe + 4),
    )
    return np.where(span > 0, sector * 60, 0).astype(np.float32)
