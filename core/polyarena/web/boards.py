"""Leaderboards as their pages show them: the head of every page, and the ranking."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from ..arena import Column
from ..ballot import COMPOSITE
from ..electorate import EXPERT, PUBLIC
from ..leaderboard import engine
from ..services import Services
from ..services.standings import Leaderboard, Standing
from . import board_views as views
from .board_columns import evidence_views, told
from .board_query import BoardQuery
from .views import LinkView

TABS = {
    "": "Ranking",
    "/categories": "Categories",
    "/pairs": "Win rates",
    "/compare": "Head to head",
    "/history": "Over time",
    "/prices": "Price",
    "/voters": "Experts and public",
}
CONTROLS = {"": "As voted", "style": "At equal style"}


async def head_view(
    services: Services, board: Leaderboard, query: BoardQuery, tab: str = ""
) -> views.HeadView:
    """What stands above a board's pages; `tab` is the one that is open."""
    here = query.board
    arena = services.battles.arena(board.arena)
    controls = ("", *services.leaderboards.controls(board.arena))
    priced = any(one.model.price for one in board.standings)
    table = tab.removeprefix("/")
    # A composite is rated from several judgements a vote, so no pair has one record by it.
    hidden = {"/pairs", "/compare"} if query.aspect == COMPOSITE else set()
    hidden |= set() if priced else {"/prices"}
    hidden |= set() if services.leaderboards.electorates(board.arena) else {"/voters"}
    alone, groups = await _picks(services, query, tab) if tab != "/categories" else ((), ())
    return views.HeadView(
        arena=board.arena,
        title=arena.manifest.title,
        tabs=tuple(
            LinkView(path, title, here.url(path), path == tab)
            for path, title in TABS.items()
            if path not in hidden or path == tab
        ),
        categories=alone,
        controls=tuple(
            LinkView(name, CONTROLS[name], here.url(tab, control=name), name == query.control)
            for name in controls
        )
        if len(controls) > 1
        else (),
        csv_url=query.csv_url(table),
        json_url=query.json_url(table),
        votes=board.votes,
        control=query.control,
        aspects=_aspects(services, query, tab),
        aspect=query.aspect,
        groups=groups,
        voters=await _voters(services, query, tab) if tab != "/voters" else None,
        voting=query.voters,
    )


async def _voters(services: Services, query: BoardQuery, tab: str) -> views.PicksView | None:
    """Links to the boards of those who have votes; None where nobody is told apart."""
    titles = services.leaderboards.electorates(query.arena)
    if not titles:
        return None
    counts = await services.leaderboards.voters(query.arena)
    here = query.board
    links = [
        LinkView(
            one,
            title,
            here.url(tab, voters=one),
            one == query.voters,
            counts[one],
        )
        for one, title in {"": "Everybody", **titles}.items()
        if counts[one] or one in ("", query.voters, PUBLIC, EXPERT)
    ]
    return views.PicksView("Votes of", tuple(links), titles.get(query.voters, "everybody"))


def _aspects(services: Services, query: BoardQuery, tab: str) -> tuple[LinkView, ...]:
    """The boards by the main choice, by each aspect, and the composite; none without aspects."""
    titles = {"": "Better overall"}
    titles |= {one.id: one.label for one in services.leaderboards.aspects(query.arena)}
    if len(titles) == 1:
        return ()
    here = query.board
    # What a composite has no page of is shown on its ranking.
    plain = "" if tab in ("/pairs", "/compare") else tab
    return tuple(
        LinkView(
            name,
            title,
            here.url(plain if name == COMPOSITE else tab, aspect=name),
            name == query.aspect,
        )
        for name, title in {**titles, COMPOSITE: "All aspects together"}.items()
    )


async def _picks(
    services: Services, query: BoardQuery, tab: str
) -> tuple[tuple[LinkView, ...], tuple[views.PicksView, ...]]:
    """Links to the categories that have votes: those of no group, and the groups."""
    here = query.board
    counts = await services.leaderboards.counts(query.arena)
    groups: dict[str, list[LinkView]] = {"": []}
    for one in services.leaderboards.categories(query.arena):
        chosen, count = one.id == query.category, counts.get(one.id, 0)
        if count or chosen:
            link = LinkView(one.id, one.title, here.url(tab, category=one.id), chosen, count)
            groups.setdefault(one.group, []).append(link)
    overall = LinkView("", "Overall", here.url(tab, category=""), not query.category)
    alone = (overall, *groups.pop("")) if any(groups.values()) else ()
    return alone, tuple(_group(title, links) for title, links in groups.items())


