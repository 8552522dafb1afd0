"""The pictures of the starters, drawn with Pillow."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

from PIL import Image, ImageDraw, ImageFont
from PIL.ImageDraw import ImageDraw as Pen

INK, PAPER = "#23252b", "#fbfaf5"
RED, BLUE, GREEN, YELLOW, PURPLE = "#c8323a", "#2f55c8", "#2a8f4e", "#f0b400", "#7a3fb0"

Draw = Callable[[Pen], None]


def as_png(drawing: tuple[tuple[int, int], str, Draw]) -> bytes:
    """A drawing's bytes."""
    size, ground, draw = drawing
    made = Image.new("RGB", size, ground)
    draw(ImageDraw.Draw(made))
    held = io.BytesIO()
    made.save(held, "PNG", optimize=True)
    return held.getvalue()


def _write(pen: Pen, place: tuple[float, float], text: str, size: int, **more: str) -> None:
    pen.text(place, text, font=ImageFont.load_default(size), **{"fill": INK, **more})  # type: ignore[arg-type]


def _receipt(pen: Pen) -> None:
    _write(pen, (240, 50), "CORNER CAFE", 34, anchor="mm")
    _write(pen, (240, 90), "12 Harbour Street", 20, anchor="mm")
    pen.line((40, 120, 440, 120), fill=INK, width=2)
    rows = (
        ("2 x Coffee", "5.60"),
        ("1 x Tea", "2.40"),
        ("3 x Bagel", "10.50"),
        ("1 x Lemon cake", "3.90"),
        ("1 x Water", "1.80"),
    )
    for number, (item, price) in enumerate(rows):
        _write(pen, (40, 145 + 46 * number), item, 24)
        _write(pen, (440, 145 + 46 * number), price, 24, anchor="ra")
    pen.line((40, 385, 440, 385), fill=INK, width=2)
    _write(pen, (40, 402), "TOTAL", 30)
    _write(pen, (440, 402), "25.20", 30, anchor="ra")
    _write(pen, (240, 480), "Thank you, come again!", 20, anchor="mm")


def _chart(pen: Pen) -> None:
    _write(pen, (400, 36), "Visitors by month", 30, anchor="mm")
    values = (("Jan", 120), ("Feb", 95), ("Mar", 180), ("Apr", 240), ("May", 310), ("Jun", 275))
    for mark in range(0, 401, 100):
        y = 440 - mark * 0.9
        pen.line((80, y, 770, y), fill="#d9d9dd", width=1)
        _write(pen, (68, y), str(mark), 18, anchor="rm")
    for number, (month, value) in enumerate(values):
        left = 110 + 110 * number
        pen.rectangle((left, 440 - value * 0.9, left + 66, 440), fill=BLUE)
        _write(pen, (left + 33, 462), month, 20, anchor="mm")
    pen.line((80, 440, 770, 440), fill=INK, width=2)


def _circle(pen: Pen, x: float, y: float, radius: float, fill: str) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=fill)


def _star(pen: Pen, x: float, y: float, radius: float, fill: str) -> None:
    turns = ((i, radius if i % 2 == 0 else 0.42 * radius) for i in range(10))
    points = [
        (x + r * math.sin(i * math.pi / 5), y - r * math.cos(i * math.pi / 5)) for i, r in turns
    ]
    pen.polygon(points, fill=fill)


def _shapes(pen: Pen) -> None:
    for x, y, radius, fill in (
        (120, 120, 70, RED),
        (600, 110, 54, BLUE),
        (380, 330, 84, RED),
        (690, 420, 60, GREEN),
        (120, 440, 46, RED),
    ):
        _circle(pen, x, y, radius, fill)
    pen.rectangle((270, 60, 400, 190), fill=GREEN)
    pen.rectangle((520, 250, 610, 340), fill=PURPLE)
    pen.polygon([(230, 520), (330, 520), (280, 420)], fill=BLUE)
    _star(pen, 540, 480, 74, YELLOW)


def _triangle(pen: Pen) -> None:
    _write(pen, (40, 30), "Exercise 7", 32)
    _write(pen, (40, 78), "Find the length x and the area of the triangle.", 22)
    pen.polygon([(120, 420), (560, 420), (120, 150)], outline=INK, width=5)
    pen.rectangle((120, 390, 150, 420), outline=INK, width=3)
    _write(pen, (100, 285), "9 cm", 26, anchor="rm")
    _write(pen, (340, 448), "12 cm", 26, anchor="mm")
    _write(pen, (366, 262), "x", 34, fill=RED)


