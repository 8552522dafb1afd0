"""Sample views of a leaderboard's pages, for rendering templates without a server."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from polyarena.web import board_views as boards
from polyarena.web import views
from polyarena.web.board_columns import EvidenceView
from polyarena.web.ticker import MoverView, TickerView


def row(rank: int | None, name: str, rating: float | None, **changes: Any) -> boards.BoardRow:
    """A line of a leaderboard with an interval of 20 either side."""
    state = "listed" if rank is not None else "preliminary"
    lower, upper = (rating - 20, rating + 20) if rating is not None else (None, None)
    low, high = (max(1, rank - 1), rank + 1) if rank is not None else (None, None)
    view = boards.BoardRow(
        rank, low, high, name, "Quill Labs", "Apache-2.0", "/models/quill", rating, lower,
        upper, 412, state,
    )  # fmt: skip
    return replace(view, **changes)


HEAD = boards.HeadView(
    arena="text",
    title="Text",
    tabs=(
        views.LinkView("", "Ranking", "/arenas/text/leaderboard", True),
        views.LinkView("/pairs", "Win rates", "/arenas/text/leaderboard/pairs", False),
    ),
    categories=(
        views.LinkView("", "Overall", "/arenas/text/leaderboard", True),
        views.LinkView("math", "Math", "/arenas/text/leaderboard?category=math", False, 120),
    ),
    controls=(
        views.LinkView("", "As voted", "/arenas/text/leaderboard", True),
        views.LinkView("style", "At equal style", "/arenas/text/leaderboard?control=style", False),
    ),
    csv_url="/arenas/text/leaderboard.csv",
    json_url="/api/v1/arenas/text/leaderboard",
    votes=1236,
    groups=(
        boards.PicksView(
            "Occupation",
            (views.LinkView("legal", "Legal", "/arenas/text?category=legal", True, 31),),
            "Legal",
        ),
    ),
)
COLUMNS = ("rank", "model", "rating", "shift", "price", "votes")
EVIDENCE = (
    EvidenceView("evidence_ran", "Ran", "Programs that ended by themselves", "share"),
    EvidenceView("evidence_seconds", "Median time", "", "median"),
)
RECORD = boards.RecordView("Math", "/c", 12, 6, 4, 1, 1, 58.3, 31.9, 80.7, 61.0)
POINT = boards.PointView(60.0, 40.0, "predicted 60 %", 4, 30.0, 50.0, "Heron 2")
LINE = boards.LineView(
    1, "Heron 2", "/models/Heron%202", (POINT, replace(POINT, x=80.0)), 40.0, 40.0, 40.0
)
HEAT = boards.HeatView(
    (("Heron 2", "1"), ("Wren", "2")),
    (
        ("Heron 2", "/m", (boards.HeatCell("·"), boards.HeatCell("60", "d6", "60 %", "/c"))),
        ("Wren", "/m", (boards.HeatCell("40", "d4", "40 %", "/c"), boards.HeatCell("·"))),
    ),
)


TICKER = TickerView(
    (MoverView("Heron 2", "/models/Heron%202", 6.1, 9), MoverView("Wren", "/models/Wren", -3.0, 1)),
    40, "2026-11-14T10:00:00+00:00", "/arenas/text/leaderboard/live?seen=1-40", "/c", "/j",
)  # fmt: skip


def board(**changes: Any) -> boards.BoardView:
    """Three ranked models and a preliminary one without a rating."""
    view = boards.BoardView(
        head=HEAD,
        rows=(
            row(1, "Quillfeather 70B", 1112.4, price=2.5),
            row(2, "Osprey Mini", 1034.0, state="retired"),
            row(3, "Heron 2", 951.2),
        ),
        preliminary=(row(None, "Wren", None, votes=3),),
        columns={name: boards.ColumnView(name, f"?sort={name}") for name in COLUMNS},
        notes=(boards.NoteView("few voters", "Two people voted"),),
        organizations=("Osprey", "Quill Labs"),
        low=931.2,
        high=1132.4,
        priced=True,
        minimum=30,
        method="Bradley–Terry",
    )
    return replace(view, **changes)


def styled() -> boards.BoardView:
    """A board at equal style."""
    effect = boards.EffectView("length", 21.0, 10.0, 33.0)
    vague = boards.EffectView("bold", None, None, None)
    rows = (row(1, "Heron 2", 1010.0, shift=-12.0), row(2, "Wren", 990.0, shift=12.0))
    return board(head=replace(HEAD, control="style"), rows=rows, effects=(effect, vague))


def found() -> boards.BoardView:
    """A board with columns of the arena's own, one of them without a value."""
    rows = (
        row(1, "Heron 2", 1010.0, evidence=("93.4 %", "1.2 s")),
        row(2, "Wren", 990.0, evidence=("71.0 %", "")),
    )
    columns = {one.id: boards.ColumnView(one.id, f"?sort={one.id}") for one in EVIDENCE}
    view = board(rows=rows, preliminary=(), evidence=EVIDENCE)
    return replace(view, columns={**view.columns, **columns})


