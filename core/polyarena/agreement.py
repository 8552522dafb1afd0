"""How far experts and the public agree, among themselves and with one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .plain import finite

if TYPE_CHECKING:
    from .rating import Agreement, Comparisons
    from .rating.arrays import Bools

FEW_UNITS = 10
AGREEMENT = ("measure", "of", "value", "lower", "upper", "pairs", "judgements", "few")


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of agreement: `alpha` or `share`, of whom; `few` where it says little."""

    measure: str
    of: str
    found: Agreement

    @property
    def few(self) -> bool:
        """Whether fewer than `FEW_UNITS` pairs of models were judged often enough."""
        return self.found.units < FEW_UNITS

    @property
    def figures(self) -> tuple[float, float, float]:
        """The value and its bounds; NaN where there is nothing to compare."""
        return self.found.value, self.found.lower, self.found.upper


def measured(votes: Comparisons, experts: Bools, public: Bools) -> tuple[Measured, ...]:
    """Every measure of these votes, (n,) of whom being whose."""
    from .rating import alpha, cross_agreement, judgements, pairwise_agreement

    one, other = judgements(votes, experts, public)
    return (
        Measured("alpha", "experts", alpha(one, "ordinal")),
        Measured("alpha", "public", alpha(other, "ordinal")),
        Measured("share", "experts", pairwise_agreement(one)),
        Measured("share", "public", pairwise_agreement(other)),
        Measured("share", "experts and public", cross_agreement(one, other)),
    )


def agreement_rows(found: Sequence[Measured]) -> list[tuple[str | int | float | None, ...]]:
    """One row of `AGREEMENT` a measure, empty where there is nothing to compare."""
    return [
        (
            one.measure, one.of, *map(finite, one.figures), one.found.units,
            one.found.judgements, one.few,
        )
        for one in found
    ]  # fmt: skip
