"""Models that draw a film of a few shapes, its colours and course by the words that are asked."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import AsyncGenerator, Callable, Sequence

from polyarena import Event, FileReady, Finish, Model, ModelRequest, Provider

from .films import Film

WIDTH, HEIGHT, RATE, FRAMES = 128, 72, 12, 36
RADIUS = 9
Course = Callable[[float, random.Random], tuple[float, float]]


def bouncing(time: float, chance: random.Random) -> tuple[float, float]:
    """Across, in three jumps."""
    return time, 1 - abs(math.sin(time * 3 * math.pi)) * 0.9


def circling(time: float, chance: random.Random) -> tuple[float, float]:
    """Round, twice."""
    return 0.5 + 0.4 * math.cos(time * 4 * math.pi), 0.5 + 0.4 * math.sin(time * 4 * math.pi)


def trembling(time: float, chance: random.Random) -> tuple[float, float]:
    """Here and there."""
    return chance.random(), chance.random()


COURSES: dict[str, tuple[str, Course]] = {
    "bounce": ("Demo Bouncer", bouncing),
    "circle": ("Demo Circler", circling),
    "tremble": ("Demo Trembler", trembling),
}


class DrawingProvider(Provider):
    """Draws in the way of the model's `config["course"]`."""

    name = "video-demo"

    def models(self) -> Sequence[Model]:
        return [
            Model(
                name=name,
                provider=self.name,
                config={"course": key},
                capabilities=frozenset({"video"}),
                organization="Polyarena examples",
                license="Apache-2.0",
                fallback=True,
            )
            for key, (name, _) in COURSES.items()
        ]

    def check(self, model: Model) -> str | None:
        if model.config.get("course") in COURSES:
            return None
        return f"config.course must be one of {', '.join(COURSES)}"

    async def stream(self, model: Model, request: ModelRequest) -> AsyncGenerator[Event]:
        _, course = COURSES[model.config["course"]]
        film = await asyncio.to_thread(drawn, request.prompt_text, course)
        yield FileReady(film.written(), "film.y4m")
        yield Finish()


def drawn(text: str, course: Course) -> Film:
    """A disc on its course before a plain sky."""
    chance = random.Random(text)
    skies = chance.choices(range(112, 145), k=2)
    discs = chance.choices((80, 96, 160, 176), k=2)
    frames = []
    for number in range(FRAMES):
        x, y = course(number / (FRAMES - 1), chance)
        across, down = (
            round(RADIUS + share * (size - 2 * RADIUS)) for share, size in ((x, WIDTH), (y, HEIGHT))
        )
        bright = _plane(WIDTH, HEIGHT, (60, 90), 210, across, down, RADIUS)
        first, second = (
            _plane(WIDTH // 2, HEIGHT // 2, (sky, sky), disc, across // 2, down // 2, RADIUS // 2)
            for sky, disc in zip(skies, discs, strict=True)
        )
        frames.append(bright + first + second)
    return Film(WIDTH, HEIGHT, RATE, tuple(frames))


def _plane(
    width: int, height: int, sky: tuple[int, int], disc: int, x: int, y: int, radius: int
) -> bytes:
    top, bottom = sky
    rows = []
    for row in range(height):
        shade = top + (bottom - top) * row // height
        half = math.isqrt(max(0, radius**2 - (row - y) ** 2))
        left, right = max(0, x - half), min(width, x + half)
        if not half:
            left = right = 0
        rows.append(
            bytes([shade]) * left
            + bytes([disc]) * (right - left)
            + bytes([shade]) * (width - right)
        )
    return b"".join(rows)
