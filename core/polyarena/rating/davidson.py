"""Davidson's model: the nearer two models are, the likelier a tie."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from .arrays import Floats
from .outcome_system import OutcomeSystem


@dataclass(frozen=True, slots=True)
class Davidson(OutcomeSystem):
    """P(a) : P(b) : P(tie) = πa : πb : ν √(πa πb), with π = exp θ.

    Source: Davidson (1970), "On extending the Bradley–Terry model to accommodate ties in paired
    comparison experiments". The coefficient `tie` is log ν. See `OutcomeSystem` for both-bad.
    """

    name: ClassVar[str] = "davidson"

    def three_way(self, one: Floats, two: Floats, tie: float | None) -> tuple[Floats, Floats]:
        middle = np.full(len(one), -np.inf) if tie is None else tie + (one + two) / 2
        worth = np.stack([one, two, middle], axis=1)
        top = worth.max(axis=1, keepdims=True)
        logs = worth - top - np.log(np.exp(worth - top).sum(axis=1, keepdims=True))
        by = np.array([[1.0, 0, 0], [0, 1, 0], [0.5, 0.5, 1]])
        if tie is None:
            by[2] = 0
        slopes = by[None] - (np.exp(logs) @ by)[:, None, :]
        if tie is None:
            slopes[:, 2] = 0
        return logs, slopes

    def tie_start(self, share: float) -> float:
        kept = min(max(share, 1e-6), 1 - 1e-6)
        return math.log(2 * kept / (1 - kept))
