"""A blind battle from the prompt to the leaderboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from kit.battle_page import BattlePage
from kit.browser import Visit, visiting
from kit.served import ProviderPlugin, served
from kit.stage import FINE, Gate, Stage, model
from polyarena import Finish

pytestmark = pytest.mark.browser

SECRETS = ("quillfeather", "quill labs", "quill.test", "osprey", "tokens_per_second", "propensity")
NAMES = ("Quillfeather 70B", "Osprey Mini")


class Wire:
    """Everything that the server tells a page: responses, headers, and events as they come."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._responses: list[Response] = []
        self._events: list[str] = []
        page.on("response", lambda response: self._responses.append(response))
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on(
            "Network.eventSourceMessageReceived", lambda event: self._events.append(event["data"])
        )

    def read(self) -> str:
        """All of it, with the page as it stands, in lower case."""
        said = [*self._events, self._page.content()]
        for response in self._responses:
            said.append(str(response.all_headers()))
            if "/events" not in response.url:
                said.append(response.text())
        assert any("snapshot" in event or "blocks" in event for event in self._events)
        return "\n".join(said).lower()


def test_a_battle_from_the_prompt_to_the_leaderboard(browser: Browser, tmp_path: Path) -> None:
    one, two = Gate(), Gate()
    stage = Stage(*(model(name, organization="Quill Labs") for name in NAMES))
    stage.play([["Left so far", one, ", done.", Finish()]], [["Right too", two, "!", Finish()]])
    with (
        served(tmp_path, {"stage": ProviderPlugin(stage)}) as url,
        visiting(browser, url) as visit,
    ):
        page = visit().page
        wire = Wire(page)
        battle = BattlePage(page).ask("Which is better?")
        first = battle.side_that("Left so far")
        other = "b" if first == "a" else "a"
        expect(battle.answer(other)).to_contain_text("Right too")
        expect(battle.choices).to_be_disabled()
        one.set()
        expect(battle.card(first)).to_have_attribute("data-status", "done")
        expect(battle.choices).to_be_disabled()
        two.set()
        battle.wait_open()
        before = wire.read()
        assert [secret for secret in SECRETS if secret in before] == []
        battle.vote(first)
        for name in NAMES:
            expect(page.get_by_role("heading", name=name)).to_be_visible()
        head = page.locator(f".head[data-side={first}]")
        expect(head).to_contain_text("Quillfeather 70B")
        expect(head).to_contain_text("Your pick")
        assert "quillfeather" in wire.read()
        page.get_by_role("link", name="Leaderboard").click()
        expect(page.get_by_text("Rated from 1 vote")).to_be_visible()
        rows = page.get_by_role("row").filter(has_text="Quill Labs")
        expect(rows.first).to_contain_text("Quillfeather 70B")
        expect(rows.nth(1)).to_contain_text("Osprey Mini")


def test_the_choice_can_be_changed_until_it_is_revealed(visit: Visit) -> None:
    page = visit().page
    battle = BattlePage(page).begin()
    for key, choice in (
        ("ArrowRight", "b"),
        ("ArrowUp", "tie"),
        ("ArrowDown", "both_bad"),
        ("ArrowLeft", "a"),
    ):
        page.keyboard.press(key)
        assert battle.chosen() == choice
    expect(battle.result).to_be_hidden()
    page.keyboard.press("ArrowLeft")
    expect(battle.result).to_have_text("You voted: Left is better")
    expect(page.locator("[name=choice]")).to_have_count(0)
    page.reload()
    expect(battle.result).to_have_text("You voted: Left is better")


@pytest.mark.parametrize("how", ["enter", "button", "click"])
def test_other_ways_to_reveal(visit: Visit, how: str) -> None:
    page = visit().page
    battle = BattlePage(page).begin()
    if how == "click":
        page.get_by_role("radio", name="It's a tie").check()
    else:
        page.keyboard.press("ArrowUp")
    expect(battle.result).to_be_hidden()
    if how == "enter":
        page.keyboard.press("Enter")
    else:
        page.get_by_role("button", name="Reveal").click()
    expect(battle.result).to_have_text("You voted: It's a tie")


def test_reasons_and_a_comment_go_along(visit: Visit) -> None:
    page = visit().page
    battle = BattlePage(page).begin()
    page.keyboard.press("ArrowDown")
    page.get_by_role("checkbox", name="Accuracy").check()
    page.get_by_role("checkbox", name="Clarity").check()
    comment = page.get_by_placeholder("Add a comment")
    comment.fill("both miss the ")
    # Arrow keys inside the comment move its cursor and choose nothing.
    comment.press("ArrowLeft")
    comment.press("ArrowRight")
    comment.press_sequentially("point")
    comment.press("Enter")
    expect(battle.result).to_have_text("You voted: Both are bad")
    why = page.locator(".result-why")
    expect(why).to_contain_text("Accuracy")
    expect(why).to_contain_text("Clarity")
    expect(why).to_contain_text("both miss the point")
    expect(why).not_to_contain_text("Length")


def test_the_setting_that_reveals_at_once_is_kept(visit: Visit) -> None:
    page = visit().page
    battle = BattlePage(page).begin()
    page.locator("summary[aria-label]").filter(visible=True).last.click()
    page.get_by_label("Reveal at once when I choose").check()
    page.keyboard.press("Escape")
    battle.begin("Another")
    page.keyboard.press("ArrowRight")
    expect(battle.result).to_have_text("You voted: Right is better")


def test_a_new_battle_with_the_same_prompt(visit: Visit) -> None:
    page = visit().page
    battle = BattlePage(page).begin("The same & again?")
    old = battle.id
    battle.vote()
    page.get_by_role("link", name="New battle, same prompt").click()
    field = page.get_by_label("Your prompt")
    expect(field).to_have_value("The same & again?")
    field.press("Enter")
    page.wait_for_url("**/battles/*")
    battle.wait_open()
    assert battle.id != old


def test_a_starter_fills_the_prompt(visit: Visit) -> None:
    page = visit().page
    page.goto("/arenas/text")
    page.get_by_role("link", name="Write a letter").click()
    expect(page.get_by_label("Your prompt")).to_have_value(re.compile("^Write a short letter"))


def test_before_the_answers_are_in_no_key_votes(visit: Visit, stage: Stage) -> None:
    gate = Gate()
    stage.play([["Half", gate, ".", Finish()]], [FINE])
    page = visit().page
    battle = BattlePage(page).ask()
    battle.side_that("Half")
    page.keyboard.press("ArrowLeft")
    assert battle.chosen() == ""
    gate.set()
    battle.wait_open()
    battle.vote()
