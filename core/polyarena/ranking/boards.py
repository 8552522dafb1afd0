"""From votes and options to boards."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ..ballot import COMPOSITE
from ..rating import Comparisons, RatingError, Ratings, Scale, possible_leaders, simultaneous_ranks
from ..rating.system import ranks
from ..votefiles import VoteFileError, Votes
from ..votefiles.votes import met_only
from .arena_board import as_board
from .aspects import composed, criteria, number, rows_of
from .board import Board, of_ratings, standings
from .options import RankOptions, System
from .weights import weighed

MOST_CATEGORIES = 200
SHOWN_LEADERS = 5
Bools = NDArray[np.bool_]
Anchor = tuple[str, float] | None


def make_boards(votes: Votes, options: RankOptions) -> Iterator[Board]:
    """A board of all votes, then one a category, where there are any.

    Raises:
        VoteFileError: the votes cannot be rated, or the categories are too many to be any.
    """
    anchor = find_anchor(options.anchor, votes.comparisons.names)
    categories = () if votes.categories is None else votes.categories.names
    if len(categories) > MOST_CATEGORIES:
        raise VoteFileError(
            f"the category column holds {len(categories):,} different values; at most "
            f"{MOST_CATEGORIES} boards are made. --where COLUMN=VALUE picks one"
        )
    by_aspect = criteria(votes, options)
    try:
        fits, told = _anchored(by_aspect, anchor, None)
        yield make_board(by_aspect, options, fits, None, (*votes.notes, *told))
    except RatingError as error:
        raise _unrated(error) from None
    for category in categories:
        yield _category_board(by_aspect, options, anchor, category)


def find_anchor(text: str | None, names: tuple[str, ...]) -> tuple[str, float] | None:
    """The model that `MODEL` or `MODEL=RATING` names, and its rating.

    Raises:
        VoteFileError: there is no such model.
    """
    if text is None:
        return None
    if text in names:
        return text, 1000.0
    name, _, origin = text.rpartition("=")
    if name in names:
        try:
            return name, float(origin)
        except ValueError:
            raise VoteFileError(f"the anchor's rating is a number, not {origin!r}") from None
    near = difflib.get_close_matches(name or text, names, n=3, cutoff=0.5)
    hint = f"; there is {', '.join(map(repr, near))}" if near else ""
    raise VoteFileError(f"the anchor {text!r} is not among the models{hint}")


def make_board(
    by_aspect: Mapping[str, Votes],
    options: RankOptions,
    anchor: Anchor,
    category: str | None,
    notes: tuple[str, ...] = (),
) -> Board:
    """Rate votes, or those by each aspect together, and set models with too few votes apart.

    Raises:
        RatingError: they cannot be rated.
    """
    found = {}
    for name, votes in by_aspect.items():
        fit = _fit(votes, options, anchor, category)
        notes, found[name] = (*notes, *fit.notes), fit.ratings
    rated = composed(found, options, _scale(options, anchor))
    few = rated.votes < options.fewest
    ranked = _part(rated, ~few, options)
    rest = of_ratings(_part(rated, few, options), preliminary=True) if few.any() else ()
    system = options.chosen.value
    return Board(
        category=category,
        standings=standings(ranked, rest),
        votes=number(by_aspect, category),
        level=options.level,
        system=f"composite of {system}" if options.aspect == COMPOSITE else system,
        effects=rated.coefficients,
        notes=(*notes, *rated.notes, *_tie_for_first(ranked), *_set_apart(few, options)),
    )


@dataclass(frozen=True, slots=True)
class Fit:
    """Votes as they were rated, and their ratings."""

    votes: Comparisons
    ratings: Ratings
    notes: tuple[str, ...]


def fitted(votes: Votes, options: RankOptions) -> Fit:
    """The votes, or those by the one aspect asked for, rated.

    Raises:
        VoteFileError: they cannot be rated, or no vote judges the aspect.
    """
    by_aspect = criteria(votes, options)
    anchor, told = _anchored(by_aspect, find_anchor(options.anchor, votes.comparisons.names), None)
    (judged,) = by_aspect.values()
    try:
        fit = _fit(judged, options, anchor, None)
    except RatingError as error:
        raise _unrated(error) from None
    return replace(fit, notes=(*told, *fit.notes))


def _fit(votes: Votes, options: RankOptions, anchor: Anchor, category: str | None) -> Fit:
    part, notes = weighed(votes, rows_of(votes, category), options.weight_cap)
    part = met_only(part)
    if options.board is not None:
        part, options, told = as_board(part, options, options.board)
        notes = (*notes, *told)
    return Fit(part, options.build(_scale(options, anchor)).fit(part), notes)


def _unrated(error: RatingError) -> VoteFileError:
    return VoteFileError(f"these votes cannot be rated: {error}")


def _scale(options: RankOptions, anchor: Anchor) -> Scale:
    if anchor is None:
        return Scale(level=options.level)
    return Scale(anchor[0], anchor[1], options.level)


def _category_board(
    by_aspect: Mapping[str, Votes], options: RankOptions, anchor: Anchor, category: str
) -> Board:
    anchor, notes = _anchored(by_aspect, anchor, category)
    try:
        return make_board(by_aspect, options, anchor, category, notes)
    except RatingError as error:
        notes += (f"not rated: {error}",)
    votes, system = number(by_aspect, category), options.chosen.value
    return Board(category, (), votes, options.level, system, (), notes)


def _anchored(
    by_aspect: Mapping[str, Votes], anchor: Anchor, category: str | None
) -> tuple[Anchor, tuple[str, ...]]:
    """The anchor, or none with a note where it has no votes by one of the aspects."""
    if anchor is None:
        return None, ()
    for votes in by_aspect.values():
        rows, pairs = rows_of(votes, category), votes.comparisons
        met = np.union1d(pairs.first[rows], pairs.second[rows])
        if anchor[0] not in {pairs.names[place] for place in met}:
            return None, (f"anchor: {anchor[0]} has no votes here, so the mean is 1000",)
    return anchor, ()


def _part(rated: Ratings, kept: Bools, options: RankOptions) -> Ratings:
    """The ratings of some models, ranked among themselves; spreads hold for all at once."""
    if kept.all():
        part = rated
    else:
        best, worst = ranks(rated.lower[kept], rated.upper[kept], rated.component[kept])
        if options.chosen is System.ELO:
            order = rated.rating[kept]
            best = 1 + (order[None, :] > order[:, None]).sum(axis=1)
        covariance = rated.covariance
        part = replace(
            rated,
            names=tuple(np.array(rated.names, dtype=object)[kept].tolist()),
            rating=rated.rating[kept],
            lower=rated.lower[kept],
            upper=rated.upper[kept],
            votes=rated.votes[kept],
            rank=best,
            rank_low=best,
            rank_high=worst,
            component=rated.component[kept],
            covariance=None if covariance is None else covariance[np.ix_(kept, kept)],
        )
    return simultaneous_ranks(part) if part.covariance is not None and len(part) else part


def _tie_for_first(ranked: Ratings) -> tuple[str, ...]:
    leaders = possible_leaders(ranked)
    if len(leaders) < 2 or np.isnan(ranked.lower).all():
        return ()
    more = f" and {len(leaders) - SHOWN_LEADERS} more" if len(leaders) > SHOWN_LEADERS else ""
    return (f"tie for first: {', '.join(leaders[:SHOWN_LEADERS])}{more} may each be first",)


def _set_apart(few: Bools, options: RankOptions) -> tuple[str, ...]:
    if not few.any():
        return ()
    return (f"preliminary: {int(few.sum())} models have fewer than {options.fewest} votes",)
