"""Votes on disk: arrays of codes that every worker reads, made up or from people."""

from __future__ import annotations

import csv
import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

LABELS = np.array(["a", "b", "tie", "both_bad"])
WINNERS = {"left": 0, "right": 1, "tie": 2, "model_a": 0, "model_b": 1}
COLUMNS = ("names", "first", "second", "outcome")
TABLE = ("model_a", "model_b", "winner")
STYLE = ("words", "headers", "lists", "bold")
PLANTED = (0.22, 0.08, 0.05, 0.03)
DRAWS = 10
TIES, BOTH_BAD = 0.2, 0.05


@dataclass(frozen=True)
class Votes:
    """n votes: places in `names`, outcomes (a, b, tie, both bad) and (n, q) style or None."""

    names: Array
    first: Array
    second: Array
    outcome: Array
    style: Array | None = None

    def save(self, path: Path) -> Path:
        return save(path, {f: x for f, x in vars(self).items() if x is not None})

    @classmethod
    def load(cls, path: Path, styled: bool = False) -> Votes:
        with np.load(path) as kept:
            names, first, second, outcome = (kept[name] for name in COLUMNS)
            return cls(names, first, second, outcome, kept["style"] if styled else None)

    def part(self, count: int) -> Votes:
        """The first `count` votes."""
        style = None if self.style is None else self.style[:count]
        first, second = self.first[:count], self.second[:count]
        return Votes(self.names, first, second, self.outcome[:count], style)

    def strings(self, labels: Array) -> list[list[str]]:
        """First, second and winner, a string of its own in each cell, as `csv` reads them."""
        first, second = self.names[self.first], self.names[self.second]
        return [first.tolist(), second.tolist(), labels[self.outcome].tolist()]

    def arrow(self, labels: Array) -> Any:
        """First, second and winner as a table of Arrow strings, as from Parquet."""
        arrow: Any = importlib.import_module("pyarrow")
        columns = ((self.names, self.first), (self.names, self.second), (labels, self.outcome))
        coded = [arrow.DictionaryArray.from_arrays(code, text.tolist()) for text, code in columns]
        return arrow.table([column.cast(arrow.large_string()) for column in coded], list(TABLE))

    def halves(self) -> Array:
        """(n,) 1, 0 or 1/2 for the first model."""
        return np.array([1.0, 0.0, 0.5, 0.5])[self.outcome]


def save(path: Path, arrays: Mapping[str, Array]) -> Path:
    """Write arrays by name, uncompressed."""
    np.savez(path, allow_pickle=False, **dict(arrays))
    return path


def model_names(models: int) -> Array:
    """(m,) names in alphabetical order, about as long as those of models are."""
    return np.array([f"maker-{i // 12:02d}/model-{i:03d}-chat" for i in range(models)])


def synthetic(count: int, models: int, seed: int, styled: bool) -> Votes:
    """Votes with a popularity for every model and, if styled, planted effects of style.

    Style columns have mean square 1, so that `PLANTED` is log-odds a standard deviation.
    """
    rng = np.random.default_rng(seed)
    strength = rng.normal(0, 0.6, models)
    first = rng.choice(models, count, p=rng.dirichlet(np.full(models, 2.0)))
    second = rng.integers(0, models - 1, count)
    second += second >= first
    odds = strength[first] - strength[second]
    style = None
    if styled:
        style = rng.standard_normal((count, len(STYLE)))
        style[:, 0] += 0.3 * (strength[first] - strength[second])
        style /= np.sqrt((style**2).mean(axis=0))
        odds += style @ np.array(PLANTED)
    outcome = _outcomes(1 / (1 + np.exp(-odds)), rng)
    return Votes(
        model_names(models), first.astype(np.int32), second.astype(np.int32), outcome, style
    )


def _outcomes(chance: Array, rng: np.random.Generator) -> Array:
    """Outcomes whose mean, ties as halves, is the chance; a fifth ties between equals."""
    tie = TIES * 2 * np.minimum(chance, 1 - chance)
    lot = rng.random(len(chance))
    outcome = np.where(lot < chance - tie / 2, 0, np.where(lot < chance + tie / 2, 2, 1))
    outcome[(outcome == 2) & (rng.random(len(chance)) < BOTH_BAD / TIES)] = 3
    return outcome.astype(np.int8)


def real(path: Path, sides: Sequence[str]) -> Votes:
    """Votes of a CSV file whose columns `sides` hold model names; style where it has counts."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    left, right = ([row[side] for row in rows] for side in sides)
    names, codes = np.unique(np.array(left + right), return_inverse=True)
    style = None
    if f"{STYLE[0]}_a" in rows[0]:
        style = np.column_stack([_difference(rows, column) for column in STYLE])
        style /= np.sqrt((style**2).mean(axis=0))
    return Votes(
        names,
        codes[: len(rows)].astype(np.int32),
        codes[len(rows) :].astype(np.int32),
        np.array([WINNERS[row["winner"]] for row in rows], dtype=np.int8),
        style,
    )


def _difference(rows: Sequence[dict[str, str]], column: str) -> Array:
    a, b = (np.array([float(row[f"{column}_{side}"]) for row in rows]) for side in "ab")
    return np.asarray(np.divide(a - b, a + b, out=np.zeros(len(rows)), where=a + b > 0))
