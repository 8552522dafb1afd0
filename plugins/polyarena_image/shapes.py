"""The shapes that a picture may be asked in; both sides are asked for the same."""

from __future__ import annotations

from dataclasses import dataclass

from polyarena import Image, Input, ModelRequest, Prompt

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


def seen_size(request: ModelRequest) -> tuple[int, int]:
    """Width and height, in pixels, of what both answers are seen as until the reveal.

    It is the size that is asked for, with the proportions of the picture to be edited where those
    are near.
    """
    size = request.parameters["size"]
    (shape,) = [shape for shape in SHAPES.values() if shape.size == size]
    for part in request.messages[-1].parts:
        if isinstance(part, Image) and _nearest(part.width / part.height) == shape:
            factor = max(shape.width, shape.height) / max(part.width, part.height)
            return round(part.width * factor) or 1, round(part.height * factor) or 1
    return shape.width, shape.height


def _nearest(ratio: float) -> Shape:
    if 0.8 <= ratio <= 1.25:
        return SQUARE
    return LANDSCAPE if ratio > 1 else PORTRAIT
