"""Votes as judgements of pairs of models, counted for measures of agreement."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .arrays import Bools, Ints
from .comparisons import Comparisons, Outcome

VALUES = 3
WORSE, LEVEL, BETTER = range(VALUES)


def judgements(votes: Comparisons, *groups: Bools) -> Sequence[Ints]:
    """For each group of votes (n,) the counts (u, 3) of what its voters say of every pair that met.

    The values are that the first of the two models (in the alphabet) is worse, as good or better;
    both bad is as good. A voter who judged a pair again is taken by their last vote.
    """
    place = np.argsort(np.argsort(np.array(votes.names, dtype=object)))
    one, other = place[votes.first], place[votes.second]
    first, second = np.minimum(one, other), np.maximum(one, other)
    pairs, unit = np.unique(first.astype(np.int64) * len(votes.names) + second, return_inverse=True)
    won = np.where(one < other, Outcome.A_WINS, Outcome.B_WINS)
    level = np.isin(votes.outcome, (Outcome.TIE, Outcome.BOTH_BAD))
    value = np.where(level, LEVEL, np.where(votes.outcome == won, BETTER, WORSE))
    voter = np.arange(len(votes)) if votes.voter is None else votes.voter.astype(np.int64)
    found = []
    for rows in groups:
        mine = np.flatnonzero(rows)
        key = unit[mine] * (int(voter.max()) + 1) + voter[mine]
        _, latest = np.unique(key[::-1], return_index=True)
        kept = mine[::-1][latest]
        counts = np.zeros((len(pairs), VALUES), dtype=np.int64)
        np.add.at(counts, (unit[kept], value[kept]), 1)
        found.append(counts)
    return found
