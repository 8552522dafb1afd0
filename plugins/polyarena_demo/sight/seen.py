"""What was seen in a picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Shape:
    """A region of one colour: what it looks like, where, and its share of the picture.

    `left`, `top`, `right` and `bottom` are shares of the picture's width and height.
    """

    kind: str
    colour: str
    share: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def name(self) -> str:
        """As one would call it."""
        return f"{self.colour} {self.kind}"

    @property
    def where(self) -> str:
        """The ninth of the picture in which its middle lies."""
        across = ("left", "", "right")[_third((self.left + self.right) / 2)]
        down = ("top", "", "bottom")[_third((self.top + self.bottom) / 2)]
        return " ".join(filter(None, (down, across))) or "middle"


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture's size in pixels and what is on it.

    `colours` are shares by name, the greatest first; `background` is the colour along its edge.
    `brightness`, `contrast`, `edges` and `flat` run from 0 to 1: how light, how varied, how many
    pixels differ sharply from the next, how many are the same as the next. `rows` are lines that
    look like writing, `text` what a reader made of them, empty where none is installed.
    """

    width: int
    height: int
    colours: tuple[tuple[str, float], ...]
    background: str
    brightness: float
    contrast: float
    edges: float
    flat: float
    shapes: tuple[Shape, ...]
    rows: int = 0
    text: str = ""

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Self:
        """From what the eye wrote."""
        shapes = tuple(Shape(**shape) for shape in data["shapes"])
        colours = tuple((str(name), float(share)) for name, share in data["colours"])
        return cls(**{**data, "shapes": shapes, "colours": colours})

    @property
    def bars(self) -> tuple[Shape, ...]:
        """Rectangles that stand on one line, from left to right; none if fewer than three do."""
        blocks = [one for one in self.shapes if one.kind in ("rectangle", "square")]
        for foot in blocks:
            standing = [one for one in blocks if abs(one.bottom - foot.bottom) < 0.02]
            if len(standing) >= 3:
                return tuple(sorted(standing, key=lambda one: one.left))
        return ()

    @property
    def genre(self) -> str:
        """What kind of picture it is likely to be."""
        if len(self.bars) >= 3:
            return "bar chart"
        if self.rows >= 3 and self.flat > 0.6:
            return "document"
        return "drawing" if self.flat > 0.6 else "photograph"


def _third(place: float) -> int:
    return min(2, int(place * 3))
