"""The votes of a file by aspect, and their ratings put together."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ..ballot import COMPOSITE
from ..rating import Ratings, Scale, composite, on_models
from ..votefiles import VoteFileError, Votes
from .options import RankOptions


def criteria(votes: Votes, options: RankOptions) -> dict[str, Votes]:
    """The votes to be rated: as they are, by the aspect asked for, or by every aspect.

    Raises:
        VoteFileError: there are no aspects, or no vote judges one that is asked for.
    """
    if not options.aspect:
        return {"": votes}
    if not votes.aspects:
        raise VoteFileError("aspects: the file has no columns such as aspect_looks")
    return {name: votes.judging(name) for name in votes.aspects}


def composed(found: Mapping[str, Ratings], options: RankOptions, scale: Scale) -> Ratings:
    """The ratings, or the weighted mean of several."""
    if options.aspect != COMPOSITE:
        return next(iter(found.values()))
    names = sorted({name for ratings in found.values() for name in ratings.names})
    parts = {name: on_models(ratings, names) for name, ratings in found.items()}
    return composite(parts, {name: options.weights.get(name, 1.0) for name in parts}, scale=scale)


def rows_of(votes: Votes, category: str | None) -> NDArray[np.bool_]:
    """(n,) which votes are in a category; all for None."""
    if category is None or votes.categories is None:
        return np.ones(len(votes), dtype=np.bool_)
    return votes.categories.mask(category)


def number(by_aspect: Mapping[str, Votes], category: str | None) -> int:
    """How many votes there are, one that judges several aspects counted once."""
    rows = [votes.row[rows_of(votes, category)] for votes in by_aspect.values()]
    return len(np.unique(np.concatenate(rows)))
