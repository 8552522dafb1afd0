"""Regions of one colour, and which shape each has."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .colours import Labels

_ELONGATED = 60.0


@dataclass(frozen=True, slots=True)
class Region:
    """Connected pixels of one label: how many, and their box from the top left."""

    label: int
    area: int
    left: int
    top: int
    right: int
    bottom: int
    centre: tuple[float, float]
    spread: float

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def fill(self) -> float:
        """The share of its box that it covers."""
        return self.area / (self.width * self.height)


def regions(labels: Labels, least: int) -> list[Region]:
    """Connected regions of at least so many pixels, the largest first."""
    pieces = _components(labels)
    order = np.argsort(pieces, axis=None, kind="stable")
    sizes = np.bincount(pieces.ravel())
    ends = np.cumsum(sizes)
    found = []
    for piece in np.flatnonzero(sizes >= least):
        places = order[ends[piece] - sizes[piece] : ends[piece]]
        rows, columns = np.divmod(places, labels.shape[1])
        found.append(_region(int(labels[rows[0], columns[0]]), rows, columns))
    return sorted(found, key=lambda region: -region.area)


def shape(region: Region) -> str:
    """What a region looks like: square, rectangle, circle, ellipse, triangle, diamond, star, line.

    A region that is none of these is a patch.
    """
    width, height, fill = region.width, region.height, region.fill
    if region.spread > _ELONGATED:
        return "line"
    proportion = min(width, height) / max(width, height)
    middle = (region.left + region.right - 1) / 2, (region.top + region.bottom - 1) / 2
    off = math.dist(region.centre, middle) / max(width, height)
    if fill > 0.93:
        return "square" if proportion > 0.93 else "rectangle"
    if abs(fill - math.pi / 4) < 0.055 and off < 0.03:
        return "circle" if proportion > 0.93 else "ellipse"
    if 0.28 < fill < 0.47 and off < 0.08 and proportion > 0.8:
        return "star"
    if abs(fill - 0.5) < 0.07:
        return "diamond" if off < 0.04 else "triangle"
    return "patch"


def _region(label: int, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> Region:
    spread = 1.0
    if len(rows) > 2:
        small, large = np.linalg.eigvalsh(np.cov(rows, columns) + np.eye(2) / 12)
        spread = float(large / small)
    return Region(
        label=label,
        area=len(rows),
        left=int(columns.min()),
        top=int(rows.min()),
        right=int(columns.max()) + 1,
        bottom=int(rows.max()) + 1,
        centre=(float(columns.mean()), float(rows.mean())),
        spread=spread,
    )


def _components(labels: Labels) -> npt.NDArray[np.intp]:
    """A number for every pixel, the same within a connected region of one label."""
    parents: list[int] = []
    rows: list[list[tuple[int, int, int]]] = []
    for line in labels:
        runs = []
        for start, end in _runs(line):
            run = len(parents)
            parents.append(run)
            for before, left, right in rows[-1] if rows else ():
                if left < end and right > start and labels[len(rows) - 1, left] == line[start]:
                    _join(parents, before, run)
            runs.append((run, start, end))
        rows.append(runs)
    numbers = np.empty(labels.shape, np.intp)
    for row, runs in enumerate(rows):
        for run, start, end in runs:
            numbers[row, start:end] = _root(parents, run)
    return numbers


def _runs(line: npt.NDArray[np.uint8]) -> Iterator[tuple[int, int]]:
    cuts = [0, *(np.flatnonzero(line[1:] != line[:-1]) + 1).tolist(), len(line)]
    yield from itertools.pairwise(cuts)


def _root(parents: list[int], run: int) -> int:
    while parents[run] != run:
        parents[run] = parents[parents[run]]
        run = parents[run]
    return run


def _join(parents: list[int], one: int, other: int) -> None:
    first, second = _root(parents, one), _root(parents, other)
    parents[max(first, second)] = min(first, second)
