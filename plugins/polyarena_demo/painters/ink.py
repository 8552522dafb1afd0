"""Pen and ink: outlines and hatching on cream paper, with a touch of colour."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from PIL import Image, ImageDraw

from .colours import Colour, darker, light, lighter, mix
from .hand import Hand, lettered, ragged, span
from .layout import Figure, Plan

_PAPER: Colour = (248, 243, 230)
_INK: Colour = (36, 38, 52)


class Ink(Hand):
    """The darker a thing, the closer its hatching."""

    fine = 2

    def backdrop(self, plan: Plan) -> Image.Image:
        tone = mix(plan.bottom, _PAPER, 0.72)
        image = Image.new("RGB", (plan.width, plan.height), tone)
        draw = ImageDraw.Draw(image)
        if light(plan.top) < 0.75:
            end = plan.horizon or plan.height
            gap = plan.height / 46
            y = gap
            while y < end:
                draw.line(
                    (0, y, plan.width, y), fill=mix(plan.top, tone, 0.35), width=self._pen(plan)
                )
                gap *= 1.06
                y += gap
        if plan.ground and plan.horizon:
            below = (0, plan.horizon, plan.width, plan.height)
            draw.rectangle(below, fill=mix(plan.ground, _PAPER, 0.55))
            rng = random.Random(plan.seed)  # noqa: S311
            for _ in range(110):
                x, y = rng.uniform(0, plan.width), rng.uniform(plan.horizon, plan.height)
                long = plan.width * rng.uniform(0.01, 0.05)
                draw.line((x, y, x + long, y), fill=darker(plan.ground, 0.3), width=self._pen(plan))
            edge = (0, plan.horizon, plan.width, plan.horizon)
            draw.line(edge, fill=_INK, width=self._pen(plan))
        return image

    def draw(self, image: Image.Image, figures: Sequence[Figure], rng: random.Random) -> None:
        pen = max(2, min(image.size) // 340)
        for figure in figures:
            outline = ragged(figure.points, pen * 0.35, rng)
            box = span(outline, pen * 2, image.size)
            width, height = box[2] - box[0], box[3] - box[1]
            shifted = [(x - box[0], y - box[1]) for x, y in outline]
            mask = Image.new("L", (width, height))
            ImageDraw.Draw(mask).polygon(shifted, fill=255)
            inside = Image.new("RGB", (width, height), lighter(figure.colour, 0.3))
            self._hatch(
                inside, darker(figure.colour, 0.35), pen * (2.5 + 7 * light(figure.colour)), pen
            )
            image.paste(inside, box[:2], mask)
            ring = [*outline, outline[0]]
            ImageDraw.Draw(image).line(ring, fill=_INK, width=pen * 2, joint="curve")

    def write(self, image: Image.Image, plan: Plan) -> None:
        lettered(image, plan, _INK)

    def _hatch(self, image: Image.Image, colour: Colour, gap: float, pen: int) -> None:
        draw = ImageDraw.Draw(image)
        for step in range(math.ceil((image.width + image.height) / gap)):
            at = step * gap
            draw.line((at, 0, at - image.height, image.height), fill=colour, width=max(1, pen // 2))

    def _pen(self, plan: Plan) -> int:
        return max(1, min(plan.width, plan.height) // 400)
