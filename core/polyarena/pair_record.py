"""What two models' battles say: wins, losses, ties, and the win rate with its interval."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from .rating import PairCounts, Ratings

QUANTILE = 1.959963984540054
PAIRS = (
    "model_a", "model_b", "votes", "wins", "losses", "ties", "both_bad", "win_rate", "lower",
    "upper", "predicted",
)  # fmt: skip
CALIBRATION = ("predicted", "observed", "lower", "upper", "votes", "pairs")
BINS = 10
Row = tuple[str | int | float | None, ...]


@dataclass(frozen=True, slots=True)
class PairRecord:
    """The votes on two models, from the first one's side.

    `predicted` is the first one's win rate by the ratings, None where they cannot be compared.
    """

    first: str
    second: str
    wins: int
    losses: int
    ties: int
    both_bad: int
    predicted: float | None = None

    @property
    def votes(self) -> int:
        """How many votes there are."""
        return self.wins + self.losses + self.ties + self.both_bad

    @property
    def rate(self) -> float | None:
        """The first one's win rate, ties and both-bad as halves; None without votes."""
        if not self.votes:
            return None
        return (self.wins + (self.ties + self.both_bad) / 2) / self.votes

    @property
    def interval(self) -> tuple[float, float] | None:
        """95 % bounds of the rate, None without votes.

        Source: Wilson (1927), "Probable inference, the law of succession"; halves vary less than
        wins and losses, so with ties it is wider than it need be.
        """
        rate, votes = self.rate, self.votes
        if rate is None:
            return None
        z = QUANTILE
        centre = (rate + z**2 / (2 * votes)) / (1 + z**2 / votes)
        half = math.sqrt(rate * (1 - rate) / votes + z**2 / (4 * votes**2))
        half *= z / (1 + z**2 / votes)
        return max(0.0, centre - half), min(1.0, centre + half)

    def turned(self) -> PairRecord:
        """The same from the second one's side."""
        predicted = None if self.predicted is None else 1 - self.predicted
        return PairRecord(
            self.second, self.first, self.losses, self.wins, self.ties, self.both_bad, predicted
        )


Records = Mapping[tuple[str, str], PairRecord]


def pair_records(counts: PairCounts, ratings: Ratings | None) -> Records:
    """The record of every pair that met, by (first, second), both ways round."""
    from .rating import POINTS

    folded = counts.folded()
    names = folded.names
    found: dict[tuple[str, str], PairRecord] = {}
    for i, j, votes in zip(folded.first, folded.second, folded.votes.tolist(), strict=True):
        predicted = None
        if ratings is not None and ratings.component[i] == ratings.component[j]:
            gap = float(ratings.rating[i] - ratings.rating[j]) / POINTS
            predicted = None if math.isnan(gap) else float(0.5 + 0.5 * np.tanh(gap / 2))
        a, b, ties, bad = votes
        record = PairRecord(names[i], names[j], a, b, ties, bad, predicted)
        found[names[i], names[j]] = record
        found[names[j], names[i]] = record.turned()
    return found


def pair_row(one: PairRecord) -> Row:
    """A record as a row of `PAIRS`."""
    lower, upper = one.interval or (None, None)
    return (
        one.first, one.second, one.votes, one.wins, one.losses, one.ties, one.both_bad, one.rate,
        lower, upper, one.predicted,
    )  # fmt: skip


def pair_rows(found: Records) -> list[Row]:
    """One row a pair that met, the one first in the alphabet on the left."""
    return [pair_row(one) for (a, b), one in sorted(found.items()) if a < b]


def calibration_rows(found: Records) -> list[Row]:
    """Predicted against observed win rates of favourites, in bins of a tenth of the range."""
    bins: list[list[PairRecord]] = [[] for _ in range(BINS)]
    for one in found.values():
        if one.predicted is not None and one.predicted >= 0.5 and one.votes:
            bins[min(int((one.predicted - 0.5) * 2 * BINS), BINS - 1)].append(one)
    return [_calibrated(held) for held in bins if held]


def _calibrated(held: list[PairRecord]) -> Row:
    votes = np.array([one.votes for one in held], dtype=float)
    predicted = float(votes @ [one.predicted or 0.0 for one in held] / votes.sum())
    wins, losses, ties, bad = (
        sum(getattr(one, field) for one in held) for field in ("wins", "losses", "ties", "both_bad")
    )
    whole = PairRecord("", "", wins, losses, ties, bad)
    lower, upper = whole.interval or (None, None)
    return predicted, whole.rate, lower, upper, whole.votes, len(held)
