"""Drawing a pair, with the probability with which it was drawn. Pure.

By the rule `uniform` the probability of a pair is proportional to the product of its models'
sampling weights; by the rule `active` also to how much a vote on it is expected to narrow the
widest interval, measured by weight (see `rating.sampling`). The share `floor` of the draws
follows the rule `uniform` in any case, so that every pair keeps a positive propensity.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .errors import NotEnoughModels
from .model import Model
from .settings import Matchmaking

if TYPE_CHECKING:
    from .rating import PairCounts
    from .rating.sampling import ActiveSampling, Knowledge


@dataclass(frozen=True, slots=True)
class Draw:
    """A drawn pair, left first.

    `propensity` is the probability of the unordered pair given the roster at the time; each
    order of sides then has half of it.
    """

    left: Model
    right: Model
    propensity: float


@dataclass(frozen=True, slots=True)
class Odds:
    """The probability of every unordered pair that may be drawn.

    `pairs` are places ``(i, j)`` in `models`, ``i < j``; `chances` are theirs, all above 0 and
    summing to 1; `cumulative` are the sums of the first one, two and so on.
    """

    models: tuple[Model, ...]
    pairs: Sequence[tuple[int, int]]
    chances: Sequence[float]
    cumulative: Sequence[float]

    def draw(self, rng: random.Random) -> Draw:
        """Draw a pair and the order of its sides."""
        drawn = rng.choices(range(len(self.pairs)), cum_weights=self.cumulative)[0]
        left, right = self.pairs[drawn] if rng.random() < 0.5 else self.pairs[drawn][::-1]
        return Draw(self.models[left], self.models[right], self.chances[drawn])


def learn(rules: Matchmaking, counts: PairCounts | None) -> Knowledge:
    """What an arena's votes, by entry id, say for the next draws.

    Raises:
        ConvergenceError: the votes cannot be rated.
    """
    return _sampling(rules).learn(counts)


def odds(
    models: Sequence[Model], arena: str, rules: Matchmaking, known: Knowledge | None = None
) -> Odds:
    """The odds of the pairs of these models; without knowledge, as if there were no votes.

    Raises:
        NotEnoughModels: fewer than two models have a positive weight in the arena.
    """
    import numpy as np

    weights = [model.weight_in(arena) for model in models]
    drawn = [place for place, weight in enumerate(weights) if weight > 0]
    if len(drawn) < 2:
        raise NotEnoughModels(_too_few(len(drawn), arena))
    sampling = _sampling(rules)
    known = known or sampling.learn(None)
    table = sampling.probabilities(
        known.among([models[place].entry for place in drawn]),
        np.array([weights[place] for place in drawn]),
    )
    chances = table[np.triu_indices(len(drawn), 1)].tolist()
    pairs = list(itertools.combinations(drawn, 2))
    return Odds(tuple(models), pairs, chances, list(itertools.accumulate(chances)))


def _sampling(rules: Matchmaking) -> ActiveSampling:
    from .rating import ActiveSampling

    return ActiveSampling(1.0 if rules.rule == "uniform" else rules.floor)


def _too_few(count: int, arena: str) -> str:
    have = "No model" if count == 0 else "Only one model"
    return (
        f"{have} can answer this prompt in the {arena} arena; a battle needs two. "
        "Add one with: polyarena models add NAME --base-url URL --model ID"
    )
