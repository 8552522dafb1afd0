"""What was measured, beside the floor and the target, as a plain table."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """One line. `most` and `least` bound `ours`, or its ratio to `floor` where `of_floor`."""

    name: str
    ours: float
    unit: str
    floor: float | None = None
    most: float | None = None
    least: float | None = None
    of_floor: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        value = self.ratio if self.of_floor else self.ours
        if value is None or (self.most is None and self.least is None):
            return None
        low = -math.inf if self.least is None else self.least
        return low <= value <= (math.inf if self.most is None else self.most)

    @property
    def target(self) -> str:
        unit = " x floor" if self.of_floor else f" {self.unit}"
        if self.most is not None:
            return f"<= {self.most:g}{unit}"
        return f">= {self.least:g}{unit}" if self.least is not None else ""

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which a share of the values lies; NaN of none."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def median(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def spread(name: str, ours: Sequence[float], floor: Sequence[float], note: str) -> list[Figure]:
    """The median and the 95th percentile of times in seconds, in milliseconds."""
    return [
        Figure(
            f"{name}, {label}",
            percentile(ours, share) * 1000,
            "ms",
            percentile(floor, share) * 1000,
            note=note,
        )
        for label, share in (("median", 0.5), ("95 %", 0.95))
    ]


def table(figures: Sequence[Figure]) -> str:
    """The figures in columns."""
    rows = [("figure", "ours", "floor", "ratio", "target", "met?", "")]
    rows += [
        (
            figure.name,
            f"{_number(figure.ours)} {figure.unit}",
            "" if figure.floor is None else _number(figure.floor),
            "" if figure.ratio is None else f"{figure.ratio:.2f}",
            figure.target,
            {True: "yes", False: "NO", None: ""}[figure.met],
            figure.note,
        )
        for figure in figures
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(7)]
    lines = ["  ".join(cell.ljust(w) for cell, w in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in lines)


def _number(value: float) -> str:
    if value != value or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
