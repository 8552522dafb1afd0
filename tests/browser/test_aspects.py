"""Judging aspects with the keyboard and with a finger, and voting plainly beside them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from kit.barriers import overflows, violations_in_both_themes
from kit.battle_page import BattlePage
from kit.browser import Visit, visiting
from kit.judging import plugins
from kit.served import served

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory.mktemp("judged"), plugins()) as url:
        yield url


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    with visiting(browser, site) as visit:
        yield visit


def said(page: Page, aspect: str) -> str:
    """What the form would send of an aspect."""
    return page.locator(f'[name="aspect.{aspect}"]:checked').get_attribute("value") or ""


def test_aspects_are_judged_by_keys_and_never_stand_in_the_way(visit: Visit) -> None:
    page = visit().page
    battle = BattlePage(page, "judged").begin()
    group = page.get_by_role("radiogroup", name="Looks")
    expect(group).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    assert battle.chosen() == "a"
    expect(group).to_be_visible()
    for key, aspect, arrow, choice in (
        ("1", "looks", "ArrowRight", "b"),
        ("2", "works", "ArrowUp", "tie"),
        ("3", "fits", "ArrowLeft", "a"),
        ("3", "fits", "Backspace", ""),
    ):
        page.keyboard.press(key)
        page.keyboard.press(arrow)
        assert (said(page, aspect), battle.chosen()) == (choice, "a")
    assert violations_in_both_themes(page) == []
    page.keyboard.press("Enter")
    expect(battle.result).to_have_text("You voted: Left is better")
    why = page.locator(".result-why")
    expect(why).to_contain_text("Looks: Right")
    expect(why).to_contain_text("Works: Tie")
    expect(why).not_to_contain_text("Fits")
    BattlePage(page, "judged").begin("A plain vote").vote("b")
    expect(page.locator(".result-why")).to_have_count(0)


def test_on_a_phone_an_aspect_is_tapped_and_taken_back(visit: Visit) -> None:
    page = visit(**PHONE).page
    battle = BattlePage(page, "judged").begin()
    page.get_by_role("radio", name="It's a tie").tap()
    group = page.get_by_role("radiogroup", name="Works")
    for choice in group.locator("label").filter(visible=True).all():
        box = choice.bounding_box()
        assert box is not None
        assert box["height"] >= 40
        assert box["x"] + box["width"] <= 390
    group.get_by_role("radio", name="Right").tap()
    page.get_by_role("radiogroup", name="Looks").get_by_role("radio", name="Left").tap()
    assert (said(page, "works"), said(page, "looks")) == ("b", "a")
    group.get_by_role("radio", name="Not said").tap()
    assert said(page, "works") == ""
    assert not overflows(page)
    page.get_by_role("button", name="Reveal").tap()
    expect(battle.result).to_have_text("You voted: It's a tie")
    expect(page.locator(".result-why")).to_have_text("Looks: Left")
    page.goto("/arenas/judged/leaderboard?aspect=composite")
    assert not overflows(page)
