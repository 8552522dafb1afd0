"""A model's page: its particulars and what every arena's votes say of it."""

from __future__ import annotations

from urllib.parse import quote

from ..data_table import DataTable
from ..errors import NotFound
from ..model import Model
from ..services import Services
from ..services.standings import labels
from . import board_data, board_plots
from . import board_tables as tables
from . import board_views as views
from .board_query import BoardQuery
from .boards import board_row
from .records import record_view


async def find(services: Services, label: str) -> Model:
    """A model whose name anyone may read, by its label on the boards.

    Raises:
        NotFound: there is none.
    """
    shown = await services.leaderboards.shown()
    for entry, name in labels(shown).items():
        if name == label:
            return shown[entry]
    raise NotFound(f"There is no model named {label!r} on the leaderboards.")


async def model_table(services: Services, label: str) -> DataTable:
    """One row an arena and category in which the model has votes."""
    await find(services, label)
    rows = []
    for arena in services.registry.arenas:
        boards = await board_data.all_boards(services, BoardQuery(arena))
        for category, board in boards.items():
            if one := board.standing(label):
                row = (one.rating, one.lower, one.upper, one.votes, one.preliminary)
                rows.append((arena, category, one.rank, one.rank_low, one.rank_high, *row))
    columns = (
        "arena", "category", "rank", "rank_low", "rank_high", "rating", "lower", "upper", "votes",
        "preliminary",
    )  # fmt: skip
    return DataTable("model", columns, rows)


async def model_view(services: Services, label: str) -> views.ModelView:
    """A model's page.

    Raises:
        NotFound: there is no such model, or its name is not for anyone to read.
    """
    model = await find(services, label)
    boards = [await _in_arena(services, arena, label) for arena in services.registry.arenas]
    url = f"/models/{quote(label, safe='')}"
    return views.ModelView(
        name=label,
        organization=model.organization,
        license=model.license,
        link=model.link,
        state=model.state.value,
        price=(model.price.input, model.price.output) if model.price else None,
        boards=tuple(board for board in boards if board is not None),
        csv_url=f"{url}.csv",
        json_url=f"/api/v1{url}",
    )


async def _in_arena(services: Services, arena_id: str, label: str) -> views.ModelBoardView | None:
    query = BoardQuery(arena_id)
    boards = await board_data.all_boards(services, query)
    titles = tables.titles(services.leaderboards.categories(arena_id))
    places = {key: board.standing(label) for key, board in boards.items()}
    if places[""] is None:
        return None
    named = await board_data.named(services)
    snapshots = await board_data.history_of(services, query)
    lines, ticks, by_votes = board_plots.rating_lines(snapshots, named, [label])
    low, high = board_plots.span(lines)
    records = tables.records(boards[""])
    against = [one for (name, _), one in records.items() if name == label]
    against.sort(key=lambda one: -one.votes)
    return views.ModelBoardView(
        title=services.battles.arena(arena_id).manifest.title,
        rows=tuple((titles.get(key, ""), board_row(one)) for key, one in places.items() if one),
        lines=lines,
        ticks=ticks,
        by_votes=by_votes,
        low=low,
        high=high,
        opponents=tuple(
            record_view(one, one.second, board_plots.compare_url(query, label, one.second))
            for one in against
        ),
    )
