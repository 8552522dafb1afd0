"""Sample views of every page, for rendering templates without a server."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from markupsafe import Markup, escape

from polyarena.ballot import Reason
from polyarena.content import Code, Image
from polyarena.side import SIDES, Side
from polyarena.web import battle_views, views
from polyarena_frontend.compare import Comparison, compare

from .boards import board_pages

NAMES: dict[Side, views.NameView] = {
    "a": views.NameView("Quillfeather 70B", "Quill Labs", "Apache-2.0", "https://quill.test/70b"),
    "b": views.NameView("Osprey Mini", "Osprey", "Proprietary", "https://osprey.test"),
}
CHOICES = (
    battle_views.ChoiceView("a", "Left is better", "ArrowLeft"),
    battle_views.ChoiceView("tie", "It's a tie", "ArrowUp"),
    battle_views.ChoiceView("both_bad", "Both are bad", "ArrowDown"),
    battle_views.ChoiceView("b", "Right is better", "ArrowRight"),
)
REASONS = (
    Reason("correct", "More correct"),
    Reason("clear", "Clearer"),
    Reason("complete", "More complete"),
    Reason("style", "Better style"),
)
TABS = (
    views.TabView("text", "Text", "", "/arenas/text", True),
    views.TabView("code", "Code", "", "/arenas/code", False, ("Docker is not running.",)),
)
KEPT = (
    views.KeptView("ab" * 32 + "/data.csv", "data.csv", "/artifacts/" + "ab" * 32, False),
    views.KeptView("cd" * 32 + "/plot.png", "plot.png", "/artifacts/" + "cd" * 32, True),
)
ATTACHED = (
    Markup('<p class="given"><span>Language</span> Python</p>'),
    Markup('<p class="filename">Standard input</p><pre class="input" tabindex="0">1 2</pre>'),
    Markup('<p class="file"><a href="/artifacts/x" download>data.csv</a></p>'),
)
PICTURE = Image(
    artifact="ef" * 32, media_type="image/png", width=3, height=2, filename="picture.png"
)
PAIR = battle_views.PairView(PICTURE, PICTURE)
SITE: dict[str, Any] = {
    "site": "Polyarena",
    "tabs": TABS,
    "path": "/arenas/text",
    "has_occupations": True,
}
STATS = battle_views.StatsView(0.412, 6.04, 81.3)


def arena(mode: str = "battle", **changes: Any) -> views.ArenaView:
    """An arena's page; without models to choose from in a blind battle."""
    modes = (("battle", "Battle"), ("side-by-side", "Side by side"), ("direct", "Direct"))
    view = views.ArenaView(
        id="text",
        title="Text",
        summary="Which model answers better?",
        notice="Answers come from models and may be wrong. Do not enter personal data.",
        placeholder="Ask anything",
        prompt_limit=100_000,
        mode=mode,
        modes=tuple(
            views.LinkView(id, title, f"/arenas/text/{id}", id == mode) for id, title in modes
        ),
        models=() if mode == "battle" else ("Heron 2", "Osprey Mini", "Quillfeather 70B"),
        starters=(
            views.StarterView("Explain", "Explain why the sky is blue.", "prompt=Explain"),
            views.StarterView("Add", "Add.", "prompt=Add&field.in=1", '{"field.in": "1"}'),
        ),
        action="/arenas/text/battles",
        leaderboard_url="/arenas/text/leaderboard",
    )
    return replace(view, **changes)


def answer(
    text: str = "An answer.", status: str = "done", **changes: Any
) -> battle_views.AnswerView:
    """One answer of one paragraph."""
    blocks = (Markup("<p>{}</p>").format(text),) if text else ()
    return replace(battle_views.AnswerView(status, blocks, text), **changes)


def turn(
    prompt: str = "Why is the sky blue?",
    a: battle_views.AnswerView | None = None,
    b: battle_views.AnswerView | None = None,
) -> battle_views.TurnView:
    """The only turn of a battle."""
    answers: dict[Side, battle_views.AnswerView] = {
        "a": a or answer("Left."),
        "b": b or answer("Right."),
    }
    return battle_views.TurnView(0, escape(prompt), prompt, answers, True)


