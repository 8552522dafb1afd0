"""Anomalous voters: people whose votes surprise too much, or too little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import Bools, Floats, Ints, sums
from .bradley_terry import BradleyTerry
from .comparisons import Comparisons, Outcome
from .errors import RatingError
from .pair_counts import PairCounts
from .scale import POINTS
from .strengths import win_probability


@dataclass(frozen=True, slots=True, eq=False)
class VoterSurprise:
    """How well each voter's votes fit what all voters prefer.

    `voter`: (g,) numbers of the voters; `votes`: (g,) how many of theirs were judged; `p_value`:
    (g,) two-sided; `contrary`: (g,) whether the votes surprise more than chance would, rather
    than less.
    """

    voter: Ints
    votes: Ints
    p_value: Floats
    contrary: Bools

    def flagged(self, level: float = 0.05) -> Ints:
        """The voters that stand out, with a chance of at most `level` that any is flagged wrongly.

        By Holm's step-down procedure (1979, "A simple sequentially rejective multiple test
        procedure").
        """
        order = np.argsort(self.p_value, kind="stable")
        bars = level / (len(order) - np.arange(len(order)))
        passed = self.p_value[order] <= bars
        stop = len(order) if passed.all() else int(np.argmin(passed))
        return self.voter[order[:stop]]


def voter_surprise(comparisons: Comparisons, seed: int = 0) -> VoterSurprise:
    """Judge every known voter's wins and losses by Fisher's combination of randomised p-values.

    With p and 1 - p the chances of a vote by a Bradley–Terry fit to all votes that are not ties,
    the less likely outcome has a p-value drawn evenly below its chance, the likelier one above
    (Lancaster 1961, "Significance tests in discrete distributions"). So it is uniform, where the
    plain p-value of a few outcomes is so large that a combination never rejects. The sum of
    -2 log p of n votes is compared with chi-squared of 2n degrees on both sides: noise and spite
    surprise too much, a script that follows the favourite too little.

    Raises:
        RatingError: comparisons without voters, or none of whose votes can be judged.
    """
    from scipy.special import gammainc, gammaincc

    if comparisons.voter is None:
        raise RatingError("surprise is judged by voter, and these votes have none")
    ratings = BradleyTerry(ties="drop", both_bad="drop").fit(PairCounts.of(comparisons))
    first, second = comparisons.first, comparisons.second
    known = (comparisons.voter >= 0) & (comparisons.outcome <= Outcome.B_WINS)
    known &= ratings.component[first] == ratings.component[second]
    if not known.any():
        raise RatingError("no vote of a known voter can be judged")
    gap = (ratings.rating[first] - ratings.rating[second])[known] / POINTS
    chance = win_probability(np.where(comparisons.outcome[known] == Outcome.A_WINS, gap, -gap))
    draw = np.random.default_rng(seed).random(len(chance))
    p_value = np.where(chance < 0.5, draw * chance, 1 - chance + draw * chance)
    p_value = np.where(chance == 0.5, draw, np.clip(p_value, 1e-300, 1.0))
    voters, place = np.unique(comparisons.voter[known], return_inverse=True)
    votes = np.bincount(place)
    half = -sums(place, np.log(p_value), len(voters))
    above, below = gammaincc(votes, half), gammainc(votes, half)
    return VoterSurprise(
        voters.astype(np.int64),
        votes,
        np.minimum(1.0, 2 * np.minimum(above, below)),
        above < below,
    )
