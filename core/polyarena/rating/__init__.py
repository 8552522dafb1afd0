"""Ratings from pairwise votes: arrays in, ratings with intervals out; no database, no I/O."""

from .bradley_terry import BradleyTerry
from .comparisons import Comparisons, Outcome
from .errors import ComparisonError, ConvergenceError, RatingError
from .pair_counts import PairCounts
from .scale import POINTS, Scale
from .system import Ratings, RatingSystem

__all__ = [
    "POINTS",
    "BradleyTerry",
    "ComparisonError",
    "Comparisons",
    "ConvergenceError",
    "Outcome",
    "PairCounts",
    "RatingError",
    "RatingSystem",
    "Ratings",
    "Scale",
]