def battle(mode: str = "battle", **changes: Any) -> battle_views.BattleView:
    """A battle whose answers are in and on which no vote has been cast."""
    sides: tuple[Side, ...] = ("a",) if mode == "direct" else SIDES
    view = battle_views.BattleView(
        id="b1",
        arena="text",
        mode=mode,
        title="Why is the sky blue?",
        url="/battles/b1",
        events_url="/battles/b1/events",
        live=False,
        sides=sides,
        turns=(turn(),),
        choices=CHOICES,
        reasons=REASONS,
        aspects=(),
        flags=(),
        explain="",
        voting_as=None,
        ballot_open=mode != "direct",
        closed_because="",
        turn_allowed=True,
        prompt_limit=100_000,
        names={} if mode == "battle" else {side: NAMES[side] for side in sides},
        again_url="/arenas/text?prompt=Why",
        commitment="9f" * 32,
    )
    return replace(view, **changes)


def live(mode: str = "battle") -> battle_views.BattleView:
    """A battle whose answers are still to come."""
    waiting = turn(a=answer("", "waiting"), b=answer("So far", "streaming"))
    closed = "the answers are not finished"
    return battle(
        mode, live=True, turns=(waiting,), ballot_open=False, closed_because=closed,
        turn_allowed=False,
    )  # fmt: skip


def failed() -> battle_views.BattleView:
    """A battle with one side that failed."""
    broken = answer("", "failed", note="This model could not be reached.", can_retry=True)
    closed = "an answer failed; retry it, then vote"
    return battle(turns=(turn(b=broken),), ballot_open=False, closed_because=closed)


def voted(
    choice: Literal["a", "b", "tie", "both_bad"] = "a", **changes: Any
) -> battle_views.BattleView:
    """A blind battle after its vote."""
    label = next(one.label for one in CHOICES if one.id == choice)
    done = turn(a=answer("Left.", stats=STATS), b=answer("Right.", stats=STATS))
    vote = battle_views.VoteView(choice, label, ("correct",), "Says why.")
    changed = {"ballot_open": False, "turn_allowed": False, "salt": "ab" * 16, **changes}
    return battle(turns=(done,), vote=vote, names=NAMES, **changed)


def filled(**changes: Any) -> views.ArenaView:
    """An arena's page with fields of every kind, and files, all of them filled."""
    given = {"fields": fields(), "uploads": 5, "upload_bytes": 5_000_000, "kept": KEPT}
    return arena(**{**given, **changes})


def fields(value: str = "\n1 2", chosen: str = "py") -> tuple[views.FieldView, ...]:
    """A field of each kind."""
    options = (("auto", "Automatic"), ("py", "Python"))
    return (
        views.FieldView("lang", "Language", "choice", options, "", "Both are told.", 100, chosen),
        views.FieldView("title", "Title", "line", (), "A name", "", 100, value.strip()),
        views.FieldView("in", "Standard input", "text", (), "", "", 100, value),
        views.FieldView("code", "Code", "code", (), "", "It is run.", 100, value),
    )


def acting(**changes: Any) -> battle_views.BattleView:
    """A battle with files, further inputs, forms under its answers, and code to compare."""
    url = "/battles/b1/turns/0/{}/actions"
    form = battle_views.ActionView("", "Run again", "Run", "Nothing is stored.", fields())
    answers: dict[Side, battle_views.AnswerView] = {
        side: answer(
            actions=(replace(form, url=f"{url.format(side)}/run"),), actions_url=url.format(side)
        )
        for side in SIDES
    }
    one = replace(
        turn(),
        answers=answers,
        attached=ATTACHED,
        fields=fields(),
        kept=KEPT,
        compare_url="/battles/b1/turns/0/compare",
    )
    given = {"turns": (one,), "fields": fields("", ""), "uploads": 5, "upload_bytes": 5_000_000}
    return battle(**{**given, **changes})


