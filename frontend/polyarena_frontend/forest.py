"""Where things lie on a forest plot: ratings to positions on a common axis."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

STEPS: Final = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis of `width` units (percent, by default) from `low` to `high`, in ratings."""

    low: float
    high: float
    width: float

    @classmethod
    def around(cls, low: float, high: float, width: float = 100.0) -> Axis:
        """An axis that holds both ends with a little room; at least 20 ratings long."""
        margin = max((high - low) * 0.04, 10 - (high - low) / 2)
        return cls(low - margin, high + margin, width)

    def x(self, rating: float) -> float:
        """The position of a rating, rounded to a tenth of a unit."""
        return round((rating - self.low) / (self.high - self.low) * self.width, 1)

    def span(self, lower: float, upper: float) -> float:
        """The length of an interval, never so short that it cannot be seen."""
        return max(round(self.x(upper) - self.x(lower), 1), 1.0)

    @property
    def ticks(self) -> tuple[int, ...]:
        """Round ratings on the axis, about four."""
        rough = (self.high - self.low) / 4
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * s for s in STEPS if power * s >= rough)
        step = max(step, 1.0)
        first = math.ceil(self.low / step)
        return tuple(round(i * step) for i in range(first, math.floor(self.high / step) + 1))
