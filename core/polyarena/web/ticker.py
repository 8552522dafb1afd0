"""The live ticker on a leaderboard's page, and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..data_table import DataTable
from ..errors import BadRequest
from ..services import Services
from ..services.ticker import Movement
from ..ticker import LOT_VOTERS, LOT_VOTES
from .board_query import BoardQuery
from .board_tables import when
from .boards import model_url

MOVERS_SHOWN = 6
METHOD = (
    "Provisional, not the rating: online Elo from the ratings of the snapshot, over counted votes "
    "since, told in lots"
)


@dataclass(frozen=True, slots=True)
class MoverView:
    """A model that moved, by how many points and votes."""

    name: str
    url: str
    change: float
    votes: int


@dataclass(frozen=True, slots=True)
class TickerView:
    """The largest movements; `since` is empty without a snapshot, `url` where it is asked anew.

    A lot of votes is told of once it has `lot_votes` of `lot_voters` people.
    """

    movers: tuple[MoverView, ...]
    votes: int
    since: str
    url: str
    csv_url: str
    json_url: str
    lot_votes: int = LOT_VOTES
    lot_voters: int = LOT_VOTERS


async def movement_of(services: Services, query: BoardQuery) -> Movement:
    """What has moved in an arena.

    Raises:
        NotFound: no such arena is installed.
        BadRequest: a category or a control was asked for.
    """
    if query.category or query.control:
        raise BadRequest("The live ticker is of all votes; it has no categories and no controls.")
    return await services.ticker.movement(query.arena)


def movers(movement: Movement) -> DataTable:
    """One row a model that moved, the largest movement first; the change in points."""
    rows = [(one.name, one.change, one.votes) for one in movement.movers]
    return DataTable("live", ("model", "change", "votes"), rows)


def about(movement: Movement) -> dict[str, Any]:
    """What the table of movers is about."""
    return {
        "arena": movement.arena,
        "provisional": True,
        "method": METHOD,
        "snapshot": movement.snapshot or None,
        "since": when(movement.since) if movement.snapshot else None,
        "votes": movement.votes,
        "lot": {"votes": LOT_VOTES, "voters": LOT_VOTERS},
    }


def mark(movement: Movement) -> str:
    """A mark that changes when there is something new to tell."""
    return f"{movement.snapshot}-{movement.votes}"


def ticker_view(movement: Movement) -> TickerView:
    """The ticker as the page shows it."""
    query = BoardQuery(movement.arena)
    shown = movement.movers[:MOVERS_SHOWN]
    return TickerView(
        movers=tuple(
            MoverView(one.name, model_url(one.name), one.change, one.votes) for one in shown
        ),
        votes=movement.votes,
        since=when(movement.since) if movement.snapshot else "",
        url=f"{query.url('/live')}?seen={mark(movement)}",
        csv_url=query.csv_url("live"),
        json_url=query.json_url("live"),
    )
