"""The shapes that a picture may be asked in; both sides are asked for the same."""

from __future__ import annotations

from dataclasses import dataclass

from polyarena import Image, Input, Prompt

FIELD = "shape"


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape with the size in pixels that is asked for."""

    id: str
    title: str
    width: int
    height: int

    @property
    def size(self) -> str:
        """The size as servers are told it."""
        return f"{self.width}x{self.height}"


SQUARE = Shape("square", "Square", 1024, 1024)
PORTRAIT = Shape("portrait", "Portrait", 1024, 1536)
LANDSCAPE = Shape("landscape", "Landscape", 1536, 1024)
AUTOMATIC = "auto"
SHAPES = {shape.id: shape for shape in (SQUARE, PORTRAIT, LANDSCAPE)}


def shape_of(prompt: Prompt) -> Shape:
    """What a prompt asks for: what is chosen, else the shape of the picture to be edited."""
    for part in prompt.parts:
        if isinstance(part, Input) and part.name == FIELD and part.text in SHAPES:
            return SHAPES[part.text]
    for part in prompt.parts:
        if isinstance(part, Image):
            return _nearest(part.width / part.height)
    return SQUARE


def _nearest(ratio: float) -> Shape:
    if 0.8 <= ratio <= 1.25:
        return SQUARE
    return LANDSCAPE if ratio > 1 else PORTRAIT
