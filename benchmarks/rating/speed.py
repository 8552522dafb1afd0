"""Time and memory of ratings, intervals, bootstraps and style control."""

from __future__ import annotations

from pathlib import Path

from .launch import Bench, Measured
from .table import Row
from .votes import DRAWS

OUR_DRAWS = 100


def ratings_only(bench: Bench, part: str, votes: Path) -> list[Row]:
    """Strengths alone, from codes."""
    ours = bench.run("ours", "strengths", votes)
    evalica = bench.run("evalica", "codes", votes)
    choix = bench.run("choix", "codes", votes)
    name = "ratings only, from codes"
    return [
        Row(part, name, ours.seconds, "s", "evalica", evalica.seconds),
        Row(part, name, ours.seconds, "s", "choix", choix.seconds),
        Row(part, "  peak memory", ours.peak, "B", "evalica", evalica.peak),
    ]


def with_intervals(bench: Bench, part: str, votes: Path, repeats: int) -> list[Row]:
    """Ratings with sandwich intervals, from two kinds of names, both sides alike, and codes."""
    rows = []
    for kind, name in (("strings", "from Python strings"), ("arrow", "from Arrow strings")):
        ours = bench.run("ours", kind, votes)
        peer = bench.run("arena_rank", kind, votes, repeats)
        rows.append(Row(part, f"with intervals, {name}", ours.seconds, "s", *_beside(peer), 10))
        rows += _memory(part, name, ours, peer)
    codes = bench.run("ours", "codes", votes)
    row = Row(part, "with intervals, from codes", codes.seconds, "s", *_beside(peer), 100)
    return [*rows, row, *_memory(part, "from codes", codes, peer)]


def bootstraps(bench: Bench, part: str, votes: Path) -> list[Row]:
    """100 draws; evalica's are fewer, and the time of one is taken 100 times."""
    ours = bench.run("ours", "bootstrap", votes)
    bench.run("evalica", "names", votes, 1)
    bench.run("evalica", "bootstrap", votes, 1, warm=0)
    name, peer = f"{OUR_DRAWS} bootstraps", f"evalica, from {DRAWS}"
    return [Row(part, name, ours.seconds, "s", peer, refits(bench, votes), 10)]


def refits(bench: Bench, votes: Path) -> float:
    """Seconds of evalica's bootstraps, of those that `bootstraps` ran."""
    once, drawn = (bench.done["evalica", task, votes].seconds for task in ("names", "bootstrap"))
    return once + (drawn - once) / DRAWS * OUR_DRAWS


def style(
    bench: Bench, part: str, votes: Path, repeats: int, of_climb: float | None = None
) -> list[Row]:
    """Style control with intervals, beside a climb of the same likelihood without."""
    ours = bench.run("ours", "style", votes)
    peer = bench.run("arena_rank", "style", votes, repeats)
    plain = bench.run("lbfgs", "style", votes, repeats)
    name = "style control with intervals"
    return [
        Row(part, name, ours.seconds, "s", *_beside(peer), 10),
        Row(part, name, ours.seconds, "s", "L-BFGS, no intervals", plain.seconds, of_climb),
        *_memory(part, "style", ours, peer),
    ]


def _beside(peer: Measured) -> tuple[str, float]:
    return "arena-rank", peer.seconds


def _memory(part: str, what: str, ours: Measured, peer: Measured) -> list[Row]:
    return [
        Row(part, f"  peak memory, {what}", ours.peak, "B", "arena-rank", peer.peak, 2),
        Row(part, "  of it over the loaded votes", ours.added, "B", "arena-rank", peer.added, 2),
    ]
