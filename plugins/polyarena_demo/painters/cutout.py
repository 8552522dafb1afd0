"""Cut paper: flat shapes with a soft shadow, and large letters."""

from __future__ import annotations

import random
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter

from .colours import lighter
from .hand import Hand, gradient, lettered
from .layout import Figure, Plan

_FINE = 2


class Cutout(Hand):
    """Works at twice the size, so that edges are smooth."""

    fine = _FINE

    def backdrop(self, plan: Plan) -> Image.Image:
        image = gradient(plan.width, plan.height, plan.top, plan.bottom)
        if plan.ground and plan.horizon:
            draw = ImageDraw.Draw(image)
            draw.rectangle((0, plan.horizon, plan.width, plan.height), fill=plan.ground)
            edge = plan.horizon + plan.height // 60
            draw.rectangle((0, plan.horizon, plan.width, edge), fill=lighter(plan.ground, 0.25))
        return image

    def draw(self, image: Image.Image, figures: Sequence[Figure], rng: random.Random) -> None:
        shade = Image.new("L", (image.width // 4, image.height // 4))
        under, drop = ImageDraw.Draw(shade), image.height / 110
        for figure in figures:
            if figure.depth > 1:
                under.polygon(
                    [((x + drop) / 4, (y + drop) / 4) for x, y in figure.points], fill=120
                )
        shade = shade.filter(ImageFilter.GaussianBlur(drop / 4)).resize(image.size)
        image.paste((20, 20, 40), (0, 0), shade)
        draw = ImageDraw.Draw(image)
        for figure in figures:
            draw.polygon(figure.points, fill=figure.colour)

    def write(self, image: Image.Image, plan: Plan) -> None:
        lettered(image, plan)