def _group(title: str, links: list[LinkView]) -> views.PicksView:
    chosen = next((link.title for link in links if link.active), "")
    return views.PicksView(title, tuple(links), chosen)


async def board_view(services: Services, board: Leaderboard, query: BoardQuery) -> views.BoardView:
    """A leaderboard's page."""
    picked = query.picked(board.standings)
    low, high = bounds(board.standings)
    hidden = [
        (name, getattr(query, name)) for name in ("category", "control", "aspect", "voters", "sort")
    ]
    return views.BoardView(
        head=await head_view(services, board, query),
        rows=tuple(board_row(one, board.columns) for one in picked if not one.preliminary),
        preliminary=tuple(board_row(one, board.columns) for one in picked if one.preliminary),
        columns={name: _column(name, query) for name in query.sorts},
        notes=tuple(_note(one) for one in board.notes),
        organizations=_distinct(one.model.organization for one in board.standings),
        licenses=_distinct(one.model.license for one in board.standings),
        organization=query.organization,
        license=query.license,
        query=query.q,
        hidden=tuple((name, value) for name, value in hidden if value),
        low=low,
        high=high,
        effects=_effects(board),
        effects_csv=query.board.csv_url("effects"),
        priced=any(one.model.price for one in board.standings),
        evidence=evidence_views(board.columns),
        minimum=services.settings.leaderboards.minimum_votes,
        method=_method(board),
    )


def board_row(one: Standing, columns: Sequence[Column] = ()) -> views.BoardRow:
    """A model's row; `columns` are the arena's own that are shown."""
    return views.BoardRow(
        rank=one.rank,
        rank_low=one.rank_low,
        rank_high=one.rank_high,
        name=one.label,
        organization=one.model.organization,
        license=one.model.license,
        url=model_url(one.label),
        rating=one.rating,
        lower=one.lower,
        upper=one.upper,
        votes=one.votes,
        state=one.model.state.value,
        shift=one.shift,
        price=one.model.price.output if one.model.price else None,
        evidence=tuple(told(column, one.figures.get(column.id)) for column in columns),
    )


def model_url(label: str) -> str:
    """The page of a model."""
    return f"/models/{quote(label, safe='')}"


def bounds(standings: Iterable[Standing]) -> tuple[float, float]:
    """The lowest and the highest figure of these standings' intervals."""
    found = [x for one in standings for x in (one.lower, one.upper, one.rating) if x is not None]
    return min(found, default=0.0), max(found, default=0.0)


def _column(name: str, query: BoardQuery) -> views.ColumnView:
    sort = query.sort or "rank"
    order = ""
    if sort.removeprefix("-") == name:
        order = "descending" if sort.startswith("-") else "ascending"
    return views.ColumnView(name, query.sort_url(name), order)


def _note(text: str) -> views.NoteView:
    kind, colon, rest = text.partition(": ")
    if not colon or len(kind) > 20:
        return views.NoteView("", text)
    return views.NoteView(kind, rest)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}, key=str.casefold))


def _effects(board: Leaderboard) -> tuple[views.EffectView, ...]:
    def percent(log_odds: float) -> float | None:
        return 100 * math.expm1(log_odds) if math.isfinite(log_odds) else None

    return tuple(
        views.EffectView(
            one.name.replace("_", " "), percent(one.value), percent(one.lower), percent(one.upper)
        )
        for one in board.effects
    )


def _method(board: Leaderboard) -> str:
    if board.rated is None:
        return ""
    parameters = board.rated.parameters
    system = "Bradley–Terry"
    if parameters.criteria:
        system = f"the weighted mean of {len(parameters.criteria)} ratings by {system}"
    if parameters.control:
        system += " with the differences in style and in position held at zero"
    clusters = "votes of one voter taken together" if parameters.by_voter else "vote by vote"
    return f"{system}; 95 % intervals, {clusters}; {engine()}"
