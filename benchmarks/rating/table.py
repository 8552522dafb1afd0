"""What was measured, beside a peer and a target, as a plain table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

HEADS = ("", "Polyarena", "peer", "peer's", "ratio", "target", "met")


@dataclass(frozen=True)
class Row:
    """One line.

    `target` bounds the ratio of the peer's value to ours from below where `bound` is `ratio`,
    and our value from above (`most`) or to `within` of it elsewhere.
    """

    part: str
    name: str
    ours: float
    unit: str
    peer: str = ""
    theirs: float | None = None
    target: float | None = None
    bound: Literal["ratio", "most", "within"] = "ratio"
    within: float = 0.0

    @property
    def ratio(self) -> float | None:
        return None if self.theirs is None or not self.ours else self.theirs / self.ours

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        if self.bound == "ratio":
            return self.ratio is not None and bool(self.ratio >= self.target)
        if self.bound == "most":
            return bool(self.ours <= self.target)
        return bool(abs(self.ours - self.target) <= self.within)

    def as_json(self) -> dict[str, object]:
        return {**asdict(self), "ratio": self.ratio, "met": self.met}

    def cells(self) -> tuple[str, ...]:
        aim = ""
        if self.target is not None:
            aim = {
                "ratio": f">= {self.target:g}x",
                "most": f"<= {_shown(self.target, self.unit)}",
                "within": f"{_shown(self.target, self.unit)} ± {_shown(self.within, self.unit)}",
            }[self.bound]
        timed = self.ratio is not None and self.unit in ("s", "B")
        return (
            self.name,
            _shown(self.ours, self.unit),
            self.peer,
            "" if self.theirs is None else _shown(self.theirs, self.unit),
            f"{self.ratio:.3g}x" if timed else "",
            aim,
            {None: "", True: "yes", False: "NO"}[self.met],
        )


def _shown(value: float, unit: str) -> str:
    if unit == "s":
        return f"{value * 1e3:.3g} ms" if value < 1 else f"{value:.3g} s"
    if unit == "B":
        return f"{value / 2**20:.0f} MiB"
    if unit == "%":
        return f"{value:.3g} %"
    return f"{value:.3g} {unit}".strip()


def table(rows: Sequence[Row]) -> str:
    """The rows in columns, a heading for each part."""
    lines = [HEADS, *(row.cells() for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEADS))]

    def spaced(cells: Sequence[str]) -> str:
        return "  ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True)).rstrip()

    text = [spaced(HEADS)]
    for part in dict.fromkeys(row.part for row in rows):
        text += ["", part, *(spaced(row.cells()) for row in rows if row.part == part)]
    return "\n".join(text)
