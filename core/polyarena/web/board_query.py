"""Which board a request is about, and how its rows are to be shown; the same in every URL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import Depends, Query

from ..arena import Column
from ..errors import BadRequest
from ..services.standings import Standing
from .board_columns import figures, name_of
from .context import ServicesDep

SORTS = ("rank", "model", "organization", "license", "rating", "shift", "price", "votes")
RISING = frozenset({"rank", "model", "organization", "license"})
Text = Annotated[str, Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """An arena's board, by all that there are boards by; its rows searched, filtered and sorted.

    `sort` is one of `sorts`, with a minus in front for falling order; `columns` are the arena's.

    Raises:
        BadRequest: there is no such column to sort by.
    """

    arena: str
    category: str = ""
    control: str = ""
    aspect: str = ""
    voters: str = ""
    q: str = ""
    organization: str = ""
    license: str = ""
    sort: str = ""
    columns: tuple[Column, ...] = ()

    def __post_init__(self) -> None:
        if self.sort and self.sort.removeprefix("-") not in self.sorts:
            raise BadRequest(f"A board cannot be sorted by {self.sort!r}, only by {self.sorts}.")

    @property
    def sorts(self) -> tuple[str, ...]:
        """What the rows can be sorted by."""
        return (*SORTS, *map(name_of, self.columns))

    @property
    def base(self) -> str:
        """The path of the arena's leaderboard."""
        return f"/arenas/{quote(self.arena)}/leaderboard"

    @property
    def board(self) -> BoardQuery:
        """The same board with all its rows."""
        return BoardQuery(self.arena, self.category, self.control, self.aspect, self.voters)

    def url(self, page: str = "", prefix: str = "", **changes: str) -> str:
        """The address of a page of this board, with these changes."""
        named = ("category", "control", "aspect", "voters", "q", "organization", "license", "sort")
        given = {name: getattr(self, name) for name in named} | changes
        query = urlencode({name: value for name, value in given.items() if value})
        return f"{prefix}{self.base}{page}" + (f"?{query}" if query else "")

    def csv_url(self, table: str = "") -> str:
        """A table of this board as CSV."""
        return self.url(f"/{table}.csv" if table else ".csv")

    def json_url(self, table: str = "") -> str:
        """A table of this board as JSON."""
        return self.url(f"/{table}" if table else "", prefix="/api/v1")

    def sort_url(self, column: str) -> str:
        """The board sorted by a column; the other way if it is already."""
        first, other = (column, f"-{column}") if column in RISING else (f"-{column}", column)
        sort = other if self.sort == first or (column == "rank" and not self.sort) else first
        return self.url(sort="" if sort == "rank" else sort)

    def picked(self, standings: tuple[Standing, ...]) -> list[Standing]:
        """The standings that match, in the order asked for; those without a value last."""
        wanted = self.q.strip().casefold()
        found = [
            one
            for one in standings
            if wanted in f"{one.label} {one.model.organization}".casefold()
            and self.organization in ("", one.model.organization)
            and self.license in ("", one.model.license)
        ]
        column = self.sort.removeprefix("-")
        if column in ("", "rank"):
            return found[::-1] if self.sort.startswith("-") else found
        value = VALUES.get(column) or self._figure(column)
        known = [one for one in found if value(one) not in (None, "")]
        known.sort(key=value, reverse=self.sort.startswith("-"))
        return known + [one for one in found if value(one) in (None, "")]

    def _figure(self, name: str) -> Callable[[Standing], str]:
        place = [name_of(one) for one in self.columns].index(name)
        return lambda one: figures(one, self.columns)[place]  # type: ignore[return-value]


# What is compared is of one type in every column, once None is left out.
VALUES: dict[str, Callable[[Standing], str]] = {
    "model": lambda one: one.label.casefold(),
    "organization": lambda one: one.model.organization.casefold(),
    "license": lambda one: one.model.license.casefold(),
    "rating": lambda one: one.rating,  # type: ignore[dict-item,return-value]
    "shift": lambda one: one.shift,  # type: ignore[dict-item,return-value]
    "price": lambda one: one.model.price and one.model.price.output,  # type: ignore[dict-item,return-value]
    "votes": lambda one: one.votes,  # type: ignore[dict-item,return-value]
}


async def board_query(
    services: ServicesDep,
    arena_id: str,
    category: Text = "",
    control: Text = "",
    aspect: Text = "",
    voters: Text = "",
    q: Text = "",
    organization: Text = "",
    license: Text = "",
    sort: Text = "",
) -> BoardQuery:
    """The board that a request's address names."""
    arena = services.registry.arenas.get(arena_id)
    columns = arena.manifest.shown_columns if arena is not None else ()
    found = (q, organization, license, sort)
    return BoardQuery(arena_id, category, control, aspect, voters, *found, columns)


BoardQueryDep = Annotated[BoardQuery, Depends(board_query)]
