"""A board's tables: everything its pages show, as plain values."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from ..arena import Category, Column
from ..data_table import DataTable
from ..model import Model
from ..pair_record import (
    CALIBRATION,
    PAIRS,
    PairRecord,
    calibration_rows,
    pair_records,
    pair_row,
    pair_rows,
)
from ..plain import finite
from ..services.standings import Leaderboard, Standing
from ..store.snapshots import Listed, Snapshot
from .board_columns import figures, name_of, then

RANKING = (
    "model", "organization", "license", "rating", "lower", "upper", "rank", "votes", "state",
    "rank_low", "rank_high", "preliminary", "shift", "price_input", "price_output",
)  # fmt: skip
HISTORY = ("snapshot", "as_of", "votes", "model", "rating", "lower", "upper", "rank")


def ranking(standings: Sequence[Standing], columns: Sequence[Column] = ()) -> DataTable:
    """One row a model; the arena's own columns are the last."""
    return DataTable(
        "ranking",
        (*RANKING, *map(name_of, columns)),
        [
            (
                one.label, one.model.organization, one.model.license, one.rating, one.lower,
                one.upper, one.rank, one.votes, one.model.state.value, one.rank_low,
                one.rank_high, one.preliminary, one.shift,
                one.model.price.input if one.model.price else None,
                one.model.price.output if one.model.price else None,
                *figures(one, columns),
            )
            for one in standings
        ],
    )  # fmt: skip


def categories(boards: Mapping[str, Leaderboard]) -> DataTable:
    """One row a model and category; the category is empty for all votes together."""
    columns = ("model", "category", "rank", "rating", "lower", "upper", "votes")
    rows = [
        (one.label, category, one.rank, one.rating, one.lower, one.upper, one.votes)
        for category, board in boards.items()
        for one in board.standings
    ]
    return DataTable("categories", columns, rows)


def records(board: Leaderboard) -> dict[tuple[str, str], PairRecord]:
    """The record of every pair that met, both ways round."""
    if board.counts is None:
        return {}
    return dict(pair_records(board.counts, board.rated.ratings if board.rated else None))


def pairs(found: Mapping[tuple[str, str], PairRecord]) -> DataTable:
    """One row a pair that met, the one first in the alphabet on the left."""
    return DataTable("pairs", PAIRS, pair_rows(found))


def calibration(found: Mapping[tuple[str, str], PairRecord]) -> DataTable:
    """Predicted against observed win rates of favourites, in bins of a tenth of the range."""
    return DataTable("calibration", CALIBRATION, calibration_rows(found))


def history(
    snapshots: Sequence[Snapshot], named: Mapping[str, str], columns: Sequence[Column] = ()
) -> DataTable:
    """One row a snapshot and model; `named` are the labels, by entry, that may be shown.

    The arena's own `columns` are the last, as they were where they were worked out the same way.
    """
    rows = [
        (
            one.id, when(one.as_of), one.votes, named[row["entry"]], row["rating"], row["lower"],
            row["upper"], int(row["rank"]) or None, *then(one, row, columns),
        )
        for one in snapshots
        for row in one.standings
        if row["entry"] in named
    ]  # fmt: skip
    return DataTable("history", (*HISTORY, *map(name_of, columns)), rows)


def snapshots(stored: Sequence[Listed | Snapshot]) -> DataTable:
    """One row a stored snapshot: which board it is, and the votes it was made of."""
    columns = (
        "id",
        "arena",
        "category",
        "control",
        "aspect",
        "voters",
        "as_of",
        "made",
        "first_seq",
        "last_seq",
        "votes",
        "counts_digest",
        "engine",
    )
    rows = [
        (
            one.id, one.arena, one.category or None, one.control or None, one.aspect or None,
            one.voters or None, when(one.as_of), when(one.made), one.first_seq, one.last_seq,
            one.votes, one.digest, one.engine,
        )
        for one in stored
    ]  # fmt: skip
    return DataTable("snapshots", columns, rows)


def moves(board: Leaderboard, then: Snapshot | None, named: Mapping[str, str]) -> DataTable:
    """Ranks and ratings of a snapshot beside those of now, the largest moves first."""
    columns = ("model", "rank_then", "rank", "moved", "rating_then", "rating", "change")
    held = then.standings if then else ()
    past = {named[row["entry"]]: row for row in held if row["entry"] in named}
    rows = []
    for one in board.standings:
        row = past.get(one.label)
        if row is None or one.rank is None or not row["rank"] or one.rating is None:
            continue
        before = int(row["rank"])
        change = one.rating - row["rating"]
        rows.append(
            (one.label, before, one.rank, before - one.rank, row["rating"], one.rating, change)
        )
    rows.sort(key=lambda row: (-abs(row[3]), -abs(row[6])))
    return DataTable("moves", columns, rows)


def prices(standings: Sequence[Standing]) -> DataTable:
    """Price, in US dollars a million tokens, against rating, where both are known."""
    columns = ("model", "price_input", "price_output", "rating", "lower", "upper")
    rows = [
        (one.label, price.input, price.output, one.rating, one.lower, one.upper)
        for one in standings
        if (price := one.model.price) is not None and one.rating is not None
    ]
    return DataTable("prices", columns, rows)


def effects(board: Leaderboard) -> DataTable:
    """What style adds to the odds of winning: log-odds a unit of each measure, and the factor."""
    rows = [
        (one.name, *(finite(x) for x in (one.value, one.lower, one.upper)), _factor(one.value))
        for one in board.effects
    ]
    return DataTable("effects", ("effect", "log_odds", "lower", "upper", "odds_factor"), rows)


def head_to_head(by_category: Mapping[str, PairRecord]) -> DataTable:
    """Two models' record, one row a category; the category is empty for all votes together."""
    rows = [(category, *pair_row(one)) for category, one in by_category.items()]
    return DataTable("head-to-head", ("category", *PAIRS), rows)


def titles(categories: Sequence[Category]) -> dict[str, str]:
    """The categories' titles by id."""
    return {one.id: one.title for one in categories}


def price_of(model: Model) -> float | None:
    """The price of a million tokens of output, in US dollars."""
    return model.price.output if model.price else None


def when(at: float) -> str:
    """A time as ISO 8601, in UTC."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds")


def _factor(number: float) -> float | None:
    return math.exp(number) if math.isfinite(number) else None
