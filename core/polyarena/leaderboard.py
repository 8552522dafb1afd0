"""From counted votes to ratings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .rating import Ratings

PRIOR_VOTES = 1.0
PRIOR_NOTE = (
    "provisional: the votes do not yet rank every model against every other, so the ratings rest "
    "on a prior of one tie a model against an average one"
)


def rate(rows: Sequence[tuple[str, str, str, int]]) -> Ratings | None:
    """Bradley–Terry ratings of rows of entry a, entry b, choice and number of votes.

    None without votes. Where the votes alone do not determine every rating, all of them rest on
    a prior of `PRIOR_VOTES`, and a note says so.
    """
    from .rating import BradleyTerry, PairCounts

    if not rows:
        return None
    counts = PairCounts.from_counts(rows)
    ratings = BradleyTerry().fit(counts)
    if not any(rating != rating for rating in ratings.rating):
        return ratings
    with_prior = BradleyTerry(prior_votes=PRIOR_VOTES).fit(counts)
    others = tuple(note for note in with_prior.notes if not note.startswith("prior"))
    return replace(with_prior, notes=(PRIOR_NOTE, *others))
