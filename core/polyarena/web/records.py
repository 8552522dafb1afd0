"""Two models head to head, as pages show it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from ..ballot import COMPOSITE, Choice
from ..pair_record import PairRecord
from ..services import Services
from ..services.standings import Leaderboard
from ..store import vote_log
from ..store.vote_log import SharedBattle
from . import board_data
from . import board_tables as tables
from . import board_views as views
from .board_plots import compare_url
from .board_query import BoardQuery
from .boards import head_view, model_url


def record_view(one: PairRecord, title: str, url: str = "") -> views.RecordView:
    """A record under a title, rates in percent."""
    low, high = one.interval or (None, None)
    return views.RecordView(
        title=title,
        url=url,
        votes=one.votes,
        wins=one.wins,
        losses=one.losses,
        ties=one.ties,
        both_bad=one.both_bad,
        rate=_percent(one.rate),
        lower=_percent(low),
        upper=_percent(high),
        predicted=_percent(one.predicted),
    )


async def compare_view(
    services: Services, board: Leaderboard, query: BoardQuery, first: str, second: str
) -> views.CompareView:
    """The head-to-head page; without records until two models are named.

    Raises:
        NotFound: a model that is named has no votes here.
    """
    aspect = "" if query.aspect == COMPOSITE else query.aspect
    query = BoardQuery(query.arena, "", query.control, aspect, query.voters)
    head = await head_view(services, board, query, "/compare")
    head = replace(head, categories=(), controls=(), aspects=(), voters=None)
    names = tuple(sorted((one.label for one in board.standings), key=str.casefold))
    if not (first and second):
        return views.CompareView(replace(head, csv_url="", json_url=""), names, first, second)
    found = await board_data.head_to_head(services, query, first, second)
    titles = tables.titles(services.leaderboards.categories(query.arena))
    return views.CompareView(
        head=replace(
            head,
            csv_url=compare_url(query, first, second, "/compare.csv"),
            json_url=compare_url(query, first, second, "/compare", "/api/v1"),
        ),
        models=names,
        first=first,
        second=second,
        first_url=model_url(first),
        second_url=model_url(second),
        total=record_view(found.by_category[""], ""),
        records=tuple(
            record_view(one, titles[key]) for key, one in found.by_category.items() if key
        ),
        examples=await _examples(services, query, first, second),
    )


async def _examples(
    services: Services, query: BoardQuery, first: str, second: str
) -> tuple[views.ExampleView, ...]:
    named = await board_data.named(services)
    entry = {label: key for key, label in named.items()}
    read = partial(vote_log.shared, arena=query.arena, one=entry[first], other=entry[second])
    shared = await services.store.read(read)
    return tuple(
        views.ExampleView(f"/shared/{one.token}", one.title, _outcome(one, named)) for one in shared
    )


def _outcome(one: SharedBattle, named: dict[str, str]) -> str:
    winner = {Choice.A: one.first, Choice.B: one.second}.get(Choice(one.choice))
    if winner is None:
        return "a tie" if one.choice == Choice.TIE else "both bad"
    return f"{named[winner]} won"


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
