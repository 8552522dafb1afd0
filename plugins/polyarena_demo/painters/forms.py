"""Things that the painters know, each as polygons in a square from -1 to 1, y downwards."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .colours import NAMED, Colour

Point = tuple[float, float]
Tint = Literal["own", "light", "dark", "wood", "sun", "skin", "white", "leaf"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One polygon; `tint` says how its colour comes from the thing's own."""

    points: tuple[Point, ...]
    tint: Tint = "own"


@dataclass(frozen=True, slots=True)
class Form:
    """`names` are the words for it; `colour` is its own where the prompt names none."""

    names: tuple[str, ...]
    pieces: tuple[Piece, ...]
    colour: Colour | None = None
    in_the_sky: bool = False


def _ring(
    x: float, y: float, rx: float, ry: float | None = None, begin: float = 0, end: float = 360
) -> tuple[Point, ...]:
    steps = max(8, int(abs(end - begin) / 6))
    turns = [math.radians(begin + (end - begin) * step / steps) for step in range(steps + 1)]
    return tuple((x + rx * math.cos(t), y + (ry or rx) * math.sin(t)) for t in turns)


def _box(left: float, top: float, right: float, bottom: float) -> tuple[Point, ...]:
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def _spikes(count: int, outer: float, inner: float) -> tuple[Point, ...]:
    step = math.pi / count
    radii = [outer if n % 2 == 0 else inner for n in range(2 * count)]
    return tuple((r * math.sin(n * step), -r * math.cos(n * step)) for n, r in enumerate(radii))


def _heart() -> tuple[Point, ...]:
    turns = [math.radians(6 * n) for n in range(60)]
    return tuple(
        (
            math.sin(t) ** 3,
            -(13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)) / 16,
        )
        for t in turns
    )


def _crescent() -> tuple[Point, ...]:
    outside = _ring(0, 0, 0.9, begin=60, end=300)
    inside = tuple(reversed(_ring(0.42, 0, 0.74, begin=82, end=278)))
    return (*outside, *inside)


def _petals(count: int) -> tuple[Piece, ...]:
    spots = [(0.42 * math.cos(a), -0.35 + 0.42 * math.sin(a)) for a in _angles(count)]
    return tuple(Piece(_ring(x, y, 0.3)) for x, y in spots)


def _angles(count: int) -> Sequence[float]:
    return [2 * math.pi * n / count for n in range(count)]


