"""The leaderboards' pages and downloads."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from ..data_table import Cell
from ..store.snapshots import Listed
from . import board_data, board_plots, board_views, ticker
from . import board_tables as tables
from .board_columns import ends, evidence_views
from .board_query import BoardQuery, BoardQueryDep
from .boards import board_view, bounds, head_view, model_url
from .context import ServicesDep
from .model_data import model_table, model_view
from .page import page
from .records import compare_view
from .tables import download
from .voters import voters_view

router = APIRouter(include_in_schema=False)
HEAT_MODELS = 20
MOVES_SHOWN = 12
SNAPSHOTS_SHOWN = 100
Names = Annotated[list[str] | None, Query(max_length=20)]


@router.get("/arenas/{arena_id}/leaderboard")
async def leaderboard(request: Request, services: ServicesDep, query: BoardQueryDep) -> Response:
    board = await board_data.board_of(services, query)
    view = await board_view(services, board, query)
    shown = None
    if board.votes and query.board == BoardQuery(query.arena):
        shown = ticker.ticker_view(await ticker.movement_of(services, query))
    return page(request, "leaderboard.html", board=view, ticker=shown, active=query.arena)


@router.get("/arenas/{arena_id}/leaderboard/live")
async def live(
    request: Request, services: ServicesDep, query: BoardQueryDep, seen: str = ""
) -> Response:
    movement = await ticker.movement_of(services, query)
    if seen == ticker.mark(movement):
        return Response(status_code=204, headers={"cache-control": "no-store"})
    return page(request, "_live.html", ticker=ticker.ticker_view(movement))


@router.get("/arenas/{arena_id}/leaderboard/categories")
async def categories(request: Request, services: ServicesDep, query: BoardQueryDep) -> Response:
    boards = await board_data.all_boards(services, query)
    names = [one.label for one in query.picked(boards[""].standings)]
    view = board_views.CategoriesView(
        head=await head_view(services, boards[""], query, "/categories"),
        heats=board_plots.category_heats(
            boards, services.leaderboards.categories(query.arena), names
        ),
        query=query.q,
    )
    return page(request, "leaderboard_categories.html", board=view, active=query.arena)


@router.get("/arenas/{arena_id}/leaderboard/pairs")
async def pairs(
    request: Request, services: ServicesDep, query: BoardQueryDep, models: str = ""
) -> Response:
    board = await board_data.board_of(services, query)
    found = tables.records(board)
    known = [one.label for one in board.standings if one.rating is not None]
    names = known if models == "all" else known[:HEAT_MODELS]
    url = query.board.url("/pairs")
    view = board_views.WinsView(
        head=await head_view(services, board, query, "/pairs"),
        rates=board_plots.rate_heat(found, names, query),
        counts=board_plots.count_heat(found, names, query),
        points=board_plots.prediction_points(found),
        bins=board_plots.calibration_points(tables.calibration(found)),
        shown=len(names),
        models=len(known),
        all_url=f"{url}{'&' if '?' in url else '?'}models=all",
        calibration_csv=query.board.csv_url("calibration"),
        calibration_json=query.board.json_url("calibration"),
    )
    return page(request, "leaderboard_pairs.html", board=view, active=query.arena)


@router.get("/arenas/{arena_id}/leaderboard/compare")
async def compare(
    request: Request, services: ServicesDep, query: BoardQueryDep, a: str = "", b: str = ""
) -> Response:
    board = await board_data.board_of(services, query)
    view = await compare_view(services, board, query, a, b)
    return page(request, "leaderboard_compare.html", board=view, active=query.arena)


@router.get("/arenas/{arena_id}/leaderboard/history")
async def history(
    request: Request, services: ServicesDep, query: BoardQueryDep, model: Names = None
) -> Response:
    board = await board_data.board_of(services, query)
    snapshots = await board_data.history_of(services, query)
    stored = await board_data.listed(services, query)
    named = await board_data.named(services)
    names = model or [one.label for one in board.standings if one.rank is not None]
    lines, ticks, by_votes = board_plots.rating_lines(snapshots, named, names)
    low, high = board_plots.span(lines)
    before = board_data.then(snapshots, board)
    moved = tables.moves(board, before, named).records()[:MOVES_SHOWN]
    view = board_views.HistoryPageView(
        head=await head_view(services, board, query, "/history"),
        lines=lines,
        ticks=ticks,
        by_votes=by_votes,
        low=low,
        high=high,
        moves=tuple(_move(row) for row in moved),
        since=tables.when(before.as_of)[:10] if before else "",
        snapshots=tuple(_link(one) for one in stored[: -SNAPSHOTS_SHOWN - 1 : -1]),
        stored=len(stored),
        snapshots_csv=query.board.csv_url("snapshots"),
        snapshots_json=query.board.json_url("snapshots"),
        moves_csv=query.board.csv_url("moves"),
        moves_json=query.board.json_url("moves"),
        evidence=evidence_views(board.columns),
        ends=ends(snapshots, named, board.columns),
    )
    return page(request, "leaderboard_history.html", board=view, active=query.arena)


def _link(one: Listed) -> board_views.SnapshotLink:
    url = f"/api/v1/snapshots/{one.id}"
    return board_views.SnapshotLink(one.id, tables.when(one.as_of)[:16], one.votes, url)


def _move(row: dict[str, Cell]) -> board_views.MoveView:
    name, change = str(row["model"]), float(row["change"] or 0)
    then, now, moved = (int(row[key] or 0) for key in ("rank_then", "rank", "moved"))
    return board_views.MoveView(name, model_url(name), then, now, moved, change)


@router.get("/arenas/{arena_id}/leaderboard/voters")
async def voters(request: Request, services: ServicesDep, query: BoardQueryDep) -> Response:
    view = await voters_view(services, query)
    return page(request, "leaderboard_voters.html", board=view, active=query.arena)


@router.get("/arenas/{arena_id}/leaderboard/prices")
async def prices(request: Request, services: ServicesDep, query: BoardQueryDep) -> Response:
    board = await board_data.board_of(services, query)
    points, ticks, rows = board_plots.price_points(board.standings)
    low, high = bounds(one for one in board.standings if one.model.price)
    view = board_views.PricesView(
        head=await head_view(services, board, query, "/prices"),
        points=points,
        ticks=ticks,
        rows=rows,
        low=low,
        high=high,
    )
    return page(request, "leaderboard_prices.html", board=view, active=query.arena)


@router.get("/arenas/{arena_id}/leaderboard.csv")
async def leaderboard_csv(services: ServicesDep, query: BoardQueryDep) -> Response:
    return await table_csv(services, query, "ranking")


@router.get("/arenas/{arena_id}/leaderboard/compare.csv")
async def compare_csv(services: ServicesDep, query: BoardQueryDep, a: str, b: str) -> Response:
    found = await board_data.head_to_head(services, query, a, b)
    file = board_data.file_name(query, "head-to-head")
    return download(tables.head_to_head(found.by_category), file)


@router.get("/arenas/{arena_id}/leaderboard/{name}.csv")
async def table_csv(services: ServicesDep, query: BoardQueryDep, name: str) -> Response:
    found = await board_data.table(services, query, name)
    shown = name if name != "ranking" else ""
    return download(found, board_data.file_name(query, shown))


@router.get("/models/{label}.csv")
async def model_csv(services: ServicesDep, label: str) -> Response:
    return download(await model_table(services, label), "model")


@router.get("/models/{label}")
async def model(request: Request, services: ServicesDep, label: str) -> Response:
    return page(request, "model.html", model=await model_view(services, label))
