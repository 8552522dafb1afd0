"""Largest differences from peers where the method is the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from .launch import Bench
from .table import Row
from .votes import Array, Votes

POINTS = 400 / np.log(10)


def plain(bench: Bench, part: str, votes: Path) -> list[Row]:
    """Strengths beside peers run to convergence, and half-widths of balanced pairs."""
    ours = bench.result("ours", "codes", votes)
    balanced = bench.result("ours", "balanced", votes)
    rows = []
    for worker, peer, most in (
        ("evalica", "evalica", 1e-4),
        ("choix", "choix", 1e-4),
        ("arena_rank", "arena-rank", 1e-3),
    ):
        theirs = bench.result(worker, "exact", votes)
        gap = _gap(ours["rating"], theirs["rating"])
        rows.append(Row(part, "ratings", gap, "points", peer, None, most, "most"))
    theirs = bench.result("arena_rank", "balanced", votes)
    gap = _gap(balanced["rating"], theirs["rating"])
    rows.append(Row(part, "reweighted ratings", gap, "points", "arena-rank", None, 1e-3, "most"))
    gap = _share(balanced["half"], theirs["half"])
    rows.append(Row(part, "reweighted half-widths", gap, "%", "arena-rank", None, 0.1, "most"))
    return rows


def style(bench: Bench, part: str, votes: Path) -> list[Row]:
    """Style control beside the same likelihood and ridge, run to convergence.

    arena-rank's information lacks the ridge of its likelihood. Half-widths are compared as they
    come, without a ridge on either side, and with the ridge put into its information.
    """
    ours = bench.result("ours", "style", votes)
    theirs = bench.result("arena_rank", "style-exact", votes)
    effects = float(np.abs(ours["effects"] - theirs["effects"]).max())
    peer = "arena-rank"
    gap = _gap(ours["rating"], theirs["rating"])
    wide = _share(ours["half"], theirs["half"])
    counted = _share(ours["half"], bench.result("arena_rank", "style-counted", votes)["half"])
    halves = [
        bench.result(worker, "style-bare", votes)["half"] for worker in ("ours", "arena_rank")
    ]
    return [
        Row(part, "style: ratings", gap, "points", peer, None, 1e-3, "most"),
        Row(part, "style: effects", effects * POINTS, "points", peer, None, 1e-3, "most"),
        Row(part, "style: half-widths, no ridge", _share(*halves), "%", peer, None, 0.1, "most"),
        Row(part, "  ridge in both informations", counted, "%", peer, None, 0.1, "most"),
        Row(part, "  ridge in ours alone, as they come", wide, "%", peer),
    ]


def golden(bench: Bench, part: str, votes: Path, file: Path) -> list[Row]:
    """Published scores of evalica on the same votes."""
    ours = bench.result("ours", "codes", votes)
    table = [line.rsplit(",", 1) for line in file.read_text(encoding="utf-8").splitlines()]
    scores: Mapping[str, float] = {
        name.removeprefix("bradley_terry,").strip('"'): float(score)
        for name, score in table
        if name.startswith("bradley_terry,")
    }
    theirs = 400 * np.log10([scores[name] for name in Votes.load(votes).names])
    gap = _gap(ours["rating"], theirs)
    return [Row(part, "ratings", gap, "points", "evalica, published", None, 0.01, "most")]


def _gap(ours: Array, theirs: Array) -> float:
    """The largest difference of two sets of ratings, each centred on the models rated."""
    rated = np.isfinite(ours)
    mine, other = ours[rated], theirs[rated]
    return float(np.abs((mine - mine.mean()) - (other - other.mean())).max())


def _share(ours: Array, theirs: Array) -> float:
    """The largest relative difference, in per cent."""
    rated = np.isfinite(ours)
    return float(100 * np.abs(ours[rated] / theirs[rated] - 1).max())
