"""Weights of votes, so that they stand for pairs drawn evenly or for a population of voters."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from numpy.typing import NDArray

from ..rating import Comparisons, effective_votes, inverse_propensity, post_stratified
from ..votefiles import Votes


def weighed(
    votes: Votes, rows: NDArray[np.bool_], largest: float | None
) -> tuple[Comparisons, tuple[str, ...]]:
    """Some of the votes, weighted as their propensities and strata ask for, and what was done.

    Weights above `largest` times the mean are cut to it, before those of strata come in.

    Raises:
        RatingError: a stratum with a share has no votes here.
    """
    part = votes.comparisons if rows.all() else votes.comparisons.take(rows)
    if votes.propensity is None and votes.strata is None:
        return part, ()
    said = []
    if votes.propensity is not None:
        given = votes.propensity[rows]
        part = inverse_propensity(part, given, largest)
        said.append(f"1 / {votes.columns.propensity}, {_cut(given, largest)}")
    if votes.strata is not None:
        shares = votes.strata.shares
        by_stratum: dict[Hashable, float] = dict(shares.items())
        part = post_stratified(part, votes.strata.of(rows), by_stratum)
        total = sum(shares.values())
        listed = ", ".join(f"{name} {share / total:.3g}" for name, share in shares.items())
        said.append(f"shares of {votes.columns.strata}: {listed}")
    worth = effective_votes(part)
    note = f"weights: {'; '.join(said)}; as good as {worth:,.0f} votes of equal weight"
    return part, (note,)


def _cut(propensity: NDArray[np.float64], largest: float | None) -> str:
    if largest is None:
        return "none cut"
    weight = 1 / propensity
    number = int((weight > largest * weight.mean()).sum())
    return f"{number:,} of them cut to {largest:g} times the mean"
