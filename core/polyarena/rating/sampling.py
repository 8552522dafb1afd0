"""Active sampling: which pair to show next, so that the widest interval shrinks fastest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .arrays import Bools, Floats, across
from .bradley_terry import SHARE
from .errors import RatingError
from .laplacian import centred, solve
from .pair_counts import PairCounts
from .strengths import fit_strengths, information, win_probability

SHARPNESS = 16
LEAST_LOG = -460.0


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """What votes say of m models, on a prior.

    `strength`: (m,) and `covariance`: (m, m) the inverse of the Fisher information, prior
    included, both in log-odds. `unknown`: the variance of a model without votes, whose strength
    is 0.
    """

    names: tuple[str, ...]
    strength: Floats
    covariance: Floats
    unknown: float

    def among(self, names: Sequence[str]) -> Knowledge:
        """What is known of these models, in this order; those not met yet are at the prior."""
        index = {name: place for place, name in enumerate(self.names)}
        place = np.array([index.get(name, -1) for name in names], dtype=np.int64)
        met = np.flatnonzero(place >= 0)
        strength = np.zeros(len(names))
        covariance = np.diag(np.full(len(names), self.unknown))
        strength[met] = self.strength[place[met]]
        covariance[np.ix_(met, met)] = self.covariance[np.ix_(place[met], place[met])]
        return Knowledge(tuple(names), strength, covariance, self.unknown)


@dataclass(frozen=True, slots=True)
class ActiveSampling:
    """Turns what is known into the probability of every pair.

    A pair's gain is the expected drop in the variances of the ratings, the widest counting most,
    after one more vote on it (the rank-one update of Sherman and Morrison 1950 on the
    Bradley–Terry information; expected-variance designs: Chaloner and Verdinelli 1995, "Bayesian
    experimental design: a review"). A share `floor` of the probability is spread evenly over the
    allowed pairs, so that each keeps a positive propensity and weighting by its inverse stays
    possible; with a floor of 1 all of it is. `prior_votes` ties of every model with one of
    middling strength stand in for votes that are not there yet.

    Raises:
        RatingError: a floor outside (0, 1], or no prior.
    """

    floor: float = 0.2
    prior_votes: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.floor <= 1:
            raise RatingError(f"the floor is a share above 0 and up to 1, not {self.floor}")
        if not 0 < self.prior_votes < np.inf:
            raise RatingError(f"sampling needs prior_votes above 0, not {self.prior_votes}")

    def learn(self, counts: PairCounts | None) -> Knowledge:
        """What these votes say, ties and both-bad as halves; None is no votes.

        Raises:
            ConvergenceError: votes by the 100,000 on several pairs, all of them won by one side.
        """
        unknown = 4 / self.prior_votes
        if counts is None:
            return Knowledge((), np.empty(0), np.empty((0, 0)), unknown)
        counts = counts.folded()
        models, pairs = len(counts.names), (counts.first, counts.second)
        total = across(counts.weight)
        gain = counts.weight @ SHARE
        strength = fit_strengths(np.zeros(models), *pairs, gain, total, self.prior_votes)
        matrix = information(strength, *pairs, total, self.prior_votes)
        return Knowledge(counts.names, strength, solve(matrix, np.eye(models)), unknown)

    def probabilities(
        self,
        known: Knowledge | PairCounts,
        weight: Floats | None = None,
        allowed: Bools | None = None,
    ) -> Floats:
        """(m, m) symmetric: the probability of each pair, whichever side; the upper half sums to 1.

        Weights hold in the long run too: a model of weight 2 is drawn until its variance is half
        that of a model of weight 1, and so about twice as often.

        Args:
            known: what is known of m models, or the votes on them.
            weight: (m,) how often each model is drawn beside the others, ones where None; 0 is
                never. Any two that are not 0 may be far apart, 200 orders of magnitude count.
            allowed: (m, m) symmetric, which pairs may be drawn; all where None.

        Raises:
            RatingError: no pair is allowed, or weights that are negative or not finite.
        """
        if isinstance(known, PairCounts):
            known = self.learn(known)
        models = len(known.names)
        each = np.ones(models) if weight is None else np.asarray(weight, dtype=np.float64)
        even = evenly(each, allowed)
        if self.floor == 1:
            return even
        drawn = np.where(even.any(axis=0), each, 0)
        gain = variance_reduction(
            known.strength, centred(known.covariance), np.asarray(drawn / drawn.max())
        )
        return spread(gain, self.floor, even)


def variance_reduction(strength: Floats, covariance: Floats, weight: Floats) -> Floats:
    """(m, m) expected drop in the models' weighted variances by one more vote on each pair.

    They count by their sixteenth power relative to the widest, so that the widest intervals decide
    while several are about as wide.

    Args:
        strength: (m,) and covariance: (m, m), in log-odds.
        weight: (m,) from 0 to 1, by which the variances are multiplied before they are compared.
    """
    own = np.clip(np.diag(covariance), 0, None)
    chance = win_probability(strength[:, None] - strength[None, :])
    worth = chance * (1 - chance)
    wide = weight * own
    emphasis = weight * (wide / wide.max()) ** SHARPNESS if wide.max() > 0 else weight
    # sum_k e_k (S_ki - S_kj)^2, opened up so that no (m, m, m) array is made.
    product = covariance @ (emphasis[:, None] * covariance)
    alone = np.diag(product)
    shared = alone[:, None] + alone[None, :] - 2 * product
    spanned = own[:, None] + own[None, :] - 2 * covariance
    reduced = worth * np.clip(shared, 0, None) / (1 + worth * np.clip(spanned, 0, None))
    return np.asarray((reduced + reduced.T) / 2)


def evenly(weight: Floats, allowed: Bools | None = None) -> Floats:
    """(m, m) symmetric: pairs by the product of the (m,) weights; the upper half sums to 1.

    Raises:
        RatingError: no pair is allowed, or weights that are negative or not finite.
    """
    if not (np.isfinite(weight) & (weight >= 0)).all():
        raise RatingError("the weights of models are finite numbers from 0 up")
    drawn = weight > 0
    may = drawn[:, None] & drawn[None, :]
    if allowed is not None:
        may &= allowed & allowed.T
    np.fill_diagonal(may, False)
    if not may.any():
        raise RatingError("no pair may be drawn")
    log = np.log(np.where(drawn, weight, 1))
    both = log[:, None] + log[None, :]
    # No pair may vanish, since votes are weighted by the inverse of its probability.
    even = np.where(may, np.exp(np.clip(both - both[may].max(), LEAST_LOG, 0)), 0)
    return np.asarray(even / np.triu(even).sum())


def spread(gain: Floats, floor: float, even: Floats) -> Floats:
    """(m, m) symmetric pair probabilities from (m, m) gains; the upper half sums to 1.

    Args:
        floor: the share that goes by `even`, (m, m) the probabilities of pairs drawn evenly.
    """
    sought = even * gain
    mass = np.triu(sought).sum()
    if not mass > 0:
        return even
    table = floor * even + (1 - floor) * (sought / mass)
    return np.asarray(table / np.triu(table).sum())
