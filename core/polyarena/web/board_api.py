"""The leaderboards in the JSON API."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from ..model import Model
from .boards_csv import board_csv
from .context import ServicesDep

router = APIRouter(prefix="/api/v1")


@router.get("/arenas/{arena_id}/leaderboard")
async def leaderboard(
    services: ServicesDep, arena_id: str, category: str | None = None
) -> dict[str, Any]:
    """The leaderboard: ratings with 95 % intervals, 400 points to tenfold odds."""
    board = await services.leaderboards.board(arena_id, category or None)
    rows = [
        {
            **model_fields(one.model),
            "rating": one.rating,
            "lower": one.lower,
            "upper": one.upper,
            "rank": one.rank,
            "rank_low": one.rank_low,
            "rank_high": one.rank_high,
            "votes": one.votes,
            "state": one.model.state.value,
        }
        for one in board.standings
    ]
    return {
        "arena": board.arena,
        "category": board.category,
        "votes": board.votes,
        "notes": list(board.notes),
        "rows": rows,
    }


@router.get("/arenas/{arena_id}/leaderboard.csv")
async def leaderboard_csv(
    services: ServicesDep, arena_id: str, category: str | None = None
) -> Response:
    """The leaderboard as CSV."""
    return board_csv(await services.leaderboards.board(arena_id, category or None))


def model_fields(model: Model) -> dict[str, Any]:
    """What anyone may know of a model."""
    return {
        "model": model.name,
        "organization": model.organization,
        "license": model.license,
        "link": model.link,
    }
