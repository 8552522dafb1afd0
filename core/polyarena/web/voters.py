"""Boards of experts and of the public, side by side, and how far they agree."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..agreement import AGREEMENT, FEW_UNITS, Measured, agreement_rows
from ..data_table import DataTable
from ..electorate import EXPERT, PUBLIC
from ..services import Services
from ..services.standings import Leaderboard
from . import board_views as views
from .board_query import BoardQuery
from .boards import board_row, head_view, model_url

COLUMNS = ("", PUBLIC, EXPERT)
TITLES = {"": "Everybody", PUBLIC: "Public", EXPERT: "Experts"}
MEASURES = {"alpha": "Krippendorff's alpha", "share": "Judgements alike"}


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A measure of agreement as text; `few` where it says little."""

    title: str
    of: str
    value: str
    interval: str
    units: int
    judgements: int
    few: bool


@dataclass(frozen=True, slots=True)
class VotersView:
    """Models with their place on each board, in the order of `titles`, and the agreement.

    Of experts' votes `experts` are counted; `thin` says that they rank no model, which takes
    `minimum` of them.
    """

    head: views.HeadView
    titles: tuple[tuple[str, str, int], ...]
    rows: tuple[tuple[str, str, tuple[views.BoardRow | None, ...]], ...]
    measures: tuple[MeasureView, ...]
    experts: int
    thin: bool
    minimum: int
    few_units: int = FEW_UNITS


async def boards(services: Services, query: BoardQuery) -> dict[str, Leaderboard]:
    """The boards of everybody's, the public's and experts' votes.

    Raises:
        NotFound: no such board, or the arena does not ask whose votes are an expert's.
    """
    found = {}
    for voters in COLUMNS:
        key = (query.arena, query.category or None, query.control, query.aspect, voters)
        found[voters] = await services.leaderboards.board(*key)
    return found


def side_by_side(found: Mapping[str, Leaderboard]) -> DataTable:
    """One row a model and electorate; `voters` is empty for everybody."""
    rows = [
        (one.label, voters, one.rank, one.rating, one.lower, one.upper, one.votes)
        for voters, board in found.items()
        for one in board.standings
    ]
    columns = ("model", "voters", "rank", "rating", "lower", "upper", "votes")
    return DataTable("voters", columns, rows)


def agreement(found: Sequence[Measured]) -> DataTable:
    """One row a measure, empty where there is nothing to compare."""
    return DataTable("agreement", AGREEMENT, agreement_rows(found))


async def voters_view(services: Services, query: BoardQuery) -> VotersView:
    """The page."""
    query = replace(query, voters="")
    found = await boards(services, query)
    measured = await services.agreements.of(query.arena, query.category or None)
    return VotersView(
        head=await head_view(services, found[""], query, "/voters"),
        titles=tuple((one, TITLES[one], found[one].votes) for one in COLUMNS),
        rows=tuple(
            (
                standing.label,
                model_url(standing.label),
                tuple(_row(b, standing.label) for b in found.values()),
            )
            for standing in found[""].standings
        ),
        measures=tuple(map(_measure, measured)),
        experts=found[EXPERT].votes,
        thin=all(one.preliminary for one in found[EXPERT].standings),
        minimum=services.settings.leaderboards.minimum_votes,
    )


def _row(board: Leaderboard, label: str) -> views.BoardRow | None:
    one = board.standing(label)
    return None if one is None else board_row(one)


def _measure(one: Measured) -> MeasureView:
    value, lower, upper = (_text(x, one.measure) for x in one.figures)
    return MeasureView(
        title=MEASURES[one.measure],
        of=one.of,
        value=value,
        interval=f"{lower} to {upper}" if lower else "",
        units=one.found.units,
        judgements=one.found.judgements,
        few=one.few,
    )


def _text(number: float, measure: str) -> str:
    if not math.isfinite(number):
        return ""
    if measure == "share":
        return f"{100 * number:.0f} %"
    # A number that is zero once rounded has no sign.
    return f"{round(number, 2) or 0.0:.2f}".replace("-", "−")
