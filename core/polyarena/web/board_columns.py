"""A board's columns of evidence: what they are called in addresses and tables, and as text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..arena import Column
from ..services.standings import Standing
from ..store.snapshots import Snapshot

PREFIX = "evidence_"
LARGE = 100


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A column's heading: its name, and how it is worked out."""

    id: str
    title: str
    hint: str
    aggregate: str


def name_of(column: Column) -> str:
    """What a column is called in tables and as what a board is sorted by."""
    return f"{PREFIX}{column.id}"


def figures(standing: Standing, columns: Iterable[Column]) -> tuple[float | None, ...]:
    """What columns come to for a model: shares from 0 to 1, medians and means in their unit."""
    return tuple(standing.figures.get(column.id) for column in columns)


def then(
    snapshot: Snapshot, row: Mapping[str, Any], columns: Iterable[Column]
) -> tuple[float | None, ...]:
    """What columns came to in a row of a snapshot, if they were worked out as they are now."""
    how, held = snapshot.parameters.get("columns", {}), row.get("columns", {})
    return tuple(
        held.get(column.id) if how.get(column.id) == column.aggregate else None
        for column in columns
    )


def ends(
    snapshots: Iterable[Snapshot], named: Mapping[str, str], columns: Sequence[Column]
) -> dict[str, tuple[tuple[str, str], ...]]:
    """By model, the first and the last of every column in these snapshots, as text.

    `named` are the labels by entry of the models that may be shown.
    """
    known: dict[str, list[list[float]]] = {}
    for one in snapshots:
        for row in one.standings:
            if row["entry"] not in named:
                continue
            held = known.setdefault(named[row["entry"]], [[] for _ in columns])
            for series, figure in zip(held, then(one, row, columns), strict=True):
                series.extend([figure] if figure is not None else [])
    return {
        name: tuple(
            (told(column, series[0]), told(column, series[-1])) if series else ("", "")
            for column, series in zip(columns, held, strict=True)
        )
        for name, held in known.items()
    }


def told(column: Column, figure: float | None) -> str:
    """A figure as text: shares in percent, others with their unit; empty where nothing is known."""
    if figure is None:
        return ""
    if column.aggregate == "share":
        return f"{100 * figure:.1f} %"
    number = f"{figure:,.0f}" if abs(figure) >= LARGE else f"{figure:.3g}"
    return f"{number} {column.unit}".rstrip().replace("-", "−")


def evidence_views(columns: Sequence[Column]) -> tuple[EvidenceView, ...]:
    """The columns' headings."""
    return tuple(EvidenceView(name_of(one), one.title, one.hint, one.aggregate) for one in columns)


def described(columns: Sequence[Column]) -> list[dict[str, str]]:
    """What the columns of a board's JSON are."""
    return [
        {
            "name": name_of(one), "title": one.title, "aggregate": one.aggregate,
            "unit": one.unit, "hint": one.hint,
        }
        for one in columns
    ]  # fmt: skip
