"""From votes and options to boards."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..rating import Comparisons, RatingError, Ratings, Scale, possible_leaders, simultaneous_ranks
from ..rating.system import ranks
from ..votefiles import VoteFileError, Votes
from ..votefiles.votes import met_only
from .arena_board import as_board
from .board import Board, of_ratings, standings
from .options import RankOptions, System
from .weights import weighed

MOST_CATEGORIES = 200
SHOWN_LEADERS = 5
Bools = NDArray[np.bool_]


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
    try:
        part, told = weighed(votes, np.ones(len(votes), dtype=np.bool_), options.weight_cap)
        yield make_board(part, options, anchor, None, (*votes.notes, *told))
    except RatingError as error:
        raise VoteFileError(f"these votes cannot be rated: {error}") from None
    for category in categories:
        assert votes.categories is not None
        yield _category_board(votes, votes.categories.mask(category), options, anchor, category)


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
    comparisons: Comparisons,
    options: RankOptions,
    anchor: tuple[str, float] | None,
    category: str | None,
    notes: tuple[str, ...] = (),
) -> Board:
    """Rate comparisons, and set the models with too few votes apart.

    Raises:
        RatingError: they cannot be rated.
    """
    scale = Scale(level=options.level)
    if anchor is not None:
        scale = Scale(anchor[0], anchor[1], options.level)
    if options.board is not None:
        comparisons, options, told = as_board(comparisons, options, options.board)
        notes = (*notes, *told)
    rated = options.build(scale).fit(comparisons)
    few = rated.votes < options.fewest
    ranked = _part(rated, ~few, options)
    rest = of_ratings(_part(rated, few, options), preliminary=True) if few.any() else ()
    return Board(
        category=category,
        standings=standings(ranked, rest),
        votes=len(comparisons),
        level=options.level,
        system=options.chosen.value,
        effects=rated.coefficients,
        notes=(*notes, *rated.notes, *_tie_for_first(ranked), *_set_apart(few, options)),
    )


def _category_board(
    votes: Votes,
    rows: Bools,
    options: RankOptions,
    anchor: tuple[str, float] | None,
    category: str,
) -> Board:
    notes: tuple[str, ...] = ()
    try:
        part, told = weighed(votes, rows, options.weight_cap)
        part = met_only(part)
        if anchor is not None and anchor[0] not in part.names:
            notes = (f"anchor: {anchor[0]} has no votes here, so the mean is 1000",)
            anchor = None
        return make_board(part, options, anchor, category, (*notes, *told))
    except RatingError as error:
        notes += (f"not rated: {error}",)
    system = options.chosen.value
    return Board(category, (), int(rows.sum()), options.level, system, (), notes)


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
