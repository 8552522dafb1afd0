"""Where everything goes: a scene as figures on a canvas, in pixels."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from .colours import NAMED, PALETTE, Colour, darker, light, lighter
from .forms import FORMS, Piece, Point
from .scene import Scene, Things

HORIZON = 0.66
WORDS = 0.2
_TINTS: dict[str, Colour] = {
    "wood": NAMED["brown"],
    "sun": (255, 216, 110),
    "skin": (226, 176, 138),
    "white": NAMED["white"],
    "leaf": NAMED["green"],
}
_SKIES: dict[str, tuple[Colour, Colour]] = {
    "day": ((120, 182, 226), (222, 238, 244)),
    "sunset": ((92, 76, 140), (250, 176, 112)),
    "night": ((14, 20, 48), (52, 62, 110)),
}
_GROUNDS: dict[str, Colour] = {
    "sea": (40, 116, 142),
    "grass": (108, 152, 82),
    "sand": (226, 196, 140),
    "snow": (236, 240, 246),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A polygon in pixels; `depth` grows towards the viewer."""

    points: tuple[Point, ...]
    colour: Colour
    depth: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything to be painted: the sky or paper from top to bottom, the ground, figures, words.

    `horizon` is in pixels from the top, None where there is no ground.
    """

    width: int
    height: int
    top: Colour
    bottom: Colour
    ground: Colour | None
    horizon: int | None
    figures: tuple[Figure, ...]
    words: str
    words_box: tuple[float, float, float, float]
    seed: int


def plan(scene: Scene, width: int, height: int) -> Plan:
    """Lay a scene out: words at the top, rows below, outdoors on a horizon."""
    top, bottom = (scene.paper, scene.paper) if scene.paper else _backdrop(scene)
    room = (height * (WORDS if scene.words else 0.04), height * 0.96)
    outdoors = bool(scene.ground)
    ground = _GROUNDS.get(scene.ground)
    if ground and scene.time != "day":
        ground = darker(ground, 0.55 if scene.time == "night" else 0.3)
    figures = [
        *_sky(scene, width, height),
        *(
            _rows(scene, width, room, outdoors, height)
            if scene.rows
            else _chance(scene, width, room)
        ),
    ]
    return Plan(
        width,
        height,
        top,
        bottom,
        ground,
        round(height * HORIZON) if outdoors else None,
        tuple(figures),
        scene.words,
        (width * 0.06, height * 0.03, width * 0.94, height * (WORDS - 0.01)),
        scene.seed,
    )


def _backdrop(scene: Scene) -> tuple[Colour, Colour]:
    if scene.ground or scene.time != "day":
        return _SKIES[scene.time]
    return NAMED["cream"], lighter(NAMED["beige"], 0.3)


def _sky(scene: Scene, width: int, height: int) -> list[Figure]:
    """Sun, moon and clouds, and the stars of a night."""
    found: list[Figure] = []
    rng = random.Random(scene.seed)  # noqa: S311
    if scene.time == "night" and not scene.paper:
        for _ in range(40):
            size = width * rng.uniform(0.001, 0.003)
            spot = (rng.uniform(0, width), rng.uniform(0, height * 0.6))
            found += _figures(Things("circle", 1, NAMED["cream"]), spot, size, 0)
    if not scene.ground:
        return found
    high = [things for row in scene.rows for things in row if FORMS[things.form].in_the_sky]
    spots = [(0.76, 0.3), (0.24, 0.26), (0.5, 0.2), (0.9, 0.16), (0.1, 0.36)]
    number = 0
    for things in high:
        for _ in range(things.count):
            x, y = spots[number % len(spots)]
            low = scene.time == "sunset" and things.form == "sun"
            spot = (width * 0.5, height * (HORIZON - 0.09)) if low else (width * x, height * y)
            found += _figures(things, spot, min(width, height) * 0.1, 1)
            number += 1
    return found


def _rows(
    scene: Scene, width: int, room: tuple[float, float], outdoors: bool, height: int
) -> list[Figure]:
    rows = [
        [one for one in row if not (outdoors and FORMS[one.form].in_the_sky)] for row in scene.rows
    ]
    rows = [row for row in rows if row]
    found: list[Figure] = []
    top, bottom = room
    if outdoors:
        top = max(top, height * 0.22)
    each = (bottom - top) / max(1, len(rows))
    for number, row in enumerate(rows):
        count = sum(things.count for things in row)
        cell = width * 0.92 / count
        size = min(cell * 0.42, each * 0.42, min(width, height) * 0.3)
        y = top + each * (number + 0.5)
        if outdoors and len(rows) == 1:
            size = min(cell * 0.42, height * 0.26)
            y = height * (HORIZON + 0.05) - size * 0.75
        x = width * 0.04 + cell / 2
        for things in row:
            for _ in range(things.count):
                found += _figures(things, (x, y), size, 2 + number)
                x += cell
    return found


def _chance(scene: Scene, width: int, room: tuple[float, float]) -> list[Figure]:
    """A composition for a prompt that names nothing known: large forms in few colours."""
    rng = random.Random(scene.seed)  # noqa: S311
    colours = scene.colours or tuple(NAMED[name] for name in rng.sample(PALETTE, 4))
    top, bottom = room
    found: list[Figure] = []
    for number in range(rng.randint(7, 11)):
        things = Things(
            rng.choice(("circle", "square", "triangle", "circle")), 1, rng.choice(colours)
        )
        size = (bottom - top) * rng.uniform(0.06, 0.26)
        spot = (rng.uniform(0.1, 0.9) * width, rng.uniform(top, bottom))
        found += _figures(things, spot, size, number, rng.uniform(0, 90))
    return found


def _figures(
    things: Things, spot: Point, size: float, depth: int, degrees: float = 0
) -> list[Figure]:
    pieces = FORMS[things.form].pieces
    return [Figure(_placed(one, spot, size, degrees), _tint(one, things), depth) for one in pieces]


def _placed(piece: Piece, spot: Point, size: float, degrees: float) -> tuple[Point, ...]:
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    return tuple(
        (spot[0] + size * (x * cosine - y * sine), spot[1] + size * (x * sine + y * cosine))
        for x, y in piece.points
    )


def _tint(piece: Piece, things: Things) -> Colour:
    if piece.tint == "own":
        return things.colour
    if piece.tint == "light":
        return lighter(things.colour)
    if piece.tint == "dark":
        return darker(things.colour, 0.6 if light(things.colour) < 0.4 else 0.4)
    return _TINTS[piece.tint]
