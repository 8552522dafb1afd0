"""Plain values, checked: what plugins answer, and numbers that may not be determined."""

from __future__ import annotations

import math
from numbers import Real

TEXT_LIMIT = 200
LARGEST_WHOLE = 1 << 53


def finite_pair(pair: object) -> tuple[float, float] | None:
    """Two finite numbers, or None if the value is anything else."""
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        return None
    if not all(isinstance(number, Real) for number in pair):
        return None
    try:
        a, b = float(pair[0]), float(pair[1])
    except OverflowError:
        return None
    return (a, b) if math.isfinite(a) and math.isfinite(b) else None


def finite(number: float) -> float | None:
    """The number, or None for what is not determined."""
    return float(number) if math.isfinite(number) else None


def is_plain(value: object) -> bool:
    """Whether a value is a short text, a number that JSON holds exactly, a truth, or None."""
    if isinstance(value, str):
        return len(value) <= TEXT_LIMIT
    if isinstance(value, int):
        return abs(value) < LARGEST_WHOLE
    return value is None or (isinstance(value, float) and math.isfinite(value))
