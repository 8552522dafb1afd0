"""Drawing a pair, with the probability with which it was drawn. Pure.

The weight of a pair is the product of its models' sampling weights, times a boost for pairs
that were compared seldom: ``1 / sqrt(1 + n)`` relative to the least-compared pair, never below
`FLOOR`, so that every pair keeps a positive propensity.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .errors import NotEnoughModels
from .model import Model

FLOOR = 0.1
LOWEST = math.log(1e-290)


@dataclass(frozen=True, slots=True)
class Draw:
    """A drawn pair, left first.

    `propensity` is the probability of the unordered pair given the roster at the time; each
    order of sides then has half of it.
    """

    left: Model
    right: Model
    propensity: float


def pair_probabilities(
    models: Sequence[Model], arena: str, counts: Mapping[frozenset[str], int]
) -> dict[tuple[int, int], float]:
    """Probability of every unordered pair ``(i, j)``, ``i < j``, of positive weight; sums to 1.

    `counts` is the number of votes by the pair's two entry ids.
    """
    weights = [model.weight_in(arena) for model in models]
    pairs = [
        (i, j)
        for i, j in itertools.combinations(range(len(models)), 2)
        if weights[i] > 0 and weights[j] > 0
    ]
    if not pairs:
        return {}
    votes = [counts.get(frozenset((models[i].entry, models[j].entry)), 0) for i, j in pairs]
    least = min(votes)
    logs = [
        math.log(weights[i])
        + math.log(weights[j])
        + max(math.log(FLOOR), (math.log(1 + least) - math.log(1 + n)) / 2)
        for (i, j), n in zip(pairs, votes, strict=True)
    ]
    top = max(logs)
    # No positive weight may vanish, since votes are weighted by the inverse of the probability.
    raw = [math.exp(max(log - top, LOWEST)) for log in logs]
    total = math.fsum(raw)
    return {pair: weight / total for pair, weight in zip(pairs, raw, strict=True)}


def draw(
    models: Sequence[Model],
    arena: str,
    counts: Mapping[frozenset[str], int],
    rng: random.Random,
) -> Draw:
    """Draw a pair and the order of its sides.

    Raises:
        NotEnoughModels: fewer than two models have a positive weight in the arena.
    """
    probabilities = pair_probabilities(models, arena, counts)
    if not probabilities:
        raise NotEnoughModels(_too_few(models, arena))
    pairs = list(probabilities)
    i, j = rng.choices(pairs, weights=list(probabilities.values()))[0]
    left, right = (i, j) if rng.random() < 0.5 else (j, i)
    return Draw(models[left], models[right], probabilities[i, j])


def _too_few(models: Sequence[Model], arena: str) -> str:
    count = sum(model.weight_in(arena) > 0 for model in models)
    have = "No model" if count == 0 else "Only one model"
    return (
        f"{have} can answer this prompt in the {arena} arena; a battle needs two. "
        "Add one with: polyarena models add NAME --base-url URL --model ID"
    )
