"""The leaderboards in the JSON API."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from ..model import SHOWN, Model
from ..services import Services
from . import board_data, model_data, ticker
from . import board_tables as tables
from .board_columns import described
from .board_pages import compare_csv, model_csv, table_csv
from .board_query import BoardQuery, BoardQueryDep
from .context import ServicesDep

router = APIRouter(prefix="/api/v1")


@router.get("/arenas/{arena_id}/leaderboard")
async def leaderboard(services: ServicesDep, query: BoardQueryDep) -> dict[str, Any]:
    """The leaderboard: ratings with 95 % intervals, 400 points to tenfold odds.

    `columns` are the arena's own, by the name they have in the rows: shares from 0 to 1, medians
    and means in their unit.
    """
    board = await board_data.board_of(services, query)
    picked = query.picked(board.standings)
    ranking = tables.ranking(picked, board.columns)
    rows = [
        {**model_fields(one.model), **row}
        for one, row in zip(picked, ranking.records(), strict=True)
    ]
    return {
        **_about(query),
        "votes": board.votes,
        "as_of": tables.when(board.as_of) if board.votes else None,
        "last_seq": board.last_seq,
        "notes": list(board.notes),
        "effects": tables.effects(board).records(),
        "columns": described(board.columns),
        "rows": rows,
    }


@router.get("/arenas/{arena_id}/leaderboard.csv")
async def leaderboard_csv(services: ServicesDep, query: BoardQueryDep) -> Response:
    """The leaderboard as CSV."""
    return await table_csv(services, query, "ranking")


@router.get("/arenas/{arena_id}/leaderboard/compare")
async def compare(services: ServicesDep, query: BoardQueryDep, a: str, b: str) -> dict[str, Any]:
    """Two models head to head, by category; the empty category is all votes."""
    found = await board_data.head_to_head(services, query, a, b)
    return tables.head_to_head(found.by_category).json(**_about(query))


@router.get("/arenas/{arena_id}/leaderboard/compare.csv")
async def compare_as_csv(services: ServicesDep, query: BoardQueryDep, a: str, b: str) -> Response:
    """Two models head to head, as CSV."""
    return await compare_csv(services, query, a, b)


@router.get("/arenas/{arena_id}/leaderboard/live")
async def live(services: ServicesDep, query: BoardQueryDep) -> dict[str, Any]:
    """What has moved since the newest snapshot, by online Elo; provisional, not the rating.

    Votes are told of in lots, so that none shows alone; `votes` counts those told of.
    """
    movement = await ticker.movement_of(services, query)
    return ticker.movers(movement).json(**ticker.about(movement))


@router.get("/arenas/{arena_id}/leaderboard/{name}.csv")
async def table_as_csv(services: ServicesDep, query: BoardQueryDep, name: str) -> Response:
    """A table of the leaderboard as CSV."""
    return await table_csv(services, query, name)


@router.get("/arenas/{arena_id}/leaderboard/{name}")
async def table(services: ServicesDep, query: BoardQueryDep, name: str) -> dict[str, Any]:
    """A table of the leaderboard.

    `ranking`, `categories`, `pairs`, `calibration`, `history`, `snapshots`, `moves`, `live`,
    `prices`, `effects`, `voters` or `agreement`.
    """
    return (await board_data.table(services, query, name)).json(**_about(query))


@router.get("/arenas/{arena_id}/snapshots")
async def snapshots(services: ServicesDep, query: BoardQueryDep) -> list[dict[str, Any]]:
    """The stored snapshots of a board, oldest first, without their rows."""
    return (await board_data.table(services, query, "snapshots")).records()


@router.get("/arenas/{arena_id}/snapshots.csv")
async def snapshots_csv(services: ServicesDep, query: BoardQueryDep) -> Response:
    """The stored snapshots of a board as CSV."""
    return await table_csv(services, query, "snapshots")


@router.get("/snapshots/{snapshot_id}")
async def snapshot(services: ServicesDep, snapshot_id: int) -> dict[str, Any]:
    """A snapshot: what was rated and how, and the board as it stood."""
    one = await services.snapshots.get(snapshot_id)
    named = await board_data.named(services)
    hidden = await _hidden(services)
    return {
        **tables.snapshots([one]).records()[0],
        "parameters": one.parameters,
        "effects": list(one.effects),
        "notes": [note for note in one.notes if not any(name in note for name in hidden)],
        "rows": [
            {"model": named[row["entry"]], **row} for row in one.standings if row["entry"] in named
        ],
    }


@router.get("/models/{label}.csv")
async def model_as_csv(services: ServicesDep, label: str) -> Response:
    """A model's ratings in every arena and category, as CSV."""
    return await model_csv(services, label)


@router.get("/models/{label}")
async def model(services: ServicesDep, label: str) -> dict[str, Any]:
    """A model, and its ratings in every arena and category that has votes on it."""
    found = await model_data.find(services, label)
    return (await model_data.model_table(services, label)).json(
        **model_fields(found), state=found.state.value
    )


def model_fields(model: Model) -> dict[str, Any]:
    """What anyone may know of a model."""
    return {
        "model": model.name,
        "organization": model.organization,
        "license": model.license,
        "link": model.link,
    }


def _about(query: BoardQuery) -> dict[str, Any]:
    return {
        "arena": query.arena,
        "category": query.category or None,
        "control": query.control or None,
        "aspect": query.aspect or None,
        "voters": query.voters or None,
    }


async def _hidden(services: Services) -> set[str]:
    known = (await services.models.by_entry()).values()
    shown = {model.name for model in known if model.state in SHOWN}
    return {model.name for model in known} - shown