def _desk(pen: Pen, *, later: bool = False) -> None:
    pen.rectangle((60, 50, 260, 230), fill="#1d2a50" if later else "#a9d4f5", outline=INK, width=6)
    pen.line((160, 50, 160, 230), fill=INK, width=5)
    if later:
        _circle(pen, 215, 95, 20, "#f4efd0")
    else:
        _circle(pen, 105, 100, 24, YELLOW)
    pen.rectangle((20, 400, 700, 430), fill="#8a5a32")
    pen.rectangle((50, 430, 80, 540), fill="#8a5a32")
    pen.rectangle((640, 430, 670, 540), fill="#8a5a32")
    pen.line((580, 398, 580, 260), fill=INK, width=9)
    pen.polygon([(520, 270), (640, 270), (610, 195), (550, 195)], fill=YELLOW if later else GREEN)
    for number, fill in enumerate((RED, BLUE, PURPLE)[: 2 if later else 3]):
        pen.rectangle((300, 376 - 26 * number, 450, 399 - 26 * number), fill=fill)
    left = 180 if later else 130
    pen.rectangle((left, 345, left + 56, 399), fill=PAPER, outline=INK, width=4)
    pen.arc((left + 42, 355, left + 80, 390), -90, 90, fill=INK, width=5)


def _box(pen: Pen) -> None:
    pen.rectangle((0, 430, 700, 520), fill="#d8d4c8")
    pen.rectangle((180, 130, 520, 432), fill="#c99a62", outline="#7d5a33", width=6)
    pen.line((180, 190, 520, 190), fill="#7d5a33", width=4)
    _write(pen, (350, 240), "THIS WAY UP", 40, anchor="mm", fill="#5b3d1d")
    pen.rectangle((335, 275, 365, 350), fill="#5b3d1d")
    pen.polygon([(300, 345), (400, 345), (350, 405)], fill="#5b3d1d")
    for x, y in ((560, 395), (600, 410), (150, 405), (110, 398)):
        pen.polygon([(x, y), (x + 26, y + 8), (x + 10, y + 24)], fill="#9cc3d8")
    _write(pen, (350, 60), "Fragile goods, delivered with care", 26, anchor="mm")


def _night(pen: Pen) -> None:
    for x, y in ((60, 70), (150, 40), (240, 110), (420, 60), (520, 130), (700, 90), (330, 160)):
        _star(pen, x, y, 9, "#f6f1d5")
    _circle(pen, 620, 90, 48, "#f4efd0")
    pen.ellipse((-160, 330, 460, 760), fill="#1f3d33")
    pen.ellipse((300, 360, 1000, 800), fill="#27503f")
    pen.rectangle((330, 300, 470, 400), fill="#8c3b32")
    pen.polygon([(310, 305), (490, 305), (400, 220)], fill="#52231f")
    pen.rectangle((352, 326, 392, 362), fill=YELLOW)
    pen.rectangle((418, 340, 450, 400), fill="#3a1a16")


def _sign(pen: Pen) -> None:
    pen.rectangle((310, 330, 340, 520), fill="#85888f")
    pen.rounded_rectangle((60, 60, 590, 350), 26, fill=YELLOW, outline=INK, width=8)
    _write(pen, (325, 125), "ACHTUNG!", 58, anchor="mm")
    _write(pen, (325, 205), "Frisch gestrichen.", 40, anchor="mm")
    _write(pen, (325, 275), "Bitte andere Seite benutzen", 30, anchor="mm")
    pen.line((150, 318, 500, 318), fill=INK, width=5)
    pen.polygon([(500, 300), (540, 318), (500, 336)], fill=INK)


DRAWINGS: Mapping[str, tuple[tuple[int, int], str, Draw]] = MappingProxyType(
    {
        "receipt": ((480, 520), PAPER, _receipt),
        "chart": ((800, 500), "white", _chart),
        "shapes": ((800, 560), PAPER, _shapes),
        "triangle": ((640, 500), "white", _triangle),
        "desk": ((720, 560), "#efe6d8", _desk),
        "desk-later": ((720, 560), "#efe6d8", lambda pen: _desk(pen, later=True)),
        "box": ((700, 520), "#f3f1ea", _box),
        "night": ((800, 520), "#141c3a", _night),
        "sign": ((650, 520), "#cfe0ea", _sign),
    }
)
