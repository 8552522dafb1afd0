"""Hostile prompts, answers, comments and searches: nothing runs, nothing is fetched."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import expect

from kit.battle_page import BattlePage
from kit.browser import Visitor
from kit.harmless import harm
from kit.stage import Gate, Line, Stage
from polyarena import Finish

from .conftest import Visit
from .payloads import FAMILIES, NAMES

pytestmark = pytest.mark.browser


def trickle(text: str) -> list[str | float]:
    """A text in a dozen pieces, each of which reaches the page by itself."""
    size = max(1, len(text) // 12)
    pieces: list[str | float] = []
    for start in range(0, len(text), size):
        pieces += [text[start : start + size], 0.05]
    return pieces


def check(visitor: Visitor) -> None:
    visitor.check()
    assert harm(visitor.page) == []


@pytest.mark.parametrize("family", list(FAMILIES))
def test_hostile_texts_do_nothing(visit: Visit, stage: Stage, family: str) -> None:
    text = "Begin.\n\n" + "\n\n".join(FAMILIES[family])
    half = Gate()
    middle = len(text) // 2
    said: Line = [*trickle(text[:middle]), half, *trickle(text[middle:]), Finish()]
    stage.play([said], [[text, Finish()]])
    visitor = visit()
    page = visitor.page
    battle = BattlePage(page).ask(text)
    for side in "ab":
        expect(battle.answer(side)).to_contain_text("Begin.")
    check(visitor)
    half.set()
    battle.wait_open()
    check(visitor)
    page.keyboard.press("ArrowLeft")
    page.get_by_placeholder("Add a comment").fill(text[:2000])
    page.get_by_role("button", name="Reveal").click()
    expect(battle.result).to_be_visible()
    check(visitor)
    page.reload()
    expect(battle.result).to_be_visible()
    check(visitor)
    stranger = visit()
    stranger.page.goto(battle.share())
    expect(stranger.page.get_by_text("A shared battle, read-only.")).to_be_visible()
    expect(BattlePage(stranger.page).answer("a")).to_contain_text("Begin.")
    check(stranger)
    page.goto("/history")
    expect(page.locator(".row-link")).to_have_count(1)
    page.get_by_label("Search your prompts").fill(text)
    page.wait_for_url("**/history?q=*")
    check(visitor)


@pytest.mark.parametrize("number", range(len(NAMES)))
def test_hostile_addresses_do_nothing(visit: Visit, number: int) -> None:
    text = NAMES[number]
    visitor = visit()
    visitor.refusals = True
    page = visitor.page
    for address in (
        f"/arenas/{quote(text, safe='')}",
        f"/battles/{quote(text, safe='')}",
        f"/shared/{quote(text, safe='')}",
        "/arenas/text?" + urlencode({"prompt": text, "model_a": text}),
        "/arenas/text/side-by-side?" + urlencode({"prompt": text, "model_a": text}),
        "/arenas/text/leaderboard?" + urlencode({"q": text}),
        "/arenas/text/leaderboard?" + urlencode({"category": text}),
        "/history?" + urlencode({"q": text, "before": text}),
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status < 500
        expect(page.locator("main")).to_be_visible()
        check(visitor)


def test_what_is_not_inert_is_noticed(visit: Visit) -> None:
    page = visit().page
    BattlePage(page).begin()
    block = page.locator(".answer .block").first
    for markup in (
        "<b hx-get=x>x</b>",
        "<a href='javascript:x'>x</a>",
        "<i id=battle>x</i>",
        "<div><svg></svg></div>",
    ):
        before = len(harm(page))
        block.evaluate("(one, markup) => { one.innerHTML = markup }", markup)
        assert len(harm(page)) > before
