"""arena-rank's tasks, from a data frame of model names; Arrow strings where not said."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from .harness import Run, work
from .votes import STYLE, TABLE, Array, Votes

LABELS = np.array(["model_a", "model_b", "tie", "both_bad"])
EXACT: Mapping[str, Any] = {"ftol": 1e-16, "gtol": 1e-10, "max_iter": 5_000}
RIDGE = 1e-4
# The least ridge on the information that does not drown its inverse in rounding.
NEXT_TO_NOTHING = 1e-8
COLUMNS = list(STYLE)

pandas: Any = importlib.import_module("pandas")
numeric: Any = importlib.import_module("jax.numpy")
sets: Any = importlib.import_module("arena_rank.utils.data_utils")
plain: Any = importlib.import_module("arena_rank.models.bradley_terry")
contextual: Any = importlib.import_module("arena_rank.models.contextual_bradley_terry")


def _frame(source: Path, styled: bool = False) -> Any:
    votes = Votes.load(source, styled)
    frame = votes.arrow(LABELS).to_pandas()
    for name, column in zip(STYLE, () if votes.style is None else votes.style.T, strict=False):
        frame[name] = column
    return frame


def _told(found: Mapping[str, Any]) -> dict[str, Array]:
    rating = np.asarray(found["ratings"])
    return {
        "rating": rating - rating.mean(),
        "half": np.asarray(found["rating_upper"] - found["rating_lower"]) / 2,
        "effects": np.asarray(found.get("coeffs", ())),
        "names": np.array(found["competitors"]),
    }


def _plain(frame: Any, reweighted: bool, options: Mapping[str, Any]) -> Run:
    def run() -> dict[str, Array]:
        votes = sets.PairDataset.from_pandas(frame, reweighted=reweighted)
        system = plain.BradleyTerry(n_competitors=len(votes.competitors), **options)
        return _told(system.compute_ratings_and_cis(votes))

    return run


def _styled(source: Path, options: Mapping[str, Any], **table: Any) -> Run:
    frame = _frame(source, styled=True)

    def run() -> dict[str, Array]:
        votes = sets.ContextualPairDataset.from_pandas(frame, COLUMNS, **table)
        models, features = len(votes.competitors), len(COLUMNS)
        system = contextual.ContextualBradleyTerry(models, features, **options)
        return _told(system.compute_ratings_and_cis(votes))

    return run


def arrow(source: Path) -> Run:
    """As it comes: every vote weighs alike."""
    return _plain(_frame(source), False, {})


def strings(source: Path) -> Run:
    """The same, from Python strings."""
    columns = zip(TABLE, Votes.load(source).strings(LABELS), strict=True)
    table = {name: pandas.Series(column, dtype=object) for name, column in columns}
    return _plain(pandas.DataFrame(table), False, {})


def exact(source: Path) -> Run:
    """Run to convergence."""
    return _plain(_frame(source), False, EXACT)


def balanced(source: Path) -> Run:
    """Pairs that weigh alike from 50 votes on, run to convergence."""
    return _plain(_frame(source), True, EXACT)


def style(source: Path) -> Run:
    """As it comes."""
    return _styled(source, {})


def style_exact(source: Path) -> Run:
    """The same votes, scale and ridge as Polyarena's, run to convergence.

    Its other ridge, on the information alone, narrows intervals: it is set next to nothing.
    """
    return _alike(source, RIDGE)


def style_bare(source: Path) -> Run:
    """The same without a ridge."""
    return _alike(source, 0.0)


def style_counted(source: Path) -> Run:
    """The same with its ridge in its information, from which it leaves it out."""
    system = contextual.ContextualBradleyTerry
    parts = system.compute_hessian_and_covariance

    def counted(*told: Any) -> tuple[Any, Any]:
        information, scatter = parts(*told)
        place = numeric.arange(len(information) - len(COLUMNS), len(information))
        return information.at[place, place].add(RIDGE), scatter

    system.compute_hessian_and_covariance = staticmethod(counted)
    return _alike(source, RIDGE)


def _alike(source: Path, ridge: float) -> Run:
    options = {**EXACT, "reg": ridge, "hessian_reg": NEXT_TO_NOTHING}
    return _styled(source, options, reweighted=False, normalize_features=False)


def intervals(source: Path) -> Run:
    """Its intervals around given strengths, for many sets of counts over the same cells."""
    with np.load(source) as kept:
        cells = {name: kept[name] for name in kept}
    names = cells["names"].tolist()
    flat = np.ones(len(cells["win"]))

    def half(counts: Array, strength: Array) -> Array:
        # Cells without votes weigh nothing; their count divides, so it must not be 0.
        sizes = np.maximum(counts, 1.0)
        votes = sets.PairDataset(names, cells["pairs"], cells["win"], sizes, flat, counts)
        system = plain.BradleyTerry(n_competitors=len(names))
        system.params, system.fitted = {"ratings": numeric.asarray(strength)}, True
        return _told(system.compute_ratings_and_cis(votes))["half"]

    def run() -> dict[str, Array]:
        drawn = zip(cells["counts"], cells["strength"], strict=True)
        return {"half": np.stack([half(counts, strength) for counts, strength in drawn])}

    return run


TASKS = {
    "intervals": intervals,
    "arrow": arrow,
    "strings": strings,
    "exact": exact,
    "balanced": balanced,
    "style": style,
    "style-exact": style_exact,
    "style-bare": style_bare,
    "style-counted": style_counted,
}

if __name__ == "__main__":
    work(TASKS)
