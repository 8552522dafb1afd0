"""Ratings from pairwise votes: arrays in, ratings with intervals out; no database, no I/O."""

from .bootstrap import Bootstrap, Estimator
from .bradley_terry import BradleyTerry
from .comparisons import Comparisons, Outcome
from .contextual import Contextual, relative_difference
from .davidson import Davidson
from .errors import ComparisonError, ConvergenceError, RatingError
from .pair_counts import PairCounts
from .rank_bounds import possible_leaders, simultaneous_ranks
from .rao_kupper import RaoKupper
from .sampling import ActiveSampling
from .scale import POINTS, Scale
from .system import Coefficient, Ratings, RatingSystem

__all__ = [
    "POINTS",
    "ActiveSampling",
    "Bootstrap",
    "BradleyTerry",
    "Coefficient",
    "ComparisonError",
    "Comparisons",
    "Contextual",
    "ConvergenceError",
    "Davidson",
    "Estimator",
    "Outcome",
    "PairCounts",
    "RaoKupper",
    "RatingError",
    "RatingSystem",
    "Ratings",
    "Scale",
    "possible_leaders",
    "relative_difference",
    "simultaneous_ranks",
]
