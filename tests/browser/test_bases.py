"""A thread that goes on from an earlier turn, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kit.battle_page import BattlePage
from kit.browser import Visit
from kit.stage import Line, Stage
from polyarena import Finish

pytestmark = pytest.mark.browser
LINES: list[Line] = [[f"Version {number}.", Finish()] for number in range(1, 5)]


@pytest.mark.parametrize("scripts", [True, False])
def test_continuing_from_an_earlier_turn(visit: Visit, stage: Stage, scripts: bool) -> None:
    stage.play(LINES, LINES)
    page = visit(java_script_enabled=scripts).page
    page.goto("/arenas/text")
    battle = BattlePage(page)
    page.get_by_label("Your prompt").fill("A blue button")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/battles/*")
    battle.wait_open()
    follow, send = page.get_by_placeholder("Ask both"), page.locator(".dock .send.when-idle")

    def next_turn(prompt: str, number: int) -> None:
        follow.fill(prompt)
        send.click()
        expect(page.locator(".turn")).to_have_count(number)
        battle.wait_open()

    next_turn("Make it red", 2)
    expect(page.get_by_role("link", name="Continue from here")).to_have_count(1)
    follow.fill("Half a thought")
    page.get_by_role("link", name="Continue from here").click()
    continuing = page.locator(".from-turn")
    expect(continuing).to_contain_text("Continuing from turn 1")
    if scripts:
        expect(follow).to_have_value("Half a thought")
    continuing.get_by_role("link", name="Cancel").click()
    expect(continuing).to_have_count(0)
    page.get_by_role("link", name="Continue from here").click()
    next_turn("Make it green", 3)
    expect(continuing).to_have_count(0)
    assert "base" not in page.url
    expect(page.locator(".turn.set-aside")).to_have_count(1)
    expect(page.get_by_label("Turn 2", exact=True)).to_contain_text("Set aside")
    expect(page.get_by_label("Turn 3", exact=True)).to_contain_text("Continues from turn 1")
    said = [m.parts[0].model_dump()["text"] for m in stage.requests[-1].messages]
    assert said == ["A blue button", "Version 1.", "Make it green"]
