"""Prompts to begin with, each with pictures that are drawn here."""

from __future__ import annotations

from collections.abc import Callable

from polyarena import Starter, StarterPicture


def _drawn(name: str) -> Callable[[], bytes]:
    """Draws when it is asked to: neither Pillow nor a font is loaded before."""

    def draw() -> bytes:
        from .drawings import DRAWINGS, as_png

        return as_png(DRAWINGS[name])

    return draw


def _picture(name: str, alt: str) -> StarterPicture:
    return StarterPicture(f"{name}.png", alt, _drawn(name))


STARTERS = (
    Starter(
        "Read a receipt",
        "List every item with its price. Is the total right?",
        pictures=(_picture("receipt", "A café's receipt with five items and a total"),),
    ),
    Starter(
        "Read a chart",
        "Which month was best, and by how much did it beat the worst?",
        pictures=(_picture("chart", "A bar chart of visitors by month, January to June"),),
    ),
    Starter(
        "Count shapes",
        "How many circles are there, and how many of them are red?",
        pictures=(_picture("shapes", "Circles, squares, triangles and a star in five colours"),),
    ),
    Starter(
        "Solve an exercise",
        "Solve the exercise on the sheet, step by step.",
        pictures=(_picture("triangle", "A right triangle with two sides given and one asked for"),),
    ),
    Starter(
        "Spot the difference",
        "What differs between [picture 1] and [picture 2]? List every difference.",
        pictures=(
            _picture("desk", "A desk with a lamp, a cup, books and a window"),
            _picture("desk-later", "The same desk, some things changed"),
        ),
    ),
    Starter(
        "Explain a joke",
        "Why is this funny? Then write a caption of at most ten words.",
        pictures=(_picture("box", "A cardboard box whose arrow for up points at the floor"),),
    ),
    Starter(
        "Describe a scene",
        "Describe the picture for somebody who cannot see it, in three sentences.",
        pictures=(_picture("night", "A small house under a moon, with hills and stars"),),
    ),
    Starter(
        "Translate a sign",
        "What does this sign say? Translate it, and tell me what I should do.",
        pictures=(_picture("sign", "A yellow sign with a warning in German"),),
    ),
)
