"""Robustness of the leader: how few votes would have to go for another to lead."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from .arrays import Floats, Ints
from .bradley_terry import SHARE, BradleyTerry
from .comparisons import OUTCOMES, Comparisons
from .errors import RatingError
from .pair_counts import PairCounts
from .strengths import information, win_probability

RIVALS = 3
AHEAD = 1e-6
# Keeps the order of models that lose everything once votes are gone; far below one vote.
TRACE = BradleyTerry(prior_votes=1e-3)


@dataclass(frozen=True, slots=True)
class LeaderRobustness:
    """How the lead hangs on votes.

    `dropped` votes, `share` of all, leave `rival` ahead of `leader`; a refit without them has
    confirmed it. They are None where no number of votes was found that does.
    """

    leader: str
    rival: str | None
    dropped: int | None
    share: float | None


@dataclass(frozen=True, slots=True)
class _Votes:
    """The main component's votes and the fit to them."""

    counts: PairCounts
    strength: Floats

    def worst_order(self, leader: int, rival: int) -> tuple[Ints, Ints, Floats]:
        """Cells whose votes hold the lead, the most harmful first, with how many votes each has.

        The influence of one vote is the first-order change of the lead if it goes (Broderick,
        Giordano and Meager 2020, "An automatic finite-sample robustness metric").
        """
        counts, strength = self.counts, self.strength
        known = np.flatnonzero(~np.isnan(strength))
        place = np.full(len(strength), -1)
        place[known] = np.arange(len(known))
        first, second = place[counts.first], place[counts.second]
        total = counts.weight.sum(axis=1)
        bread = information(strength[known], first, second, total)
        lead = np.zeros(len(known))
        lead[place[leader]], lead[place[rival]] = 1.0, -1.0
        pull = np.linalg.solve(bread, lead)
        chance = win_probability(strength[counts.first] - strength[counts.second])
        each = np.divide(
            counts.weight, counts.votes, out=np.zeros_like(counts.weight), where=counts.votes > 0
        )
        harm = each * (SHARE - chance[:, None]) * (pull[first] - pull[second])[:, None]
        harm = harm.ravel()
        cells = np.flatnonzero((harm > 0) & (counts.votes.ravel() > 0))
        cells = cells[np.argsort(-harm[cells], kind="stable")]
        return cells, counts.votes.ravel()[cells], harm[cells]

    def without(self, cells: Ints, votes: Ints, dropped: int) -> PairCounts:
        """The counts with the first `dropped` votes in this order of cells gone."""
        before = np.cumsum(votes) - votes
        gone = np.zeros(self.counts.votes.size, dtype=np.int64)
        gone[cells] = np.clip(dropped - before, 0, votes)
        held = self.counts.votes.ravel()
        left = held - gone
        part = np.divide(left, held, out=np.zeros(len(held)), where=held > 0)
        shape = (-1, OUTCOMES)
        return replace(
            self.counts,
            votes=left.reshape(shape),
            weight=self.counts.weight * part.reshape(shape),
            square=self.counts.square * part.reshape(shape),
        )

    def overtaken(self, counts: PairCounts, leader: int, rival: int) -> bool:
        """Whether `rival` is ahead of `leader` in a refit to these counts."""
        if not counts.votes.any():
            return False
        strength = TRACE.strengths(counts, self.strength)
        return bool(strength[rival] > strength[leader] + AHEAD)


def leader_robustness(comparisons: Comparisons | PairCounts) -> LeaderRobustness:
    """Find a small set of votes without which the leader of the main component does not lead.

    Votes go in the order of their influence on the lead over a rival, and a bisection of refits
    finds how many must go; the three rivals nearest by influence are tried.

    Raises:
        RatingError: fewer than two models can be compared.
    """
    counts = PairCounts.of(comparisons).folded()
    ratings = BradleyTerry().fit(counts)
    main = (ratings.component == 0) & ~np.isnan(ratings.rating)
    if main.sum() < 2:
        raise RatingError("a lead needs two models that can be compared")
    inside = main[counts.first] & main[counts.second] & (counts.weight.sum(axis=1) > 0)
    counts = PairCounts(
        counts.names,
        counts.first[inside],
        counts.second[inside],
        counts.votes[inside],
        counts.weight[inside],
        counts.square[inside],
    )
    votes = _Votes(counts, BradleyTerry().strengths(counts))
    standing = np.where(main, ratings.rating, -np.inf)
    order = np.argsort(-standing, kind="stable")[: int(main.sum())]
    leader = int(order[0])
    guesses = sorted(
        (_guess(votes, leader, int(rival)), int(rival)) for rival in order[1 : 1 + 4 * RIVALS]
    )
    best: tuple[int, int] | None = None
    for guess, rival in guesses[:RIVALS]:
        found = _fewest(votes, leader, rival, guess)
        if found is not None and (best is None or found < best[0]):
            best = (found, rival)
    if best is None:
        return LeaderRobustness(counts.names[leader], None, None, None)
    dropped, rival = best
    share = dropped / counts.total
    return LeaderRobustness(counts.names[leader], counts.names[rival], dropped, share)


def _guess(votes: _Votes, leader: int, rival: int) -> int:
    """How many votes must go by their first-order influence; all that help if those are too few."""
    _, number, harm = votes.worst_order(leader, rival)
    gap = votes.strength[leader] - votes.strength[rival]
    reached = np.cumsum(number * harm)
    cell = int(np.searchsorted(reached, gap))
    if cell >= len(number):
        return int(number.sum())
    before = float(reached[cell] - number[cell] * harm[cell])
    return int(number[:cell].sum() + np.ceil((gap - before) / harm[cell]))


def _fewest(votes: _Votes, leader: int, rival: int, guess: int) -> int | None:
    """The fewest votes in order of influence whose loss a refit confirms to turn the lead."""
    cells, number, _ = votes.worst_order(leader, rival)
    most = int(number.sum())

    def turned(dropped: int) -> bool:
        return votes.overtaken(votes.without(cells, number, dropped), leader, rival)

    high = max(1, min(guess, most))
    while not turned(high):
        if high >= most:
            return None
        high = min(most, high + max(1, high // 8))
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if turned(middle) else (middle, high)
    return high
