"""Composite ratings: several criteria weighed into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from .arrays import Floats, Ints
from .errors import RatingError
from .scale import Scale
from .system import Ratings

MEASURED = ("rating", "lower", "upper")
COUNTED = ("votes", "rank", "rank_low", "rank_high")


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
    used = {name: part for name, part in criteria.items() if share[name] > 0}
    names = next(iter(used.values())).names
    parts = [_part(part, share[name], scale) for name, part in used.items()]
    rating = _centred(np.sum([value for value, _ in parts], axis=0), names, scale)
    halves = np.stack([half for _, half in parts])
    together, apart = halves.sum(axis=0) ** 2, (halves**2).sum(axis=0)
    half = np.sqrt(correlation * together + (1 - correlation) * apart)
    unrated = np.isnan(rating)
    listed = ", ".join(f"{name} {share[name]:.3g}" for name in used)
    return scale.bounded(
        names,
        rating,
        rating - half,
        rating + half,
        np.min([part.votes for part in used.values()], axis=0),
        np.where(unrated, np.cumsum(unrated), 0),
        (
            f"composite: {listed}",
            *(f"{name}: {note}" for name, part in used.items() for note in part.notes),
        ),
    )


def on_models(ratings: Ratings, names: Sequence[str]) -> Ratings:
    """The same ratings of these models in this order; one that is not rated has no number."""
    place = {name: i for i, name in enumerate(ratings.names)}
    at = np.array([place.get(name, -1) for name in names], dtype=np.int64)
    known = at >= 0

    def spread(values: Floats | Ints, nothing: float) -> Any:
        found = np.full(len(names), nothing, dtype=values.dtype)
        found[known] = values[at[known]]
        return found

    apart = int(ratings.component.max()) + 1
    return replace(
        ratings,
        names=tuple(names),
        covariance=None,
        component=spread(ratings.component, apart),
        **{field: spread(getattr(ratings, field), np.nan) for field in MEASURED},
        **{field: spread(getattr(ratings, field), 0) for field in COUNTED},
    )


def _part(ratings: Ratings, share: float, scale: Scale) -> tuple[Floats, Floats]:
    """A criterion's share of the ratings, and of their half-widths at the scale's level."""
    half = (ratings.upper - ratings.lower) / 2 * scale.quantile
    value = np.where(ratings.component == 0, ratings.rating, np.nan)
    return share * value, share * half / Scale(level=ratings.level).quantile


def _centred(rating: Floats, names: tuple[str, ...], scale: Scale) -> Floats:
    """The ratings with the scale's origin at the anchor, or at their mean."""
    rated = rating[~np.isnan(rating)]
    if not len(rated):
        return rating
    anchor = scale.anchor_place(names)
    anchored = anchor is not None and not np.isnan(rating[anchor])
    return rating - (rating[anchor] if anchored else rated.mean()) + scale.origin


def _shares(
    criteria: Mapping[str, Ratings], weights: Mapping[str, float] | None
) -> dict[str, float]:
    if not criteria:
        raise RatingError("a composite needs criteria")
    if len({part.names for part in criteria.values()}) > 1:
        raise RatingError("the criteria rate different models, or in a different order")
    if weights is None:
        weights = dict.fromkeys(criteria, 1.0)
    if set(weights) != set(criteria):
        odd = sorted(set(weights) ^ set(criteria))
        raise RatingError(f"criteria and weights differ: {', '.join(odd)}")
    values = np.array(list(weights.values()), dtype=np.float64)
    if not ((values >= 0).all() and np.isfinite(values).all() and values.sum() > 0):
        raise RatingError("the weights of criteria are finite numbers from 0 up, not all 0")
    return {name: value / float(values.sum()) for name, value in weights.items()}
