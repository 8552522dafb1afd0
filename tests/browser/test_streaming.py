"""Answers while they come: stalled, failed, stopped, left and found again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kit.battle_page import BattlePage
from kit.browser import Visit, visiting
from kit.process import server_process
from kit.stage import FINE, Gate, Stage
from polyarena import Failure, Finish, ProviderError, Status

pytestmark = pytest.mark.browser

WORDS = [f"word{n}" for n in range(30)]


def test_a_stalled_side_does_not_hold_up_the_other(visit: Visit, stage: Stage) -> None:
    never = Gate()
    stage.play([["Stalled here", never, ".", Finish()]], [[*WORDS, "the end", Finish()]])
    battle = BattlePage(visit().page).ask()
    stalled = battle.side_that("Stalled here")
    whole = battle.side_that("the end")
    expect(battle.card(whole)).to_have_attribute("data-status", "done")
    expect(battle.card(stalled)).to_have_attribute("aria-busy", "true")
    never.set()
    battle.wait_open()


def test_a_failed_side_says_so_plainly_and_can_be_asked_again(visit: Visit, stage: Stage) -> None:
    secret = ProviderError(Failure.RATE_LIMITED, "429 from http://10.1.2.3 for key sk-77")
    stage.play([["Half", secret], ["Whole now.", Finish()]], [FINE])
    page = visit().page
    battle = BattlePage(page).ask()
    fine = battle.side_that("Fine.")
    failed = "b" if fine == "a" else "a"
    note = battle.card(failed).locator("[data-note]")
    expect(note).to_have_text("This model is busy; try again in a moment.")
    assert not re.search(r"10\.1\.2\.3|sk-77", page.content())
    page.keyboard.press("ArrowLeft")
    assert battle.chosen() == ""
    expect(page.get_by_text("Not open yet: an answer failed")).to_be_visible()
    battle.card(failed).get_by_role("button", name="Try again").click()
    expect(battle.answer(failed)).to_have_text("Whole now.")
    expect(battle.answer(fine)).to_have_text("Fine.")
    battle.wait_open()
    battle.vote(failed)


def test_what_a_side_is_doing_is_shown_until_it_speaks(visit: Visit, stage: Stage) -> None:
    first, second = Gate(), Gate()
    stage.play([[Status("looking it up"), first, "Found", second, ".", Finish()]], [FINE])
    page = visit().page
    battle = BattlePage(page).ask()
    expect(page.get_by_text("looking it up")).to_be_visible()
    first.set()
    side = battle.side_that("Found")
    expect(battle.card(side).locator("[data-note]")).to_be_hidden()
    second.set()
    battle.wait_open()


def test_stop_keeps_what_was_said(visit: Visit, stage: Stage) -> None:
    never = Gate()
    stage.play([["So far 1", never, Finish()]], [["So far 2", never, Finish()]])
    page = visit().page
    battle = BattlePage(page).ask()
    battle.side_that("So far 1")
    battle.side_that("So far 2")
    page.get_by_role("button", name="Stop both answers").click()
    battle.wait_open()
    for side in "ab":
        expect(battle.card(side)).to_have_attribute("data-status", "stopped")
        expect(battle.answer(side)).to_contain_text("So far")
        expect(battle.card(side)).to_contain_text("Stopped.")
    battle.vote("tie")
    expect(page.get_by_text("kept but not rated")).to_be_visible()


def test_regenerate_asks_both_anew(visit: Visit, stage: Stage) -> None:
    stage.play_all(["Old answer", Finish()], ["New answer", Finish()])
    page = visit().page
    battle = BattlePage(page).begin()
    page.get_by_role("button", name="Regenerate").click()
    for side in "ab":
        expect(battle.answer(side)).to_have_text("New answer")
    battle.wait_open()
    assert len(stage.requests) == 4


def test_the_last_prompt_can_be_edited(visit: Visit, stage: Stage) -> None:
    page = visit().page
    battle = BattlePage(page).begin("What is the captial of Peru?")
    page.get_by_text("Edit", exact=True).click()
    field = page.get_by_label("Edit your prompt")
    expect(field).to_be_focused()
    expect(field).to_have_value("What is the captial of Peru?")
    field.fill("What is the capital of Peru?")
    field.press("Enter")
    expect(page.locator(".prompt-text")).to_contain_text("What is the capital of Peru?")
    battle.wait_open()
    expect(page.locator(".turn")).to_have_count(1)
    assert stage.requests[-1].prompt_text == "What is the capital of Peru?"


def test_several_turns_before_the_vote(visit: Visit, stage: Stage) -> None:
    stage.play_all(*[(f"{word} answer", Finish()) for word in ("First", "Second", "Third")])
    page = visit().page
    battle = BattlePage(page).begin("Turn one")
    for number, prompt in enumerate(("Turn two", "Turn three"), 2):
        field = page.get_by_placeholder("Ask both a follow-up")
        field.fill(prompt)
        field.press("Enter")
        expect(page.locator(".turn")).to_have_count(number)
        battle.wait_open()
    for side in "ab":
        said = page.locator(f".card[data-side={side}] .answer").all_inner_texts()
        assert [text.strip() for text in said] == ["First answer", "Second answer", "Third answer"]
    roles = [message.role for message in stage.requests[-1].messages]
    assert roles == ["user", "assistant", "user", "assistant", "user"]
    battle.vote("b")
    expect(page.get_by_placeholder("Ask both a follow-up")).to_have_count(0)


def halfway(battle: BattlePage, stage: Stage) -> Gate:
    """Begin a battle both of whose answers hang in the middle."""
    gate = Gate()
    stage.play_all(["First half, ", gate, "**second** half.", Finish()])
    battle.ask("A long one")
    expect_both(battle, "First half,")
    return gate


def expect_both(battle: BattlePage, text: str) -> None:
    for side in "ab":
        expect(battle.answer(side)).to_have_text(text)


def test_a_reload_in_mid_stream_shows_the_whole(visit: Visit, stage: Stage) -> None:
    battle = BattlePage(visit().page)
    gate = halfway(battle, stage)
    battle.page.reload()
    expect_both(battle, "First half,")
    gate.set()
    expect_both(battle, "First half, second half.")
    battle.wait_open()
    battle.page.reload()
    expect_both(battle, "First half, second half.")
    battle.vote()


def test_a_page_closed_in_mid_stream_is_found_in_the_history(visit: Visit, stage: Stage) -> None:
    visitor = visit()
    gate = halfway(BattlePage(visitor.page), stage)
    visitor.page.close()
    page = visitor.context.new_page()
    page.goto("/history")
    page.get_by_role("link", name="A long one").click()
    battle = BattlePage(page)
    expect_both(battle, "First half,")
    gate.set()
    expect_both(battle, "First half, second half.")
    battle.wait_open()
    battle.vote()


def begin_long(page: Page) -> str:
    battle = BattlePage(page).ask("Tell me a long story about the sea")
    for side in "ab":
        expect(battle.answer(side)).not_to_be_empty()
    return battle.id


def test_a_restart_in_mid_stream_shows_failed_and_a_retry(browser: Browser, tmp_path: Path) -> None:
    slow = {"POLYARENA_PLUGINS": '{"demo": {"pace": 0.3}}'}
    with server_process(tmp_path, slow) as first, visiting(browser, first.url) as visit:
        visitor = visit()
        visitor.refusals = True
        battle_id = begin_long(visitor.page)
        cookies = visitor.context.cookies()
        first.process.kill()
        first.process.wait()
        expect(visitor.page.locator("pa-battle")).to_have_attribute("data-lost", "")
    fast = {"POLYARENA_PLUGINS": '{"demo": {"pace": 0}}'}
    with server_process(tmp_path, fast) as second, visiting(browser, second.url) as visit:
        visitor = visit()
        jar = [{"url": second.url, "name": c["name"], "value": c["value"]} for c in cookies]
        visitor.context.add_cookies(jar)  # type: ignore[arg-type]
        page = visitor.page
        page.goto(f"/battles/{battle_id}")
        battle = BattlePage(page)
        for side in "ab":
            note = battle.card(side).locator("[data-note]")
            expect(note).to_have_text("The answer was interrupted on our side.")
            battle.card(side).get_by_role("button", name="Try again").click()
            expect(battle.card(side)).to_have_attribute("data-status", "done")
        battle.wait_open()
        battle.vote()
