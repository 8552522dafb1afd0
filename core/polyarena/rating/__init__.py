"""Ratings from pairwise votes: arrays in, ratings with intervals out; no database, no I/O."""

from .agreement import Agreement, alpha, cross_agreement, pairwise_agreement
from .anomaly import VoterSurprise, voter_surprise
from .bootstrap import Bootstrap, Estimator
from .bradley_terry import BradleyTerry
from .calibration import Calibration, WinRates, held_out, win_rates
from .comparisons import Comparisons, Outcome
from .composite import composite, on_models
from .connectivity import Connectivity, connectivity
from .contextual import Contextual, relative_difference
from .davidson import Davidson
from .elo import Elo, EloTicker
from .errors import ComparisonError, ConvergenceError, RatingError
from .hodge import Cycle, CyclicShare, cycles, cyclic_share
from .judgements import judgements
from .pair_counts import PairCounts
from .rank_bounds import possible_leaders, simultaneous_ranks
from .rao_kupper import RaoKupper
from .robustness import LeaderRobustness, leader_robustness
from .sampling import ActiveSampling
from .scale import POINTS, Scale
from .system import Coefficient, Ratings, RatingSystem
from .weighting import effective_votes, inverse_propensity, pair_balanced, post_stratified

__all__ = [
    "POINTS",
    "ActiveSampling",
    "Agreement",
    "Bootstrap",
    "BradleyTerry",
    "Calibration",
    "Coefficient",
    "ComparisonError",
    "Comparisons",
    "Connectivity",
    "Contextual",
    "ConvergenceError",
    "Cycle",
    "CyclicShare",
    "Davidson",
    "Elo",
    "EloTicker",
    "Estimator",
    "LeaderRobustness",
    "Outcome",
    "PairCounts",
    "RaoKupper",
    "RatingError",
    "RatingSystem",
    "Ratings",
    "Scale",
    "VoterSurprise",
    "WinRates",
    "alpha",
    "composite",
    "connectivity",
    "cross_agreement",
    "cycles",
    "cyclic_share",
    "effective_votes",
    "held_out",
    "inverse_propensity",
    "judgements",
    "leader_robustness",
    "on_models",
    "pair_balanced",
    "pairwise_agreement",
    "possible_leaders",
    "post_stratified",
    "relative_difference",
    "simultaneous_ranks",
    "voter_surprise",
    "win_rates",
]
