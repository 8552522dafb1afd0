"""The pages: every template renders, blind where it must be, safe whatever it is given."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError

from kit import boards
from kit import views as sample
from kit.pages import Page, render
from polyarena.content import Code
from polyarena.web import battle_views, views
from polyarena.web.board_views import NoteView
from polyarena.web.ticker import MoverView
from polyarena_frontend import pages
from polyarena_frontend.compare import compare
from polyarena_frontend.forest import Axis

pytestmark = pytest.mark.usefixtures("built")

HOSTILE = '</title><script>alert(1)</script><img src=x onerror=alert(1)>"\' style="x'


def every_page() -> list[Any]:
    return [pytest.param(*page, id=name) for name, page in sample.pages().items()]


@pytest.mark.parametrize(("template", "context"), every_page())
def test_pages_are_whole_and_run_nothing_inline(template: str, context: dict[str, Any]) -> None:
    page = Page(render(template, **context))

    assert page.faults == []
    for tag, given in page.elements:
        assert tag != "style"
        assert "style" not in given
        assert not [name for name in given if name.startswith("on")]
        assert tag != "script" or (given.get("src") or "").startswith("/static/")
        assert not (given.get("href") or "").startswith("javascript:")


@pytest.mark.parametrize(("template", "context"), every_page())
def test_ids_are_unique_and_labels_lead_somewhere(template: str, context: dict[str, Any]) -> None:
    page = Page(render(template, **context))
    ids = [given["id"] for _, given in page.elements if "id" in given]

    assert len(ids) == len(set(ids))
    for _, given in page.elements:
        for reference in ("for", "aria-labelledby", "aria-describedby", "form", "list"):
            assert given.get(reference) is None or given[reference] in ids


@pytest.mark.parametrize(("template", "context"), every_page())
def test_pages_load_from_here_alone(template: str, context: dict[str, Any]) -> None:
    page = Page(render(template, **context))

    for tag, given in page.elements:
        address = given.get("src") or (given.get("href") if tag == "link" else None)
        assert address is None or address.startswith(("/static/hashed-", "/artifacts/"))


@pytest.mark.parametrize("view", [sample.battle(), sample.live(), sample.failed()])
def test_a_blind_battle_names_no_model_and_shows_no_figures(view: battle_views.BattleView) -> None:
    html = render("battle.html", battle=view)

    for who in sample.NAMES.values():
        assert who.name not in html
        assert who.organization not in html
    assert 'class="stats"' not in html
    assert "ab" * 16 not in html


def test_the_reveal_names_both_and_marks_the_pick() -> None:
    html = render("battle.html", battle=sample.voted("b"))

    for who in sample.NAMES.values():
        assert who.name in html
        assert who.link in html
        assert who.license in html
    assert html.count("head winner") == 1
    assert re.search(r'head winner[^"]*" data-side="b"', html)
    assert "0.41 s" in html
    assert "81 tokens/s" in html
    assert "ab" * 16 in html


def test_nothing_given_becomes_markup() -> None:
    who = views.NameView(HOSTILE, HOSTILE, HOSTILE, "https://x.test/?" + HOSTILE)
    answer = sample.answer(HOSTILE, note=HOSTILE)
    battle = sample.voted(
        title=HOSTILE,
        closed_because=HOSTILE,
        again_url="/arenas/text?prompt=" + HOSTILE,
        share_url="/shared/" + HOSTILE,
    )
    battle = replace(
        battle,
        turns=(sample.turn(HOSTILE, answer, answer),),
        names={"a": who, "b": who},
        vote=battle_views.VoteView("a", HOSTILE, (), HOSTILE, HOSTILE),
    )
    rows = (replace(sample.history().rows[0], title=HOSTILE, names=(HOSTILE,)),)
    board = boards.board(
        rows=(boards.row(1, HOSTILE, 1000.0, organization=HOSTILE),),
        notes=(NoteView(HOSTILE, HOSTILE),), organizations=(HOSTILE, "x"), query=HOSTILE,
    )  # fmt: skip
    ticker = replace(boards.TICKER, movers=(MoverView(HOSTILE, "/models/" + HOSTILE, 1.0, 3),))
    field = views.FieldView("in", HOSTILE, "text", (), HOSTILE, HOSTILE, 100, HOSTILE)
    choice = replace(field, id="choice", kind="choice", options=((HOSTILE, HOSTILE),))
    kept = (views.KeptView(HOSTILE, HOSTILE, "/artifacts/" + HOSTILE, True),)
    arena = sample.arena(
        "direct", title=HOSTILE, summary=HOSTILE, prompt=HOSTILE, models=(HOSTILE,),
        starters=(views.StarterView(HOSTILE, HOSTILE, HOSTILE, HOSTILE),),
        notice=HOSTILE, placeholder=HOSTILE, fields=(field, choice), uploads=2, kept=kept,
    )  # fmt: skip
    action = battle_views.ActionView(
        "/battles/" + HOSTILE, HOSTILE, HOSTILE, HOSTILE, (field, choice)
    )
    code = Code(text=HOSTILE, filename=HOSTILE, language=HOSTILE)
    for html in (
        render("battle.html", battle=battle),
        render("shared.html", battle=replace(battle, read_only=True)),
        render("arena.html", arena=arena),
        render("history.html", history=views.HistoryView(rows, HOSTILE, 1)),
        render("leaderboard.html", board=board, ticker=ticker),
        render("model.html", model=boards.model(name=HOSTILE, organization=HOSTILE)),
        render("error.html", error=views.ErrorView(404, HOSTILE, HOSTILE)),
        render("docs.html", openapi_url=HOSTILE),
        render("_actions.html", actions=(action,), side="a"),
        render("compare.html", **sample.both_sides(comparisons=compare([code], []), back=HOSTILE)),
    ):
        page = Page(html)
        assert page.faults == []
        assert "<script>" not in html
        assert not page.find("img", src="x")
        assert not [tag for tag, given in page.elements if {"style", "onerror"} & set(given)]


def test_left_stands_on_the_left_of_the_ballot() -> None:
    page = Page(render("battle.html", battle=sample.battle()))
    radios = page.find("input", type="radio")

    assert [radio["value"] for radio in radios] == ["a", "tie", "both_bad", "b"]
    keys = [radio["data-key"] for radio in radios]
    assert keys == ["ArrowLeft", "ArrowUp", "ArrowDown", "ArrowRight"]


def test_the_ballot_is_shut_until_both_answers_are_in() -> None:
    shut = Page(render("battle.html", battle=sample.live())).find("fieldset")[0]
    ready = Page(render("battle.html", battle=sample.battle())).find("fieldset")[0]

    assert "disabled" in shut
    assert "disabled" not in ready


def test_the_page_listens_only_while_an_answer_is_to_come() -> None:
    (live,) = Page(render("battle.html", battle=sample.live())).find("pa-battle")
    (over,) = Page(render("battle.html", battle=sample.battle())).find("pa-battle")

    assert live["data-events"] == "/battles/b1/events"
    assert "data-live" in live
    assert "data-live" not in over


def test_a_failed_side_alone_offers_a_retry() -> None:
    page = Page(render("battle.html", battle=sample.failed()))
    shown = [form for form in page.find("form", action="/battles/b1/retry") if "hidden" not in form]

    assert len(shown) == 1
    assert "This model could not be reached." in render("battle.html", battle=sample.failed())


def test_a_shared_battle_offers_nothing_that_writes() -> None:
    page = Page(render("shared.html", battle=sample.voted(read_only=True)))

    assert page.find("form") == []


def test_a_voted_blind_battle_takes_no_more_prompts() -> None:
    page = Page(render("battle.html", battle=sample.voted()))

    assert page.find("textarea", name="prompt") == []


def test_direct_mode_has_one_side_and_no_ballot() -> None:
    page = Page(render("battle.html", battle=sample.battle("direct")))

    assert len(page.find("article")) == 1
    assert page.find("pa-ballot") == []


def test_chosen_models_are_kept_in_the_pickers() -> None:
    page = Page(render("arena.html", arena=sample.arena("direct", chosen=("Heron 2",))))
    side_by_side = Page(render("arena.html", arena=sample.arena("side-by-side")))

    assert [number for number, given in enumerate(page.find("option")) if "selected" in given] == [
        0
    ]
    assert len(side_by_side.find("select")) == 2
    assert [
        number for number, given in enumerate(side_by_side.find("option")) if "selected" in given
    ] == [0, 4]


def test_an_arena_that_lacks_something_says_what_and_takes_no_prompt() -> None:
    html = render("arena.html", arena=sample.arena(missing=("Start Docker.",)))

    assert "Start Docker." in html
    assert not Page(html).find("textarea")


def test_prompts_and_answers_take_their_own_direction() -> None:
    page = Page(render("battle.html", battle=sample.battle()))

    blocks = [given for _, given in page.elements if given.get("class") == "block"]
    assert blocks
    assert all(block["dir"] == "auto" for block in blocks)
    assert all(field["dir"] == "auto" for field in page.find("textarea", name="prompt"))


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.0), (1000.0, 1000.0), (931.2, 1132.4)])
def test_an_axis_holds_its_ends_and_has_round_ticks(low: float, high: float) -> None:
    axis = Axis.around(low, high)

    assert 0 < axis.x(low) <= axis.x(high) < axis.width
    assert 2 <= len(axis.ticks) <= 6
    assert all(0 <= axis.x(tick) <= axis.width for tick in axis.ticks)
    assert axis.span(low, low) >= 1


def test_what_a_template_lacks_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render("battle.html")


def test_a_missing_build_says_how_to_make_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MANIFEST", tmp_path / "none.json")
    with pytest.raises(pages.NotBuilt, match="make frontend"):
        render("error.html", error=views.ErrorView(404, "Not Found", "Nothing."))


def test_a_build_without_a_file_says_to_build_again() -> None:
    with pytest.raises(pages.NotBuilt, match=r"no file other\.css; run `make frontend`"):
        pages.asset("other.css")
