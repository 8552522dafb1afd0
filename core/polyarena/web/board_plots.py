"""Plots and heat maps of leaderboards: from tables to places and shades."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from ..arena import Category
from ..data_table import DataTable
from ..pair_record import PairRecord
from ..services.standings import Leaderboard, Standing
from ..store.snapshots import Snapshot
from . import board_views as views
from .board_query import BoardQuery
from .boards import board_row, model_url

SHADES = 10
POINTS_SHOWN = 400
LINES = 8
MARK_HEIGHT = 0.06
HOUR = 3600.0


def category_heats(
    boards: Mapping[str, Leaderboard], categories: Sequence[Category], names: Sequence[str]
) -> tuple[tuple[str, views.HeatView], ...]:
    """Ranks of models by category, a heat map a group of categories, with the group's title.

    The better a model's rating in a category, the more shade.
    """
    if not names:
        return ()
    groups: dict[str, dict[str, str]] = {"": {"": "Overall"}}
    for one in categories:
        if one.id in boards:
            groups.setdefault(one.group, {"": "Overall"})[one.id] = one.title
    return tuple(
        (group, _category_heat({key: boards[key] for key in titles}, titles, names))
        for group, titles in groups.items()
    )


def _category_heat(
    boards: Mapping[str, Leaderboard], titles: Mapping[str, str], names: Sequence[str]
) -> views.HeatView:
    places = {
        key: {one.label: i for i, one in enumerate(_ranked(board))} for key, board in boards.items()
    }
    rows = []
    for name in names:
        cells = []
        for key, board in boards.items():
            place = places[key].get(name)
            behind = 0.0 if place is None else 1 - place / len(places[key])
            cells.append(_place(board.standing(name), round(SHADES * behind)))
        rows.append((name, model_url(name), tuple(cells)))
    return views.HeatView(tuple((titles[key], "") for key in boards), tuple(rows))


def _ranked(board: Leaderboard) -> list[Standing]:
    return [one for one in board.standings if one.rank is not None]


def _place(one: Standing | None, shade: int) -> views.HeatCell:
    if one is None:
        return views.HeatCell("")
    rating = "–" if one.rating is None else f"{one.rating:.0f}"
    if one.rank is None:
        return views.HeatCell("–", "", f"no rank yet; rating {rating}, {one.votes:,} votes")
    words = (
        f"rank {one.rank} ({one.rank_low}–{one.rank_high}), rating {rating}, {one.votes:,} votes"
    )
    return views.HeatCell(str(one.rank), f"s{shade}", words)


def rate_heat(
    found: Mapping[tuple[str, str], PairRecord], names: Sequence[str], query: BoardQuery
) -> views.HeatView:
    """Win rates of the row's model against the column's, in percent."""

    def cell(row: str, column: str) -> views.HeatCell:
        one = found.get((row, column))
        if one is None or one.rate is None or one.interval is None:
            return views.HeatCell("")
        low, high = (100 * bound for bound in one.interval)
        words = (
            f"{row} against {column}: {100 * one.rate:.0f} % ({low:.0f} to {high:.0f}) "
            f"of {one.votes:,} votes"
        )
        shade = f"d{round(SHADES * one.rate)}"
        return views.HeatCell(
            f"{100 * one.rate:.0f}", shade, words, compare_url(query, row, column)
        )

    return _square(names, cell)


def count_heat(
    found: Mapping[tuple[str, str], PairRecord], names: Sequence[str], query: BoardQuery
) -> views.HeatView:
    """How many votes each pair has; shades go with the logarithm."""
    most = max((one.votes for one in found.values()), default=1)

    def cell(row: str, column: str) -> views.HeatCell:
        one = found.get((row, column))
        if one is None:
            return views.HeatCell("")
        shade = max(1, round(SHADES * math.log1p(one.votes) / math.log1p(most)))
        words = f"{row} and {column}: {one.votes:,} votes"
        return views.HeatCell(str(one.votes), f"s{shade}", words, compare_url(query, row, column))

    return _square(names, cell)


def _square(names: Sequence[str], cell: object) -> views.HeatView:
    assert callable(cell)
    return views.HeatView(
        tuple((name, str(number)) for number, name in enumerate(names, 1)),
        tuple(
            (
                name,
                model_url(name),
                tuple(
                    cell(name, other) if other != name else views.HeatCell("·") for other in names
                ),
            )
            for name in names
        ),
    )


def compare_url(
    query: BoardQuery, first: str, second: str, page: str = "/compare", prefix: str = ""
) -> str:
    """The page of two models head to head, or one of its downloads."""
    url = query.board.url(page, prefix)
    return f"{url}{'&' if '?' in url else '?'}{urlencode({'a': first, 'b': second})}"


def prediction_points(found: Mapping[tuple[str, str], PairRecord]) -> tuple[views.PointView, ...]:
    """Pairs by predicted and observed win rate of the favourite, those with most votes."""
    known = [
        one
        for one in found.values()
        if one.predicted is not None and one.predicted >= 0.5 and one.rate is not None
    ]
    known.sort(key=lambda one: -one.votes)
    return tuple(
        views.PointView(
            round(200 * (one.predicted or 0) - 100, 1),
            round(100 - 100 * (one.rate or 0), 1),
            f"{one.first} against {one.second}",
            min(7, 2 + round(math.sqrt(one.votes) / 3)),
        )
        for one in known[:POINTS_SHOWN]
    )


def calibration_points(table: DataTable) -> tuple[views.PointView, ...]:
    """The bins of predicted win rates with what came of them."""
    points = []
    for row in table.records():
        predicted, observed, lower, upper = (
            float(row[name] or 0) for name in ("predicted", "observed", "lower", "upper")
        )
        words = (
            f"predicted {100 * predicted:.0f} %, observed {100 * observed:.0f} % "
            f"({100 * lower:.0f} to {100 * upper:.0f}) of {row['votes']:,} votes"
        )
        points.append(
            views.PointView(
                round(200 * predicted - 100, 1), round(100 - 100 * observed, 1), words, 5,
                round(100 - 100 * lower, 1), round(100 - 100 * upper, 1),
            )
        )  # fmt: skip
    return tuple(points)


def rating_lines(
    snapshots: Sequence[Snapshot], named: Mapping[str, str], names: Sequence[str]
) -> tuple[tuple[views.LineView, ...], tuple[tuple[float, str], ...], bool]:
    """Lines of these models' ratings, ticks of the axis, and whether the axis counts votes.

    Time is counted in votes where all snapshots lie within an hour.
    """
    if not snapshots:
        return (), (), False
    by_votes = snapshots[-1].as_of - snapshots[0].as_of < HOUR
    places = [float(one.votes) if by_votes else one.as_of for one in snapshots]
    low, length = places[0], (places[-1] - places[0]) or 1.0
    at = [round(4 + 90 * (place - low) / length, 1) for place in places]
    held: dict[str, list[views.PointView]] = {name: [] for name in names[:LINES]}
    for x, one in zip(at, snapshots, strict=True):
        for row in one.standings:
            name = named.get(row["entry"])
            if name in held and row["rating"] is not None and row["rank"]:
                said = f"{_day(one.as_of)}, {one.votes:,} votes: {row['rating']:.0f}"
                held[name].append(views.PointView(x, row["rating"], said))
    drawn = [(name, points) for name, points in held.items() if points]
    stand = _apart([points[-1].y for _, points in drawn], [p.y for _, ps in drawn for p in ps])
    lines = tuple(
        views.LineView(
            i, name, model_url(name), tuple(points), points[0].y, points[-1].y, stand[i - 1]
        )
        for i, (name, points) in enumerate(drawn, 1)
    )
    marks = sorted({0, len(snapshots) // 2, len(snapshots) - 1})
    ticks = tuple(
        (at[i], f"{snapshots[i].votes:,}" if by_votes else _day(snapshots[i].as_of)) for i in marks
    )
    return lines, ticks, by_votes


def _apart(ends: Sequence[float], drawn: Sequence[float]) -> list[float]:
    """The ends of lines moved apart, so that the numbers beside them can be read."""
    gap = MARK_HEIGHT * max(max(drawn, default=0.0) - min(drawn, default=0.0), 20.0)
    order = sorted(range(len(ends)), key=lambda i: -ends[i])
    groups: list[tuple[float, int]] = []
    for i in order:
        middle, size = ends[i], 1
        while groups and groups[-1][0] - middle < gap * (groups[-1][1] + size) / 2:
            above, many = groups.pop()
            middle = (middle * size + above * many) / (size + many)
            size += many
        groups.append((middle, size))
    places = [middle + gap * ((size - 1) / 2 - k) for middle, size in groups for k in range(size)]
    return [place for _, place in sorted(zip(order, places, strict=True))]


def span(lines: Sequence[views.LineView]) -> tuple[float, float]:
    """The lowest and the highest rating on these lines."""
    found = [y for line in lines for y in (*(point.y for point in line.points), line.mark)]
    return min(found, default=0.0), max(found, default=0.0)


def price_points(
    standings: Sequence[Standing],
) -> tuple[tuple[views.PointView, ...], tuple[tuple[float, str], ...], tuple[views.BoardRow, ...]]:
    """Models by price of output, on a logarithmic axis, and rating; ticks; the same as rows.

    Those that no model at their price or below beats are labelled.
    """
    rows = [
        row for row in map(board_row, standings) if row.price is not None and row.rating is not None
    ]
    if not rows:
        return (), (), ()
    # Free models stand where a tenth of a cent would.
    logs = [math.log10(max(row.price or 0.0, 0.001)) for row in rows]
    low, high = min(logs) - 0.15, max(logs) + 0.15
    unbeaten = _unbeaten(rows)
    points = tuple(
        views.PointView(
            x=round(100 * (x - low) / (high - low), 1),
            y=row.rating or 0.0,
            words=f"{row.name}: {row.rating:.0f} at ${row.price:g}",
            size=4,
            low=row.lower,
            high=row.upper,
            label=row.name if row.name in unbeaten else "",
        )
        for x, row in zip(logs, rows, strict=True)
    )
    ticks = tuple(
        (round(100 * (math.log10(mark) - low) / (high - low), 1), f"${mark:g}")
        for power in range(-3, 4)
        for mark in (10.0**power, 3 * 10.0**power)
        if low <= math.log10(mark) <= high
    )
    return points, ticks, tuple(sorted(rows, key=lambda row: row.price or 0.0))


def _unbeaten(rows: Sequence[views.BoardRow]) -> set[str]:
    """The models that none at their price or below beats."""
    found, best = set(), -math.inf
    for row in sorted(rows, key=lambda row: (row.price or 0.0, -(row.rating or 0.0))):
        if (row.rating or 0.0) > best:
            found.add(row.name)
            best = row.rating or 0.0
    return found


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d")
