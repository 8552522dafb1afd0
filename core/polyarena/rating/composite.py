"""Composite ratings: several criteria weighed into one."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from .errors import RatingError
from .scale import Scale
from .system import Ratings


def composite(
    criteria: Mapping[str, Ratings],
    weights: Mapping[str, float] | None = None,
    correlation: float = 1.0,
    scale: Scale | None = None,
) -> Ratings:
    """The weighted mean of each model's ratings by several criteria.

    The variance of a mean of correlated estimates is Σ wi wj ρ si sj, with ρ = 1 for i = j. The
    same people often judge all criteria in one battle, so errors go together: `correlation` 1 is
    the widest that can be; 0 is right for criteria judged by different votes. A model that one
    criterion with a weight does not rate, or rates in another component than the main one, is not
    rated. `votes` are the fewest among the criteria.

    Args:
        criteria: ratings of the same models in the same order.
        weights: by criterion, even where None; scaled to sum to 1.
        correlation: of the errors of two criteria, from 0 to 1.

    Raises:
        RatingError: no criteria, models that differ, weights that are negative, missing or all 0.
    """
    scale = scale or Scale()
    share = _shares(criteria, weights)
    if not 0 <= correlation <= 1:
        raise RatingError(f"a correlation of criteria lies between 0 and 1, not at {correlation}")
    names = next(iter(criteria.values())).names
    if any(part.names != names for part in criteria.values()):
        raise RatingError("the criteria rate different models, or in a different order")
    used = {name: part for name, part in criteria.items() if share[name] > 0}
    rating, linear, squared = (np.zeros(len(names)) for _ in range(3))
    for name, part in used.items():
        value = np.where(part.component == 0, part.rating, np.nan)
        half = (part.upper - part.lower) / 2 * scale.quantile / Scale(level=part.level).quantile
        rating += share[name] * value
        linear += share[name] * half
        squared += (share[name] * half) ** 2
    half = np.sqrt(correlation * linear**2 + (1 - correlation) * squared)
    unrated = np.isnan(rating)
    component = np.where(unrated, np.cumsum(unrated), 0)
    anchor = scale.anchor_place(names)
    if not unrated.all():
        anchored = anchor is not None and not unrated[anchor]
        zero = rating[anchor] if anchored else rating[~unrated].mean()
        rating = rating - zero + scale.origin
    listed = ", ".join(f"{name} {share[name]:.3g}" for name in used)
    notes: tuple[str, ...] = (f"composite: {listed}",)
    notes += tuple(f"{name}: {note}" for name, part in used.items() for note in part.notes)
    return scale.bounded(
        names,
        rating,
        rating - half,
        rating + half,
        np.min([part.votes for part in used.values()], axis=0),
        component,
        notes,
    )


def _shares(
    criteria: Mapping[str, Ratings], weights: Mapping[str, float] | None
) -> dict[str, float]:
    if not criteria:
        raise RatingError("a composite needs criteria")
    if weights is None:
        weights = dict.fromkeys(criteria, 1.0)
    if set(weights) != set(criteria):
        odd = sorted(set(weights) ^ set(criteria))
        raise RatingError(f"criteria and weights differ: {', '.join(odd)}")
    values = np.array(list(weights.values()), dtype=np.float64)
    if not ((values >= 0).all() and np.isfinite(values).all() and values.sum() > 0):
        raise RatingError("the weights of criteria are finite numbers from 0 up, not all 0")
    return {name: value / float(values.sum()) for name, value in weights.items()}
