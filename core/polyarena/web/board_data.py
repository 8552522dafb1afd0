"""What several pages and downloads of a leaderboard need: boards, records, history."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from ..data_table import DataTable
from ..errors import NotFound
from ..pair_record import PairRecord
from ..services import Services
from ..services.standings import Leaderboard, labels
from ..store.snapshots import Listed, Snapshot
from . import board_tables as tables
from . import ticker, voters
from .board_query import BoardQuery

WEEK = 7 * 86400.0


async def board_of(services: Services, query: BoardQuery) -> Leaderboard:
    """The board a query names.

    Raises:
        NotFound: no such arena, category, control or aspect.
    """
    return await services.leaderboards.board(*_key(query))


def _key(query: BoardQuery) -> tuple[str, str | None, str, str, str]:
    return query.arena, query.category or None, query.control, query.aspect, query.voters


async def all_boards(services: Services, query: BoardQuery) -> dict[str, Leaderboard]:
    """The boards of all votes (under an empty id) and of every category that has votes."""
    boards = {"": await board_of(services, replace(query, category=""))}
    for category in services.leaderboards.categories(query.arena):
        board = await board_of(services, replace(query, category=category.id))
        if board.votes:
            boards[category.id] = board
    return boards


async def named(services: Services) -> dict[str, str]:
    """The labels by entry of every model whose name anyone may read."""
    return labels(await services.leaderboards.shown())


async def history_of(services: Services, query: BoardQuery) -> list[Snapshot]:
    """The newest snapshots of a board, oldest first."""
    return await services.snapshots.history(*_key(query))


async def listed(services: Services, query: BoardQuery) -> list[Listed]:
    """Every snapshot of a board without its contents, oldest first.

    Raises:
        NotFound: no such arena, category, control or aspect.
    """
    await board_of(services, query)
    return await services.snapshots.listed(*_key(query))


def then(snapshots: list[Snapshot], board: Leaderboard) -> Snapshot | None:
    """The newest snapshot with ranks at least a week older than the board, or else the oldest."""
    past = [
        one
        for one in snapshots
        if one.last_seq < board.last_seq and any(row["rank"] for row in one.standings)
    ]
    old = [one for one in past if board.as_of - one.as_of >= WEEK]
    return old[-1] if old else next(iter(past), None)


@dataclass(frozen=True, slots=True)
class HeadToHead:
    """Two models' records by category, that of all votes under an empty id."""

    first: str
    second: str
    by_category: Mapping[str, PairRecord]


async def head_to_head(
    services: Services, query: BoardQuery, first: str, second: str
) -> HeadToHead:
    """Two models' records.

    Raises:
        NotFound: one of them has no votes here, or both are the same.
    """
    boards = await all_boards(services, query)
    for name in (first, second):
        if boards[""].standing(name) is None:
            raise NotFound(f"No votes on a model named {name!r} are counted here.")
    if first == second:
        raise NotFound("A model is compared with another one.")
    empty = PairRecord(first, second, 0, 0, 0, 0)
    found = {key: tables.records(board).get((first, second)) for key, board in boards.items()}
    return HeadToHead(
        first, second, {key: one or empty for key, one in found.items() if one or not key}
    )


async def _ranking(services: Services, query: BoardQuery) -> DataTable:
    board = await board_of(services, query)
    return tables.ranking(query.picked(board.standings), board.columns)


async def _categories(services: Services, query: BoardQuery) -> DataTable:
    return tables.categories(await all_boards(services, query))


async def _pairs(services: Services, query: BoardQuery) -> DataTable:
    return tables.pairs(tables.records(await board_of(services, query)))


async def _calibration(services: Services, query: BoardQuery) -> DataTable:
    return tables.calibration(tables.records(await board_of(services, query)))


async def _history(services: Services, query: BoardQuery) -> DataTable:
    board = await board_of(services, query)
    return tables.history(await history_of(services, query), await named(services), board.columns)


async def _snapshots(services: Services, query: BoardQuery) -> DataTable:
    return tables.snapshots(await listed(services, query))


async def _moves(services: Services, query: BoardQuery) -> DataTable:
    board = await board_of(services, query)
    before = then(await history_of(services, query), board)
    return tables.moves(board, before, await named(services))


async def _live(services: Services, query: BoardQuery) -> DataTable:
    return ticker.movers(await ticker.movement_of(services, query))


async def _prices(services: Services, query: BoardQuery) -> DataTable:
    return tables.prices((await board_of(services, query)).standings)


async def _agreement(services: Services, query: BoardQuery) -> DataTable:
    return voters.agreement(await services.agreements.of(query.arena, query.category or None))


async def _voters(services: Services, query: BoardQuery) -> DataTable:
    return voters.side_by_side(await voters.boards(services, query))


async def _effects(services: Services, query: BoardQuery) -> DataTable:
    return tables.effects(await board_of(services, query))


TABLES: Mapping[str, Callable[[Services, BoardQuery], Awaitable[DataTable]]] = {
    "ranking": _ranking,
    "categories": _categories,
    "pairs": _pairs,
    "calibration": _calibration,
    "history": _history,
    "snapshots": _snapshots,
    "moves": _moves,
    "live": _live,
    "prices": _prices,
    "effects": _effects,
    "agreement": _agreement,
    "voters": _voters,
}


async def table(services: Services, query: BoardQuery, name: str) -> DataTable:
    """A board's table by name, one of `TABLES`.

    Raises:
        NotFound: there is no such table, arena, category, control or aspect.
    """
    if name not in TABLES:
        raise NotFound(f"A leaderboard has no table {name!r}; there are {', '.join(TABLES)}.")
    return await TABLES[name](services, query)


def file_name(query: BoardQuery, name: str = "") -> str:
    """What a download of this board is called."""
    board = (query.category or "overall", query.control, query.aspect, query.voters)
    parts = (query.arena, *board, name)
    return "-".join(part for part in parts if part)
