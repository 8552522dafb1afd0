"""Theme, phone, keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from kit.barriers import overflows
from kit.battle_page import BattlePage
from kit.browser import Visit
from kit.stage import Gate, Stage
from polyarena import Finish

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
WIDE = "word " * 300 + "\n\n| " + " | ".join(["column"] * 30) + " |\n|" + "---|" * 30
LONG_CODE = "\n\n```\n" + "x" * 500 + "\n```\n"


def test_the_theme_is_kept(visit: Visit) -> None:
    page = visit(color_scheme="light").page
    page.goto("/arenas/text")
    toggle = page.locator("pa-theme button")
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    expect(toggle).to_have_accessible_name("Theme: as the system")
    toggle.click()
    expect(toggle).to_have_accessible_name("Theme: light")
    assert page.evaluate(colour) == light
    toggle.click()
    expect(toggle).to_have_accessible_name("Theme: dark")
    dark = page.evaluate(colour)
    assert dark != light
    page.goto("/history")
    assert page.evaluate(colour) == dark
    page.reload()
    expect(toggle).to_have_accessible_name("Theme: dark")
    toggle.click()
    assert page.evaluate(colour) == light


def test_the_systems_theme_is_followed(visit: Visit) -> None:
    page = visit(color_scheme="dark").page
    page.goto("/arenas/text")
    colour = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(colour)
    page.emulate_media(color_scheme="light")
    assert page.evaluate(colour) != dark


def test_where_not_all_tabs_fit_the_open_one_is_in_sight(visit: Visit) -> None:
    page = visit(viewport={"width": 240, "height": 600}).page
    page.goto("/arenas/text")
    tabs = page.locator(".tabs")
    expect(tabs).to_have_attribute("data-after", "")
    expect(tabs).not_to_have_attribute("data-before", "")
    page.goto(tabs.locator("a").last.get_attribute("href") or "")
    expect(tabs).to_have_attribute("data-before", "")
    expect(tabs).not_to_have_attribute("data-after", "")
    expect(tabs.locator("[aria-current]")).to_be_in_viewport(ratio=0.99)


def in_sight(page: Page, side: str) -> bool:
    """Whether a side's last answer fills the middle of the screen's width."""
    box = page.locator(f".card[data-side={side}]").last.bounding_box()
    assert box is not None
    return box["x"] < 195 < box["x"] + box["width"]


def test_on_a_phone_the_sides_are_swiped_or_tapped(visit: Visit, stage: Stage) -> None:
    stage.play_all([WIDE, LONG_CODE, Finish()])
    page = visit(**PHONE).page
    battle = BattlePage(page).ask("On the phone")
    battle.wait_open()
    assert not overflows(page)
    assert in_sight(page, "a")
    assert not in_sight(page, "b")
    tabs = page.locator(".side-tabs button")
    tabs.nth(1).tap()
    expect(tabs.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(tabs.nth(0)).to_have_attribute("aria-pressed", "false")
    page.wait_for_function(
        "(() => { const box = [...document.querySelectorAll('.card[data-side=b]')].pop()"
        ".getBoundingClientRect(); return box.left < 195 && box.right > 195 })()"
    )
    swipe(page, 60, 330)
    expect(tabs.nth(0)).to_have_attribute("aria-pressed", "true")
    for choice in page.locator(".choice").all():
        box = choice.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 390
    page.get_by_role("radio", name="Right is better").tap()
    page.get_by_role("button", name="Reveal").tap()
    expect(battle.result).to_be_visible()
    assert not overflows(page)


def swipe(page: Page, start: int, end: int) -> None:
    """Draw a finger across the answers."""
    session = page.context.new_cdp_session(page)
    points = [start + (end - start) * step / 10 for step in range(11)]
    for number, x in enumerate(points):
        kind = "touchMove" if number else "touchStart"
        touch = [{"x": x, "y": 300}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touch})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("path", ["/arenas/text", "/arenas/text/leaderboard", "/history", "/nope"])
def test_no_page_is_wider_than_a_phone(visit: Visit, path: str) -> None:
    visitor = visit(**PHONE)
    visitor.refusals = path == "/nope"
    page = visitor.page
    BattlePage(page).begin("w" * 500)
    page.goto(path)
    assert not overflows(page)


def tab_stops(page: Page) -> list[str]:
    """What the tab key reaches, from the top of the page until it starts anew."""
    stops: list[str] = []
    while len(stops) < 80:
        page.keyboard.press("Tab")
        stop = page.evaluate(
            "(() => { const at = document.activeElement; if (!at || at === document.body)"
            " return ''; return at.getAttribute('aria-label') || at.placeholder ||"
            " at.dataset.label || at.innerText || at.name || at.tagName })()"
        )
        if not stop or stop.strip() in stops[:1]:
            break
        stops.append(stop.strip())
    return stops


def test_the_tab_key_reaches_everything(visit: Visit) -> None:
    page = visit().page
    battle = BattlePage(page).begin("With the keyboard")
    page.reload()
    battle.wait_open()
    page.keyboard.press("ArrowLeft")
    page.evaluate("document.activeElement.blur()")
    page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); }")
    stops = tab_stops(page)
    assert stops[0] == "Skip to the content"
    wanted = ["Polyarena", "Leaderboard", "History", "Theme", "Edit", "Regenerate"]
    wanted += ["Copy answer A", "Copy answer B", "Left is better", "reasons", "Add a comment"]
    wanted += ["Reveal", "Ask both a follow-up"]
    reached = iter(stops)
    missed = [one for one in wanted if not any(one in stop for stop in reached)]
    assert missed == [], stops


def test_the_skip_link_leads_to_the_content(visit: Visit) -> None:
    page = visit().page
    page.goto("/history")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_battle_with_the_keyboard_alone(visit: Visit, stage: Stage) -> None:
    gate = Gate()
    stage.play([["One", gate, ".", Finish()]], [["Two.", Finish()]])
    page = visit().page
    page.goto("/arenas/text")
    expect(page.get_by_label("Your prompt")).to_be_focused()
    page.keyboard.type("Only keys")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("on two lines")
    page.keyboard.press("Enter")
    page.wait_for_url("**/battles/*")
    battle = BattlePage(page)
    battle.side_that("One")
    gate.set()
    battle.wait_open()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(battle.result).to_have_text("You voted: Right is better")
    expect(battle.result).to_be_focused()
    expect(page.locator(".result-why")).to_contain_text("Accuracy")


def test_the_layout_is_steady_while_answers_stream(visit: Visit, stage: Stage) -> None:
    gate = Gate()
    stage.play_all(["Beginning.\n\n", gate, *["More words. "] * 200, Finish()])
    page = visit().page
    battle = BattlePage(page).ask("Hold still")
    for side in "ab":
        expect(battle.answer(side)).to_contain_text("Beginning.")
    before = [battle.card(side).bounding_box() for side in "ab"]
    gate.set()
    battle.wait_open()
    after = [battle.card(side).bounding_box() for side in "ab"]
    for first, last in zip(before, after, strict=True):
        assert first is not None
        assert last is not None
        assert (first["x"], first["width"]) == (last["x"], last["width"])
