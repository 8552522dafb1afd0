"""What an arena's board chooses by itself, chosen for votes that the arena has released."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ..leaderboard import VOTERS_FOR_CLUSTERS, Control, choose
from ..rating import Comparisons
from .options import RankOptions, System


def as_board(
    votes: Comparisons, options: RankOptions, minimum_votes: int
) -> tuple[Comparisons, RankOptions, tuple[str, ...]]:
    """The votes and options with what the board would choose for them, and what that was.

    A prior where the votes need one, unless one was asked for; and intervals that take every
    vote for one of its own where there are few voters.
    """
    system = options.chosen
    if system is System.ELO:
        return votes, options, ()
    control: Control = "style" if system is System.CONTEXTUAL else ""
    chosen = choose(replace(votes, voter=_told_apart(votes)), minimum_votes, control)
    notes: tuple[str, ...] = ()
    if options.prior is None and options.ties is None and system is System.BRADLEY_TERRY:
        options = replace(options, prior=chosen.prior_votes)
    if not chosen.by_voter and votes.voter is not None:
        votes = replace(votes, voter=None)
        notes = (
            f"few voters: fewer than {VOTERS_FOR_CLUSTERS} people voted, so intervals take every "
            "vote for one of its own, as the arena's board does",
        )
    return votes, options, notes


def _told_apart(votes: Comparisons) -> NDArray[np.int64]:
    """(n,) voter numbers; a voter who is not known is nobody else."""
    if votes.voter is None:
        return np.zeros(len(votes), dtype=np.int64)
    voter = votes.voter.astype(np.int64)
    unknown = voter < 0
    voter[unknown] = voter.max() + 1 + np.arange(unknown.sum())
    return voter
