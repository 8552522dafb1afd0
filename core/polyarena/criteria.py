"""The composite board: ratings by each aspect, weighed into one."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from . import leaderboard
from .leaderboard import Control, Criterion, Parameters, Rated
from .tally import digest as digest_of

if TYPE_CHECKING:
    from .rating import Comparisons, PairCounts, Ratings

    Votes = Comparisons | Mapping[str, Comparisons]
    Counts = PairCounts | Mapping[str, PairCounts]


def choose(
    votes: Votes, minimum_votes: int, control: Control, weights: Mapping[str, float]
) -> Parameters:
    """The parameters that fit these votes, or the votes by each criterion and its weight."""
    if not isinstance(votes, Mapping):
        return leaderboard.choose(votes, minimum_votes, control)
    criteria = {}
    for name, part in votes.items():
        fit = leaderboard.choose(part, minimum_votes, control)
        criteria[name] = Criterion(weights[name], fit.prior_votes, fit.by_voter)
    by_voter = all(one.by_voter for one in criteria.values())
    return Parameters(minimum_votes, control, by_voter=by_voter, criteria=criteria)


def rate(votes: Votes, parameters: Parameters) -> Rated:
    """Rate votes by these parameters; votes by criterion to the weighted mean of their ratings.

    Raises:
        RatingError: control of style was asked for, and the votes do not determine its effects.
    """
    if not isinstance(votes, Mapping):
        return leaderboard.rate(votes, parameters)
    rated = {name: leaderboard.rate(votes[name], one) for name, one in _each(parameters).items()}
    found = leaderboard.ranked(_weighed(rated, parameters, lambda one: one.ratings), parameters)
    if not parameters.control:
        return Rated(found, parameters)
    plain = _weighed(rated, parameters, lambda one: one.plain or one.ratings)
    return Rated(found, parameters, plain)


def notes(votes: Votes, rated: Rated, titles: Mapping[str, str]) -> tuple[str, ...]:
    """What the board does not know, and what it is composed of, by the criteria's `titles`."""
    if not isinstance(votes, Mapping):
        return leaderboard.notes(votes, rated)
    criteria = rated.parameters.criteria
    whole = sum(one.weight for one in criteria.values())
    parts = ", ".join(f"{titles[name]} {one.weight / whole:.0%}" for name, one in criteria.items())
    said = [f"composite: the mean of the ratings by {parts}; intervals are at their widest"]
    prior = [titles[name] for name, one in criteria.items() if one.prior_votes]
    if prior:
        said.append(f"{leaderboard.PRIOR_NOTE} (in {', '.join(prior)})")
    return (*said, *leaderboard.shared_notes(rated))


def counts_of(votes: Votes) -> Counts:
    """The votes, or those by each criterion, as counts by pair."""
    from .rating import PairCounts

    if isinstance(votes, Mapping):
        return {name: PairCounts.of(part) for name, part in votes.items()}
    return PairCounts.of(votes)


def digest(counts: Counts, entries: Mapping[str, str] | None = None) -> str:
    """SHA-256 of counts; of several, that of lines of their names and digests, sorted.

    `entries` are by name of a model what it is called instead.
    """
    if not isinstance(counts, Mapping):
        if entries is not None:
            counts = replace(counts, names=tuple(entries[name] for name in counts.names))
        return digest_of(counts)
    lines = [f"{name}\t{digest(one, entries)}" for name, one in counts.items()]
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def _each(parameters: Parameters) -> dict[str, Parameters]:
    return {
        name: replace(parameters, criteria={}, prior_votes=one.prior_votes, by_voter=one.by_voter)
        for name, one in parameters.criteria.items()
    }


def _weighed(
    rated: Mapping[str, Rated], parameters: Parameters, ratings: Callable[[Rated], Ratings]
) -> Ratings:
    from .rating import composite, on_models

    names = sorted({name for one in rated.values() for name in one.ratings.names})
    parts = {name: on_models(ratings(one), names) for name, one in rated.items()}
    weights = {name: one.weight for name, one in parameters.criteria.items()}
    return composite(parts, weights)
