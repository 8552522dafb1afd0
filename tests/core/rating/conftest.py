"""Votes for tests of ratings: simulated ones, and the real ones where they are at hand."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from polyarena.rating import Comparisons

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
WINNERS = {"left": "a", "right": "b", "tie": "tie", "model_a": "a", "model_b": "b"}

Simulate = Callable[..., Comparisons]


@pytest.fixture(scope="session")
def simulate() -> Simulate:
    """Draw votes of given strengths: (strength, votes, seed, ties=share of ties)."""
    return _simulate


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real votes and golden results."""
    if not DATA.is_dir():
        pytest.skip(f"the reference votes are not on this machine: {DATA} is not a directory")
    return DATA


@pytest.fixture(scope="session")
def crowd(shared_data: Path) -> Comparisons:
    """8,931 votes of people on 59 models, with their voters."""
    return read_votes(shared_data / "llmfao_crowd.csv", "worker")


@pytest.fixture(scope="session")
def food(shared_data: Path) -> Comparisons:
    """30 votes on five dishes."""
    return read_votes(shared_data / "evalica_food.csv", None)


def read_votes(path: Path, voter: str | None) -> Comparisons:
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return Comparisons.from_names(
        [row["left"] for row in rows],
        [row["right"] for row in rows],
        [WINNERS[row["winner"]] for row in rows],
        voter=None if voter is None else [row[voter] for row in rows],
    )


def _simulate(
    strength: Sequence[float] | NDArray[np.float64],
    votes: int,
    seed: int,
    ties: float = 0.0,
) -> Comparisons:
    rng = np.random.default_rng(seed)
    theta = np.asarray(strength, dtype=np.float64)
    models = len(theta)
    first = rng.integers(models, size=votes)
    second = (first + rng.integers(1, models, size=votes)) % models
    chance = 1 / (1 + np.exp(theta[second] - theta[first]))
    outcome = np.where(rng.random(votes) < chance, 0, 1)
    outcome[rng.random(votes) < ties] = 2
    return Comparisons(tuple(f"m{i:03}" for i in range(models)), first, second, outcome)
