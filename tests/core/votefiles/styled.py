"""Votes with measures of style, as a file has them."""

from __future__ import annotations

import math
import random

MEASURES = ("length", "headers", "lists", "bold", "code_blocks")
NAMES = ("P", "Q", "R")


def styled_csv(
    seed: int,
    number: int,
    measures: tuple[str, ...] = MEASURES,
    prefix: str = "",
    least: int = 0,
) -> str:
    """Votes of 25 people on three models; the longer answer is liked better."""
    rng = random.Random(seed)
    sides = [f"{measure}_{side}" for measure in measures for side in "ab"]
    lines = [",".join(["model_a", "model_b", "winner", "voter", "tags", *sides])]
    for _ in range(number):
        a, b = rng.sample(NAMES, 2)
        told = [rng.randint(least, 40) for _ in sides]
        edge = 0.5 * (NAMES.index(b) - NAMES.index(a))
        if told:
            edge += (told[0] - told[1]) / (1 + abs(told[0]) + abs(told[1]))
        won = "a" if rng.random() < 1 / (1 + math.exp(-edge)) else "b"
        won = "tie" if rng.random() < 0.2 else won
        tags = rng.choice(("coding", "math; coding", ""))
        cells = [prefix + a, prefix + b, won, f"v{rng.randrange(25)}", tags, *map(str, told)]
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"