FORMS: dict[str, Form] = {
    "circle": Form(
        ("circle", "circles", "ball", "balls", "dot", "dots"), (Piece(_ring(0, 0, 0.9)),)
    ),
    "square": Form(("square", "squares", "cube", "cubes"), (Piece(_box(-0.8, -0.8, 0.8, 0.8)),)),
    "triangle": Form(("triangle", "triangles"), (Piece(((0, -0.85), (0.95, 0.8), (-0.95, 0.8))),)),
    "star": Form(("star",), (Piece(_spikes(5, 1, 0.42)),), NAMED["gold"]),
    "heart": Form(("heart", "hearts"), (Piece(_heart()),), NAMED["red"]),
    "sun": Form(
        ("sun",),
        (Piece(_spikes(14, 1, 0.7), "light"), Piece(_ring(0, 0, 0.62))),
        NAMED["yellow"],
        in_the_sky=True,
    ),
    "moon": Form(("moon",), (Piece(_crescent()),), NAMED["cream"], in_the_sky=True),
    "cloud": Form(
        ("cloud", "clouds"),
        (
            Piece(_ring(-0.45, 0.1, 0.42)),
            Piece(_ring(0.1, -0.12, 0.55)),
            Piece(_ring(0.58, 0.15, 0.36)),
            Piece(_box(-0.6, 0.1, 0.65, 0.5)),
        ),
        NAMED["white"],
        in_the_sky=True,
    ),
    "tree": Form(
        ("tree", "trees", "oak", "pine"),
        (
            Piece(_box(-0.12, 0.2, 0.12, 1), "wood"),
            Piece(_ring(-0.32, -0.1, 0.45), "dark"),
            Piece(_ring(0.34, -0.12, 0.43)),
            Piece(_ring(0, -0.45, 0.5)),
        ),
        NAMED["green"],
    ),
    "house": Form(
        ("house", "houses", "cottage", "hut", "barn", "home"),
        (
            Piece(_box(-0.75, -0.05, 0.75, 1)),
            Piece(((-0.95, 0), (0, -0.85), (0.95, 0)), "dark"),
            Piece(_box(-0.18, 0.42, 0.18, 1), "wood"),
            Piece(_box(-0.58, 0.2, -0.3, 0.5), "sun"),
            Piece(_box(0.3, 0.2, 0.58, 0.5), "sun"),
        ),
        NAMED["beige"],
    ),
    "lighthouse": Form(
        ("lighthouse", "tower"),
        (
            Piece(((-0.28, -0.5), (0.28, -0.5), (0.42, 1), (-0.42, 1)), "white"),
            Piece(((-0.315, -0.12), (0.315, -0.12), (0.35, 0.25), (-0.35, 0.25))),
            Piece(((-0.385, 0.62), (0.385, 0.62), (0.42, 1), (-0.42, 1))),
            Piece(_box(-0.2, -0.82, 0.2, -0.5), "sun"),
            Piece(((-0.3, -0.8), (0, -1), (0.3, -0.8)), "dark"),
        ),
        NAMED["red"],
    ),
    "mountain": Form(
        ("mountain", "mountains", "peak", "peaks", "cliff", "cliffs", "volcano"),
        (
            Piece(((-1, 1), (-0.1, -0.9), (1, 1))),
            Piece(((-0.1, -0.9), (1, 1), (0.2, 1)), "dark"),
            Piece(
                ((-0.1, -0.9), (-0.36, -0.35), (-0.12, -0.48), (0.06, -0.3), (0.21, -0.4)), "white"
            ),
        ),
        NAMED["grey"],
    ),
    "boat": Form(
        ("boat", "boats", "ship", "ships", "sailboat"),
        (
            Piece(((-0.9, 0.4), (0.9, 0.4), (0.6, 0.9), (-0.6, 0.9)), "wood"),
            Piece(((-0.05, -0.95), (-0.05, 0.3), (-0.75, 0.3)), "white"),
            Piece(((0.05, -0.8), (0.05, 0.3), (0.7, 0.3))),
        ),
        NAMED["red"],
    ),
    "flower": Form(
        ("flower", "flowers", "rose", "roses", "tulip", "tulips"),
        (
            Piece(_box(-0.05, -0.3, 0.05, 1), "leaf"),
            Piece(_ring(0.3, 0.55, 0.3, 0.12), "leaf"),
            *_petals(6),
            Piece(_ring(0, -0.35, 0.24), "sun"),
        ),
        NAMED["pink"],
    ),
    "person": Form(
        (
            "person",
            "people",
            "man",
            "men",
            "woman",
            "women",
            "boy",
            "girl",
            "child",
            "children",
            "astronaut",
            "chef",
            "dancer",
            "musician",
            "king",
            "queen",
            "farmer",
        ),
        (
            Piece((*_ring(0, 0.75, 0.75, 0.62, 180, 360), (0.75, 1), (-0.75, 1))),
            Piece(_box(-0.13, -0.05, 0.13, 0.3), "skin"),
            Piece(_ring(0, -0.45, 0.5, 0.54, 180, 360), "wood"),
            Piece(_ring(0, -0.33, 0.4, 0.46), "skin"),
            Piece(_ring(0, -0.5, 0.42, 0.34, 180, 360), "wood"),
            Piece(_ring(-0.15, -0.32, 0.05), "dark"),
            Piece(_ring(0.15, -0.32, 0.05), "dark"),
            Piece(_ring(0, -0.14, 0.14, 0.07, 0, 180), "dark"),
        ),
        NAMED["teal"],
    ),
    "cat": Form(
        ("cat", "cats", "kitten", "fox", "foxes"),
        (
            Piece(_ring(0, 0.5, 0.55, 0.5)),
            Piece(((-0.52, -0.45), (-0.46, -1), (-0.1, -0.66)), "dark"),
            Piece(((0.52, -0.45), (0.46, -1), (0.1, -0.66)), "dark"),
            Piece(_ring(0, -0.35, 0.54, 0.46)),
            Piece(_ring(-0.2, -0.4, 0.09, 0.12), "sun"),
            Piece(_ring(0.2, -0.4, 0.09, 0.12), "sun"),
            Piece(((-0.08, -0.2), (0.08, -0.2), (0, -0.1)), "dark"),
        ),
        NAMED["orange"],
    ),
    "fish": Form(
        ("fish", "fishes", "whale"),
        (
            Piece(((0.45, 0), (1, -0.5), (0.88, 0), (1, 0.5)), "dark"),
            Piece(_ring(-0.15, 0, 0.75, 0.48)),
            Piece(_ring(-0.55, -0.1, 0.09), "white"),
            Piece(_ring(-0.57, -0.1, 0.045), "dark"),
        ),
        NAMED["orange"],
    ),
    "trumpet": Form(
        ("trumpet", "horn", "saxophone"),
        (
            Piece(_box(-0.95, -0.09, 0.6, 0.09)),
            Piece(((0.45, -0.09), (0.98, -0.5), (0.98, 0.5), (0.45, 0.09))),
            Piece(_ring(-0.1, 0.12, 0.42, 0.26), "dark"),
            Piece(_ring(-0.1, 0.12, 0.3, 0.15)),
            *(Piece(_box(x, -0.42, x + 0.09, 0), "light") for x in (-0.3, -0.12, 0.06)),
        ),
        NAMED["gold"],
    ),
    "bottle": Form(
        ("bottle", "bottles", "vase", "cup", "mug", "glass"),
        (
            Piece(_box(-0.16, -1, 0.16, -0.4), "dark"),
            Piece((*_ring(0, -0.2, 0.42, 0.3, 180, 360), (0.42, 1), (-0.42, 1))),
            Piece(_box(-0.42, 0.15, 0.42, 0.62), "white"),
        ),
        NAMED["green"],
    ),
    "robot": Form(
        ("robot", "robots", "android"),
        (
            Piece(_box(-0.04, -1, 0.04, -0.7), "dark"),
            Piece(_box(-0.5, -0.72, 0.5, 0.02)),
            Piece(_ring(-0.2, -0.38, 0.13), "sun"),
            Piece(_ring(0.2, -0.38, 0.13), "sun"),
            Piece(_box(-0.26, -0.16, 0.26, -0.08), "dark"),
            Piece(_box(-0.62, 0.12, 0.62, 0.95), "light"),
            Piece(_box(-0.3, 0.32, 0.3, 0.62), "dark"),
        ),
        NAMED["grey"],
    ),
}
NAMES = {name: form for form, known in FORMS.items() for name in known.names}
