"""Leaderboards as their pages show them."""

from __future__ import annotations

from urllib.parse import urlencode

from ..services import Services
from ..services.leaderboards import Leaderboard, Standing
from . import views


async def board_view(services: Services, board: Leaderboard, query: str) -> views.BoardView:
    """A leaderboard's page."""
    url = f"/arenas/{board.arena}/leaderboard"
    counts = await services.leaderboards.counts(board.arena)
    arena = services.battles.arena(board.arena)
    picks = [views.LinkView("", "Overall", url, board.category is None)]
    for category in services.leaderboards.categories(board.arena):
        picks.append(
            views.LinkView(
                category.id,
                category.title,
                f"{url}?{urlencode({'category': category.id})}",
                category.id == board.category,
                counts.get(category.id, 0),
            )
        )
    wanted = query.casefold()
    rows = [
        _board_row(one)
        for one in board.standings
        if wanted in f"{one.model.name} {one.model.organization}".casefold()
    ]
    bounds = [x for row in rows for x in (row.lower, row.upper, row.rating) if x is not None]
    suffix = f"?{urlencode({'category': board.category})}" if board.category else ""
    return views.BoardView(
        arena=board.arena,
        title=arena.manifest.title,
        rows=tuple(row for row in rows if row.state != "preliminary"),
        preliminary=tuple(row for row in rows if row.state == "preliminary"),
        categories=tuple(picks),
        votes=board.votes,
        notes=board.notes,
        csv_url=f"{url}.csv{suffix}",
        json_url=f"/api/v1{url}{suffix}",
        low=min(bounds, default=0.0),
        high=max(bounds, default=0.0),
        query=query,
    )


def _board_row(one: Standing) -> views.BoardRow:
    return views.BoardRow(
        rank=one.rank,
        rank_low=one.rank_low,
        rank_high=one.rank_high,
        name=one.model.name,
        organization=one.model.organization,
        license=one.model.license,
        link=one.model.link,
        rating=one.rating,
        lower=one.lower,
        upper=one.upper,
        votes=one.votes,
        state=one.model.state.value,
    )
