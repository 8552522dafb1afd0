"""Watercolour: soft layers that run a little beyond their edges, on grained paper."""

from __future__ import annotations

import random
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .colours import darker, light, lighter, mix
from .hand import Hand, gradient, lettered, ragged, span
from .layout import Figure, Plan

_PAPER = (250, 247, 238)
_LAYERS = 3


class Wash(Hand):
    """Each figure in three layers, each a little different."""

    def backdrop(self, plan: Plan) -> Image.Image:
        image = gradient(
            plan.width, plan.height, mix(plan.top, _PAPER, 0.25), mix(plan.bottom, _PAPER, 0.35)
        )
        if plan.ground and plan.horizon:
            rng = random.Random(plan.seed)  # noqa: S311
            land = ((0, plan.horizon), (plan.width, plan.horizon), (plan.width, plan.height * 1.1))
            shape = (*land, (0, plan.height * 1.1))
            self.draw(image, [Figure(shape, lighter(plan.ground, 0.12), 0)], rng)
        return image

    def draw(self, image: Image.Image, figures: Sequence[Figure], rng: random.Random) -> None:
        wobble = min(image.size) / 260
        for figure in figures:
            for layer in range(_LAYERS):
                outline = ragged(figure.points, wobble * (1 + layer / 2), rng)
                box = span(outline, wobble * 4, image.size)
                mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
                shifted = [(x - box[0], y - box[1]) for x, y in outline]
                ImageDraw.Draw(mask).polygon(shifted, fill=150)
                mask = mask.filter(ImageFilter.GaussianBlur(wobble))
                if layer == _LAYERS - 1:
                    rim = mask.filter(ImageFilter.FIND_EDGES).filter(ImageFilter.GaussianBlur(1))
                    mask = ImageChops.add(mask, rim)
                colour = darker(figure.colour, 0.1 * layer)
                image.paste(colour, box[:2], mask)

    def write(self, image: Image.Image, plan: Plan) -> None:
        lettered(image, plan, (52, 48, 74) if light(plan.top) > 0.5 else _PAPER)

    def finish(self, image: Image.Image, rng: random.Random) -> Image.Image:
        across, down = image.width // 2, image.height // 2
        noise = Image.frombytes("L", (across, down), rng.randbytes(across * down))
        grain = noise.point(lambda level: 96 + level // 4).resize(image.size)
        paper = Image.merge("RGB", (grain, grain, grain))
        return Image.blend(image, ImageChops.soft_light(image, paper), 0.5)
