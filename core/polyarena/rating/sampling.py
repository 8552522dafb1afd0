"""Active sampling: which pair to show next, so that the widest interval shrinks fastest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .arrays import Bools, Floats
from .bradley_terry import BradleyTerry
from .errors import RatingError
from .pair_counts import PairCounts
from .scale import POINTS
from .strengths import win_probability

SHARPNESS = 8


@dataclass(frozen=True, slots=True)
class ActiveSampling:
    """Turns what is known into the probability of every pair.

    A pair's gain is the expected drop in the variances of the ratings, the widest counting most,
    after one more vote on it (the rank-one update of Sherman and Morrison 1950 on the
    Bradley–Terry information; expected-variance designs: Chaloner and Verdinelli 1995, "Bayesian
    experimental design: a review"). A share `floor` of the probability is spread evenly over the
    allowed pairs, so that each keeps a positive propensity and weighting by its inverse stays
    possible. `prior_votes` stands in for votes that are not there yet.

    Raises:
        RatingError: a floor outside (0, 1], or no prior.
    """

    floor: float = 0.2
    prior_votes: float = 1.0

    def __post_init__(self) -> None:
        if not 0 < self.floor <= 1:
            raise RatingError(f"the floor is a share above 0 and up to 1, not {self.floor}")
        if not self.prior_votes > 0:
            raise RatingError(f"sampling needs prior_votes above 0, not {self.prior_votes}")

    def probabilities(
        self,
        counts: PairCounts,
        weight: Floats | None = None,
        allowed: Bools | None = None,
    ) -> Floats:
        """(m, m) symmetric: the probability of each pair, whichever side; the upper half sums to 1.

        Args:
            counts: the votes so far, on m names.
            weight: (m,) relative weight of each model, ones where None; 0 is never drawn.
            allowed: (m, m) symmetric, which pairs may be drawn; all where None.

        Raises:
            RatingError: no pair is allowed, or weights that are negative or not finite.
        """
        ratings = BradleyTerry(prior_votes=self.prior_votes).fit(counts)
        if ratings.covariance is None:
            raise RatingError("sampling needs a covariance")
        gain = variance_reduction(
            ratings.rating / POINTS, np.nan_to_num(ratings.covariance) / POINTS**2
        )
        return spread(gain, self.floor, weight, allowed)


def variance_reduction(strength: Floats, covariance: Floats) -> Floats:
    """(m, m) expected drop in the models' variances by one more vote on each pair.

    Variances are weighted by their eighth power relative to the widest, so that the widest
    intervals decide while several are about as wide.

    Args:
        strength: (m,) and covariance: (m, m), in log-odds.
    """
    own = np.diag(covariance)
    chance = win_probability(strength[:, None] - strength[None, :])
    worth = chance * (1 - chance)
    emphasis = (own / own.max()) ** SHARPNESS if own.max() > 0 else np.ones_like(own)
    # sum_w e_w (S_wi - S_wj)^2, opened up so that no (m, m, m) array is made.
    product = covariance @ (emphasis[:, None] * covariance)
    alone = np.diag(product)
    shared = alone[:, None] + alone[None, :] - 2 * product
    spanned = own[:, None] + own[None, :] - 2 * covariance
    return np.asarray(np.clip(worth * shared / (1 + worth * spanned), 0, None))


def spread(
    gain: Floats, floor: float, weight: Floats | None = None, allowed: Bools | None = None
) -> Floats:
    """(m, m) symmetric pair probabilities from (m, m) gains; the upper half sums to 1.

    Raises:
        RatingError: no pair is allowed, or weights that are negative or not finite.
    """
    models = len(gain)
    each = np.ones(models) if weight is None else np.asarray(weight, dtype=np.float64)
    if not (np.isfinite(each) & (each >= 0)).all():
        raise RatingError("the weights of models are finite numbers from 0 up")
    even = np.outer(each, each)
    if allowed is not None:
        even = even * (allowed & allowed.T)
    np.fill_diagonal(even, 0)
    total = np.triu(even).sum()
    if not total > 0:
        raise RatingError("no pair may be drawn")
    even = even / total
    sought = even * gain
    mass = np.triu(sought).sum()
    if not mass > 0:
        return np.asarray(even)
    return np.asarray(floor * even + (1 - floor) * sought / mass)
