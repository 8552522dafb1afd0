"""How cost grows with votes: one pass over them, then a fit that no longer sees them."""

from __future__ import annotations

from collections.abc import Sequence

from .launch import Bench
from .table import Row
from .votes import synthetic

SLACK = 1.25


def growth(bench: Bench, part: str, sizes: Sequence[int], models: int, seed: int) -> list[Row]:
    """Counting and fitting at growing numbers of votes, each with what the first would foretell."""
    votes = synthetic(max(sizes), models, seed, styled=False)
    rows = []
    first: tuple[float, float] | None = None
    for size in sizes:
        file = votes.part(size).save(bench.folder / f"{size // 1000}k.npz")
        passed = bench.run("ours", "count", file).seconds
        fitted = bench.run("ours", "counted", file).seconds
        file.unlink()
        first = first or (passed, fitted)
        times = size / sizes[0]
        name = f"{size:,} votes"
        rows += [
            Row(part, f"{name}: pass", passed, "s", "", None, SLACK * times * first[0], "most"),
            Row(part, f"{name}: fit", fitted, "s", "", None, 2 * first[1], "most"),
        ]
    return rows
