"""Rao and Kupper's model: a difference below a threshold is a tie."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from .arrays import Floats
from .outcome_system import OutcomeSystem
from .strengths import log_chance, win_probability

# Of log η: beyond these, ties are as rare or as sure as numbers can tell.
SMALLEST, LARGEST = -25.0, 5.0


@dataclass(frozen=True, slots=True)
class RaoKupper(OutcomeSystem):
    """P(a) = 1 / (1 + exp(θb - θa + η)), P(b) likewise, and a tie the rest, with η > 0.

    Source: Rao and Kupper (1967), "Ties in paired-comparison experiments: a generalization of the
    Bradley-Terry model". The coefficient `tie` is log η. See `OutcomeSystem` for both-bad.
    """

    name: ClassVar[str] = "rao-kupper"

    def three_way(self, one: Floats, two: Floats, tie: float | None) -> tuple[Floats, Floats]:
        threshold = 0.0 if tie is None else math.exp(min(max(tie, SMALLEST), LARGEST))
        gap = one - two
        a, b = win_probability(gap - threshold), win_probability(-gap - threshold)
        wins = [log_chance(gap - threshold), log_chance(-gap - threshold)]
        logs = np.stack([*wins, np.full(len(one), -np.inf)], axis=1)
        slopes = np.zeros((len(one), 3, 3))
        slopes[:, 0] = np.stack([1 - a, a - 1, (a - 1) * threshold], axis=1)
        slopes[:, 1] = np.stack([b - 1, 1 - b, (b - 1) * threshold], axis=1)
        if tie is None:
            slopes[:, :, 2] = 0
            return logs, slopes
        # P(tie) = (1 - P(a)) (1 - P(b)) (1 - exp(-2η)).
        spread = math.log(-math.expm1(-2 * threshold))
        logs[:, 2] = spread + log_chance(threshold - gap) + log_chance(threshold + gap)
        widening = 2 / math.expm1(2 * threshold)
        slopes[:, 2] = np.stack([b - a, a - b, (widening + a + b) * threshold], axis=1)
        return logs, slopes

    def tie_start(self, share: float) -> float:
        kept = min(max(share, 1e-6), 1 - 1e-6)
        return math.log(math.log((1 + kept) / (1 - kept)))