def model(**changes: Any) -> boards.ModelView:
    """A model's page."""
    place = boards.ModelBoardView(
        "Text", (("", row(1, "Heron 2", 1010.0)), ("Math", row(None, "Heron 2", None))),
        (LINE,), ((4.0, "2026-11-01"), (94.0, "2026-11-21")), False, 30.0, 50.0, (RECORD,),
    )  # fmt: skip
    view = boards.ModelView(
        "Heron 2", "Heron", "MIT", "https://heron.test", "retired", (0.1, 0.4), (place,),
        "/models/Heron%202.csv", "/api/v1/models/Heron%202",
    )  # fmt: skip
    return replace(view, **changes)


def board_pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Every page of a leaderboard by a name of its own: its template and its context."""
    categories = boards.CategoriesView(HEAD, (("", HEAT), ("Occupation", HEAT)))
    wins = boards.WinsView(HEAD, HEAT, HEAT, (POINT,), (POINT,), 2, 9, "?models=all", "/c", "/j")
    empty = boards.HeatView((), ())
    asked = boards.CompareView(HEAD, ("Heron 2", "Wren"), "", "")
    example = boards.ExampleView("/shared/x", "Why is the sky blue?", "Wren won")
    compared = replace(
        asked, first="Heron 2", second="Wren", total=RECORD, records=(RECORD,), examples=(example,)
    )
    unmet = replace(RECORD, votes=0, rate=None, lower=None, upper=None)
    history = boards.HistoryPageView(
        HEAD, (LINE, replace(LINE, number=2)), ((4.0, "2026-11-01"),), False, 30.0, 50.0,
        (boards.MoveView("Wren", "/models/Wren", 3, 1, 2, 14.0),), "2026-11-14",
        (boards.SnapshotLink(1, "2026-11-14T10:00", 900, "/api/v1/snapshots/1"),), 300, "/c", "/j",
        "/c", "/j",
    )  # fmt: skip
    prices = boards.PricesView(
        HEAD, (POINT,), ((50.0, "$1"),), (row(1, "Heron 2", 1010.0, price=1.0),), 20.0, 60.0
    )
    return {
        "board": ("leaderboard.html", {"board": board(), "ticker": TICKER}),
        "board-waiting": (
            "leaderboard.html",
            {"board": board(), "ticker": replace(TICKER, movers=(), votes=0)},
        ),
        "board-unstored": (
            "leaderboard.html",
            {"board": board(), "ticker": replace(TICKER, movers=(), since="")},
        ),
        "board-empty": (
            "leaderboard.html",
            {"board": board(rows=(), preliminary=()), "ticker": None},
        ),
        "board-none": (
            "leaderboard.html",
            {"board": board(rows=(), preliminary=(), query="z"), "ticker": None},
        ),
        "board-found": ("leaderboard.html", {"board": found(), "ticker": None}),
        "board-styled": ("leaderboard.html", {"board": styled(), "ticker": None}),
        "categories": ("leaderboard_categories.html", {"board": categories}),
        "pairs": ("leaderboard_pairs.html", {"board": wins}),
        "pairs-empty": (
            "leaderboard_pairs.html",
            {"board": replace(wins, rates=empty, counts=empty, bins=())},
        ),
        "compare": ("leaderboard_compare.html", {"board": asked}),
        "compare-two": ("leaderboard_compare.html", {"board": compared}),
        "compare-unmet": ("leaderboard_compare.html", {"board": replace(compared, total=unmet)}),
        "board-history": ("leaderboard_history.html", {"board": history}),
        "board-history-found": (
            "leaderboard_history.html",
            {
                "board": replace(
                    history, evidence=EVIDENCE, ends={"Heron 2": (("90.0 %", "93.4 %"), ("", ""))}
                )
            },
        ),
        "board-history-empty": (
            "leaderboard_history.html",
            {"board": replace(history, lines=(), moves=(), snapshots=())},
        ),
        "prices": ("leaderboard_prices.html", {"board": prices}),
        "prices-empty": ("leaderboard_prices.html", {"board": replace(prices, points=())}),
        "model": ("model.html", {"model": model()}),
        "model-new": ("model.html", {"model": model(boards=(), price=None, link="")}),
    }
