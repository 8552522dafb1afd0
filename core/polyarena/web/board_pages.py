"""The leaderboards' pages and downloads."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from .boards import board_view
from .boards_csv import board_csv
from .context import ServicesDep
from .page import page

router = APIRouter(include_in_schema=False)


@router.get("/arenas/{arena_id}/leaderboard")
async def leaderboard(
    request: Request, services: ServicesDep, arena_id: str, category: str = "", q: str = ""
) -> Response:
    board = await services.leaderboards.board(arena_id, category or None)
    view = await board_view(services, board, q)
    return page(request, "leaderboard.html", board=view, active=arena_id)


@router.get("/arenas/{arena_id}/leaderboard.csv")
async def leaderboard_csv(services: ServicesDep, arena_id: str, category: str = "") -> Response:
    board = await services.leaderboards.board(arena_id, category or None)
    return board_csv(board)
