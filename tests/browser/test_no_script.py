"""The pages without JavaScript: forms, links and redirects."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from kit.battle_page import BattlePage
from kit.browser import Visit
from kit.stage import FINE, Gate, Stage
from polyarena import Failure, Finish, ProviderError

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visit: Visit) -> Page:
    visitor = visit(java_script_enabled=False)
    visitor.refusals = True
    return visitor.page


def ask(page: Page, prompt: str) -> BattlePage:
    page.goto("/arenas/text")
    page.get_by_label("Your prompt").fill(prompt)
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/battles/*")
    return BattlePage(page)


def test_a_battle_a_vote_and_the_reveal(page: Page, stage: Stage) -> None:
    gate = Gate()
    stage.play([["Slow", gate, " answer.", Finish()]], [FINE])
    battle = ask(page, "Plain as can be")
    expect(battle.choices).to_be_disabled()
    gate.set()
    # The page reloads itself until the answers are in.
    battle.wait_open()
    battle.side_that("Slow answer.")
    page.get_by_role("radio", name="Right is better").check()
    page.get_by_role("checkbox", name="Clarity").check()
    page.get_by_placeholder("Add a comment").fill("no scripts here")
    page.get_by_role("button", name="Reveal").click()
    expect(battle.result).to_have_text("You voted: Right is better")
    expect(page.locator(".result-why")).to_contain_text("no scripts here")
    for name in ("Quillfeather 70B", "Osprey Mini"):
        expect(page.get_by_role("heading", name=name)).to_be_visible()
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_label("Read-only link")).to_be_visible()
    page.get_by_role("link", name="New battle, same prompt").click()
    expect(page.get_by_label("Your prompt")).to_have_value("Plain as can be")


def test_another_turn_and_a_retry(page: Page, stage: Stage) -> None:
    broken = ProviderError(Failure.CUT, "")
    stage.play([FINE, ["Half", broken], ["Whole.", Finish()]], [FINE])
    battle = ask(page, "One")
    battle.wait_open()
    page.get_by_placeholder("Ask both a follow-up").fill("Two")
    page.get_by_role("button", name="Send").filter(visible=True).click()
    retry = page.get_by_role("button", name="Try again").filter(visible=True)
    retry.click()
    battle.side_that("Whole.")
    battle.wait_open()


def test_an_error_is_a_page(page: Page) -> None:
    page.goto("/arenas/text")
    page.get_by_label("Your prompt").fill("   ")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).not_to_be_empty()
    page.get_by_role("link", name="Back to the arena").click()
    expect(page.get_by_label("Your prompt")).to_be_visible()


def test_history_is_searched_and_deleted(page: Page) -> None:
    battle = ask(page, "Keep me not")
    battle.wait_open()
    page.goto("/history")
    page.get_by_label("Search your prompts").fill("keep")
    page.get_by_label("Search your prompts").press("Enter")
    expect(page.get_by_role("link", name="Keep me not")).to_be_visible()
    page.get_by_text("Delete all").click()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("No battles yet.")).to_be_visible()