def both_sides(compared: battle_views.Compared = "sources", **more: Any) -> dict[str, Any]:
    """What the comparison of both sides is given: nothing to compare but what is said."""
    given = {"comparisons": (), "pairs": (), "number": 0, "back": "/battles/b1"}
    return {"compared": compared, **given, **more}


def comparisons() -> tuple[Comparison, ...]:
    """Files that differ, files alike, and one that a side lacks."""
    left = ("main.py", "a = 1\nb = 2\nc = 3"), ("same.py", "x"), ("only.py", "y")
    right = ("main.py", "a = 1\nb = 3\nc = 3\nd = 4"), ("same.py", "x")
    files = [[Code(text=text, filename=name) for name, text in side] for side in (left, right)]
    return compare(*files)


def history(query: str = "", *, empty: bool = False) -> views.HistoryView:
    """Two battles, one voted on."""
    rows = (
        views.HistoryRow(
            "b1", "/battles/b1", "Why is the sky blue?", "text", "Battle", "2026-11-22 10:00",
            "Left is better", ("Quillfeather 70B", "Osprey Mini"),
        ),
        views.HistoryRow(
            "b2", "/battles/b2", "Write a haiku", "text", "Battle", "2026-11-21 18:31", "", (),
        ),
    )  # fmt: skip
    if empty:
        return views.HistoryView((), query, 0)
    return views.HistoryView(rows, query, 2, "/history?before=1")


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Every page by a name of its own: its template, and its context less the site's."""
    crowd = tuple(f"Model {n}" for n in range(30))
    return {
        "arena": ("arena.html", {"arena": arena()}),
        "arena-filled": ("arena.html", {"arena": arena(prompt="Hello", notice="", starters=())}),
        "arena-side-by-side": ("arena.html", {"arena": arena("side-by-side")}),
        "arena-direct": ("arena.html", {"arena": arena("direct", chosen=("Heron 2",))}),
        "arena-crowd": ("arena.html", {"arena": arena("direct", models=crowd)}),
        "arena-fields": ("arena.html", {"arena": filled()}),
        "arena-missing": ("arena.html", {"arena": arena(missing=("Start Docker.",))}),
        "arena-problem": ("arena.html", {"arena": arena(problem="There is no model.")}),
        "battle": ("battle.html", {"battle": battle()}),
        "battle-live": ("battle.html", {"battle": live()}),
        "battle-failed": ("battle.html", {"battle": failed()}),
        "battle-voted": ("battle.html", {"battle": voted()}),
        "battle-shared": ("battle.html", {"battle": voted(share_url="/shared/x")}),
        "battle-side-by-side": ("battle.html", {"battle": battle("side-by-side")}),
        "battle-direct": ("battle.html", {"battle": battle("direct")}),
        "battle-part": ("_battle.html", {"battle": battle()}),
        "battle-acting": ("battle.html", {"battle": acting()}),
        "shared": ("shared.html", {"battle": voted(read_only=True)}),
        "shared-acting": ("shared.html", {"battle": acting(read_only=True)}),
        "actions": (
            "_actions.html",
            {"actions": acting().turns[0].answers["a"].actions, "side": "a"},
        ),
        "acted": ("acted.html", {"blocks": ATTACHED, "back": "/battles/b1"}),
        "acted-part": ("_acted.html", {"blocks": ()}),
        "compare": ("compare.html", both_sides(comparisons=comparisons())),
        "compare-part": ("_compare.html", both_sides()),
        "compare-pictures": ("_compare.html", both_sides("pair", pairs=[PAIR])),
        "compare-apps": (
            "compare.html",
            both_sides(
                "both",
                comparisons=comparisons(),
                pairs=[replace(PAIR, device=one) for one in ("desktop", "tablet", "phone")],
            ),
        ),
        "history": ("history.html", {"history": history()}),
        "history-empty": ("history.html", {"history": history(empty=True)}),
        "history-none": ("history.html", {"history": history("zebra", empty=True)}),
        "history-part": ("_history.html", {"history": history()}),
        **board_pages(),
        "error": ("error.html", {"error": views.ErrorView(404, "Not Found", "Nothing here.")}),
        "docs": ("docs.html", {"openapi_url": "/api/openapi.json"}),
    }
