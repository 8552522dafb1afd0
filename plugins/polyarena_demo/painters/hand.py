"""How a painter works: the order of things, and tools that several of them use."""

from __future__ import annotations

import math
import random
from abc import ABC, abstractmethod
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from .colours import Colour, against, mix
from .forms import Point
from .layout import Figure, Plan

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


class Hand(ABC):
    """A style. `fine` is how many times larger than the picture it works."""

    fine = 1

    @abstractmethod
    def backdrop(self, plan: Plan) -> Image.Image:
        """Sky or paper, and the ground."""

    @abstractmethod
    def draw(self, image: Image.Image, figures: Sequence[Figure], rng: random.Random) -> None:
        """Figures onto a picture, in their order."""

    @abstractmethod
    def write(self, image: Image.Image, plan: Plan) -> None:
        """The words of a plan onto a picture."""

    def finish(self, image: Image.Image, rng: random.Random) -> Image.Image:
        """What is done at the end."""
        return image

    def paint(self, plan: Plan, onto: Image.Image | None = None) -> Image.Image:
        """A whole picture, or figures and words onto one."""
        rng = random.Random(plan.seed)  # noqa: S311
        image = self.backdrop(plan) if onto is None else onto.copy()
        self.draw(image, sorted(plan.figures, key=lambda figure: figure.depth), rng)
        if plan.words:
            self.write(image, plan)
        return self.finish(image, rng) if onto is None else image


def gradient(width: int, height: int, top: Colour, bottom: Colour) -> Image.Image:
    """From one colour down to another."""
    column = Image.new("RGB", (1, 64))
    for y in range(64):
        column.putpixel((0, y), mix(top, bottom, y / 63))
    return column.resize((width, height), Image.Resampling.BILINEAR)


def ragged(points: Sequence[Point], by: float, rng: random.Random) -> list[Point]:
    """A polygon with its points moved a little, and points between those that lie far apart."""
    found: list[Point] = []
    for (x, y), (u, v) in zip(points, [*points[1:], points[0]], strict=True):
        steps = max(1, int(math.dist((x, y), (u, v)) / max(8.0, by * 6)))
        for step in range(steps):
            share = step / steps
            found.append(
                (
                    x + (u - x) * share + rng.uniform(-by, by),
                    y + (v - y) * share + rng.uniform(-by, by),
                )
            )
    return found


def span(
    points: Sequence[Point], margin: float, size: tuple[int, int]
) -> tuple[int, int, int, int]:
    """The box around a polygon, within a picture of this size."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top = max(0, int(min(xs) - margin)), max(0, int(min(ys) - margin))
    right, bottom = min(size[0], int(max(xs) + margin) + 1), min(size[1], int(max(ys) + margin) + 1)
    return left, top, max(left + 1, right), max(top + 1, bottom)


def lettered(image: Image.Image, plan: Plan, colour: Colour | None = None) -> None:
    """Words in their box, as large as they fit, on one line or two."""
    left, top, right, bottom = plan.words_box
    lines = _lines(plan.words)
    draw = ImageDraw.Draw(image)
    font, size = _fitted(draw, lines, right - left, bottom - top)
    ground = _mean(image, (int(left), int(top), int(right), int(bottom)))
    ink = colour or against(ground)
    y = top + (bottom - top - size * 1.1 * len(lines)) / 2
    for line in lines:
        draw.text(
            ((left + right) / 2, y + size * 0.55),
            line,
            fill=ink,
            font=font,
            anchor="mm",
        )
        y += size * 1.1


def _lines(words: str) -> list[str]:
    if len(words) <= 14 or " " not in words:
        return [words]
    spaces = [at for at, letter in enumerate(words) if letter == " "]
    middle = min(spaces, key=lambda at: abs(at - len(words) / 2))
    return [words[:middle], words[middle + 1 :]]


def _fitted(
    draw: ImageDraw.ImageDraw, lines: list[str], width: float, height: float
) -> tuple[Font, float]:
    size = height / (1.1 * len(lines))
    font = ImageFont.load_default(size)
    widest = max(draw.textlength(line, font=font) for line in lines) or 1
    if widest > width:
        size *= width / widest
        font = ImageFont.load_default(size)
    return font, size


def _mean(image: Image.Image, box: tuple[int, int, int, int]) -> Colour:
    small = image.crop(box).convert("RGB").resize((1, 1), Image.Resampling.BOX)
    red, green, blue = small.tobytes()
    return red, green, blue
