"""Side by side and direct: the models are chosen and known."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kit.battle_page import BattlePage
from kit.browser import Visit
from kit.stage import Stage
from polyarena import Finish

pytestmark = pytest.mark.browser


def test_side_by_side_with_chosen_models(visit: Visit, stage: Stage) -> None:
    stage.play([["Quill speaks", Finish()]], [["Bird speaks", Finish()]])
    page = visit().page
    page.goto("/arenas/text")
    page.get_by_role("link", name="Side by side").click()
    page.get_by_label("Left model").select_option("Quillfeather 70B")
    page.get_by_label("Right model").select_option("Osprey Mini")
    battle = BattlePage(page).send("Compare")
    expect(page.locator(".head[data-side=a]")).to_contain_text("Quillfeather 70B")
    expect(page.locator(".head[data-side=b]")).to_contain_text("Osprey Mini")
    battle.wait_open()
    expect(battle.answer("a")).to_have_text("Quill speaks")
    expect(battle.answer("b")).to_have_text("Bird speaks")
    battle.vote("a")
    expect(page.get_by_text("this vote is kept apart")).to_be_visible()


def test_direct_with_one_model(visit: Visit, stage: Stage) -> None:
    stage.play([], [["One.", Finish()], ["Two.", Finish()]])
    page = visit().page
    page.goto("/arenas/text/direct")
    page.get_by_role("combobox", name="Model").select_option("Osprey Mini")
    battle = BattlePage(page).send("Talk to me")
    expect(page.get_by_role("heading", name="Osprey Mini")).to_be_visible()
    expect(battle.answer("a")).to_have_text("One.")
    expect(page.locator(".card")).to_have_count(1)
    expect(page.locator("pa-ballot")).to_have_count(0)
    field = page.get_by_placeholder("Ask a follow-up")
    field.fill("And again")
    field.press("Enter")
    expect(battle.answer("a")).to_have_text("Two.")
    expect(page.locator(".turn")).to_have_count(2)


def test_each_mode_has_an_address_of_its_own(visit: Visit) -> None:
    page = visit().page
    for name, address in (
        ("Side by side", "/arenas/text/side-by-side"),
        ("Direct", "/arenas/text/direct"),
        ("Battle", "/arenas/text"),
    ):
        page.goto("/arenas/text")
        page.get_by_role("link", name=name, exact=True).click()
        page.wait_for_url(f"**{address}")
        chosen = page.get_by_role("navigation", name="Modes").locator("[aria-current=page]")
        expect(chosen).to_have_text(name)
