"""Names of colours, and colours made of colours."""

from __future__ import annotations

Colour = tuple[int, int, int]

NAMED: dict[str, Colour] = {
    "black": (28, 28, 34),
    "white": (250, 248, 243),
    "grey": (134, 138, 146),
    "red": (206, 52, 48),
    "orange": (235, 130, 40),
    "yellow": (246, 204, 66),
    "gold": (212, 166, 58),
    "green": (62, 142, 84),
    "teal": (38, 140, 148),
    "turquoise": (72, 190, 190),
    "blue": (48, 92, 190),
    "navy": (28, 42, 92),
    "purple": (122, 74, 168),
    "violet": (134, 94, 200),
    "pink": (236, 138, 168),
    "brown": (132, 88, 54),
    "beige": (226, 208, 176),
    "cream": (250, 240, 216),
}
ALIASES = {"gray": "grey", "silver": "grey", "golden": "gold", "crimson": "red", "scarlet": "red"}
PALETTE = ("blue", "orange", "green", "red", "yellow", "purple", "teal", "pink")


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """So much of the other colour in the first, from 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def lighter(colour: Colour, share: float = 0.35) -> Colour:
    return mix(colour, (255, 255, 255), share)


def darker(colour: Colour, share: float = 0.35) -> Colour:
    return mix(colour, (12, 12, 24), share)


def light(colour: Colour) -> float:
    """How light a colour looks, from 0 to 1 (Rec. 709 weights)."""
    red, green, blue = colour
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255


def against(ground: Colour) -> Colour:
    """A colour for words that can be read on this one."""
    return NAMED["black"] if light(ground) > 0.5 else NAMED["white"]
