"""Battles found again, deleted, and shared."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from kit.battle_page import BattlePage
from kit.browser import Visit
from kit.stage import Stage
from polyarena import Finish

pytestmark = pytest.mark.browser


def three_battles(page: Page) -> BattlePage:
    """Three battles, the last of them voted on and open."""
    battle = BattlePage(page)
    for prompt in ("Bake a lemon cake", "Repair a bicycle", "Bake rye bread"):
        battle.begin(prompt)
    battle.vote("b")
    return battle


def test_a_search_finds_by_prompt(visit: Visit) -> None:
    page = visit().page
    three_battles(page)
    page.get_by_role("link", name="History").click()
    titles = page.locator(".row-link strong")
    expect(titles).to_have_text(["Bake rye bread", "Repair a bicycle", "Bake a lemon cake"])
    search = page.get_by_label("Search your prompts")
    search.press_sequentially("bake")
    expect(titles).to_have_text(["Bake rye bread", "Bake a lemon cake"])
    page.wait_for_url("**/history?q=bake")
    expect(search).to_be_focused()
    search.press_sequentially(" nothing")
    expect(page.get_by_text("No battle matches “bake nothing”.")).to_be_visible()
    page.reload()
    expect(search).to_have_value("bake nothing")
    search.fill("")
    expect(titles).to_have_count(3)


def test_a_battle_is_reopened_as_it_was(visit: Visit, stage: Stage) -> None:
    stage.play([["A *rich* answer", Finish()]], [["A poor one", Finish()]])
    page = visit().page
    battle = BattlePage(page).begin("First question")
    field = page.get_by_placeholder("Ask both a follow-up")
    field.fill("Second question")
    field.press("Enter")
    expect(page.locator(".turn")).to_have_count(2)
    battle.wait_open()
    battle.vote("both_bad")
    shown = [page.locator(which).all_inner_texts() for which in (".prompt-text", ".answer")]
    names = page.locator(".head h2").all_inner_texts()
    page.goto("/history")
    page.get_by_role("link", name="First question").click()
    expect(battle.result).to_have_text("You voted: Both are bad")
    assert [page.locator(which).all_inner_texts() for which in (".prompt-text", ".answer")] == shown
    assert page.locator(".head h2").all_inner_texts() == names


def test_a_battle_without_a_vote_shows_no_names_and_takes_one(visit: Visit) -> None:
    page = visit().page
    BattlePage(page).begin("Undecided")
    page.goto("/history")
    row = page.get_by_role("link", name="Undecided")
    expect(row).to_contain_text("Not voted")
    assert "Osprey" not in page.content()
    row.click()
    battle = BattlePage(page)
    battle.wait_open()
    battle.vote()
    page.goto("/history")
    expect(page.get_by_role("link", name="Undecided")).to_contain_text("Osprey Mini")


def test_one_is_deleted_then_all(visit: Visit) -> None:
    visitor = visit()
    visitor.refusals = True
    page = visitor.page
    gone = three_battles(page).id
    page.goto("/history")
    page.get_by_label("Delete “Bake rye bread”").click()
    page.get_by_role("button", name="Delete", exact=True).filter(visible=True).click()
    titles = page.locator(".row-link strong")
    expect(titles).to_have_text(["Repair a bicycle", "Bake a lemon cake"])
    answer = page.goto(f"/battles/{gone}")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("alert")).to_contain_text("deleted")
    page.goto("/history")
    page.get_by_text("Delete all").click()
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_text("No battles yet.")).to_be_visible()


def test_a_share_link_is_read_only_for_others(visit: Visit, stage: Stage) -> None:
    stage.play([["Shared words", Finish()]], [["Other words", Finish()]])
    page = visit().page
    battle = BattlePage(page).begin("Look at this")
    expect(page.get_by_role("button", name="Share")).to_have_count(0)
    battle.vote("a")
    link = battle.share()
    stranger = visit().page
    stranger.goto(link)
    expect(stranger.get_by_text("A shared battle, read-only.")).to_be_visible()
    expect(stranger.get_by_text("The vote was: Left is better.")).to_be_visible()
    expect(stranger.get_by_role("paragraph").filter(has_text="Shared words")).to_be_visible()
    expect(stranger.get_by_role("heading", name="Osprey Mini")).to_be_visible()
    assert stranger.locator("main form").count() == 0
    assert battle.id not in stranger.evaluate(
        "[...document.querySelectorAll('a, form')].map(one => one.href || one.action).join(' ')"
    )


def test_somebody_elses_battle_stays_closed(visit: Visit) -> None:
    battle = BattlePage(visit().page).begin("Mine alone")
    stranger = visit()
    stranger.refusals = True
    answer = stranger.page.goto(f"/battles/{battle.id}")
    assert answer is not None
    assert answer.status == 403
    expect(stranger.page.get_by_role("alert")).to_contain_text("ask them for its share link")
    assert "Mine alone" not in stranger.page.content()
    refused = stranger.context.request.post(f"/battles/{battle.id}/vote", form={"choice": "a"})
    assert refused.status == 403
    stranger.page.goto("/history")
    expect(stranger.page.get_by_text("No battles yet.")).to_be_visible()
