"""arena-rank's tasks, from a data frame of model names."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from .harness import Run, work
from .votes import STYLE, Array, Votes

LABELS = np.array(["model_a", "model_b", "tie", "both_bad"])
EXACT: Mapping[str, Any] = {"ftol": 1e-16, "gtol": 1e-10, "max_iter": 5_000}
RIDGE = 1e-4
COLUMNS = list(STYLE)

pandas: Any = importlib.import_module("pandas")
numeric: Any = importlib.import_module("jax.numpy")
sets: Any = importlib.import_module("arena_rank.utils.data_utils")
plain: Any = importlib.import_module("arena_rank.models.bradley_terry")
contextual: Any = importlib.import_module("arena_rank.models.contextual_bradley_terry")


def _frame(source: Path, styled: bool = False) -> Any:
    votes = Votes.load(source, styled)
    columns = {
        "model_a": votes.names[votes.first],
        "model_b": votes.names[votes.second],
        "winner": LABELS[votes.outcome],
    }
    if votes.style is not None:
        columns |= dict(zip(STYLE, votes.style.T, strict=True))
    return pandas.DataFrame(columns)


def _told(found: Mapping[str, Any]) -> dict[str, Array]:
    rating = np.asarray(found["ratings"])
    return {
        "rating": rating - rating.mean(),
        "half": np.asarray(found["rating_upper"] - found["rating_lower"]) / 2,
        "effects": np.asarray(found.get("coeffs", ())),
        "names": np.array(found["competitors"]),
    }


def _plain(source: Path, reweighted: bool, options: Mapping[str, Any]) -> Run:
    frame = _frame(source)

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


def names(source: Path) -> Run:
    """As it comes: every vote weighs alike."""
    return _plain(source, False, {})


def exact(source: Path) -> Run:
    """Run to convergence."""
    return _plain(source, False, EXACT)


def balanced(source: Path) -> Run:
    """Pairs that weigh alike from 50 votes on, run to convergence."""
    return _plain(source, True, EXACT)


def style(source: Path) -> Run:
    """As it comes."""
    return _styled(source, {})


def style_exact(source: Path) -> Run:
    """The same votes, scale and ridge as Polyarena's, run to convergence.

    Its other ridge, on the information alone, narrows intervals: it is set next to nothing.
    """
    alike = {"reweighted": False, "normalize_features": False}
    return _styled(source, {**EXACT, "reg": RIDGE, "hessian_reg": 1e-9}, **alike)


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
    "names": names,
    "exact": exact,
    "balanced": balanced,
    "style": style,
    "style-exact": style_exact,
}

if __name__ == "__main__":
    work(TASKS)
