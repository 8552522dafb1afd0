"""Pixel art: few colours, large squares."""

from __future__ import annotations

import random
from collections.abc import Sequence

from PIL import Image, ImageDraw

from .colours import darker, lighter
from .hand import Hand, gradient, lettered
from .layout import Figure, Plan

_ACROSS = 112
_COLOURS = 28


class Pixels(Hand):
    """Paints as any other, and is then made coarse."""

    def backdrop(self, plan: Plan) -> Image.Image:
        image = gradient(plan.width, plan.height, plan.top, plan.bottom)
        if plan.ground and plan.horizon:
            draw = ImageDraw.Draw(image)
            draw.rectangle((0, plan.horizon, plan.width, plan.height), fill=plan.ground)
            rng, cell = random.Random(plan.seed), plan.width / _ACROSS  # noqa: S311
            for _ in range(160):
                x, y = rng.uniform(0, plan.width), rng.uniform(plan.horizon + cell, plan.height)
                tone = lighter(plan.ground, 0.2) if rng.random() > 0.5 else darker(plan.ground, 0.2)
                draw.rectangle((x, y, x + 3 * cell, y + cell), fill=tone)
        return image

    def draw(self, image: Image.Image, figures: Sequence[Figure], rng: random.Random) -> None:
        draw = ImageDraw.Draw(image)
        rim = max(1, round(image.width / _ACROSS))
        for figure in figures:
            draw.polygon(figure.points, fill=figure.colour)
            if figure.depth > 1:
                ring = [*figure.points, figure.points[0]]
                draw.line(ring, fill=darker(figure.colour, 0.45), width=rim)

    def write(self, image: Image.Image, plan: Plan) -> None:
        lettered(image, plan)

    def finish(self, image: Image.Image, rng: random.Random) -> Image.Image:
        across = (_ACROSS, max(1, round(_ACROSS * image.height / image.width)))
        small = image.resize(across, Image.Resampling.BOX)
        few = small.quantize(_COLOURS, dither=Image.Dither.NONE).convert("RGB")
        return few.resize(image.size, Image.Resampling.NEAREST)
