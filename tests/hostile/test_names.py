"""Models with hostile names, organisations, licences and links."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kit.battle_page import BattlePage
from kit.browser import visiting
from kit.harmless import harm, watch
from kit.served import ProviderPlugin, served
from kit.stage import Stage, model

from .conftest import LICENSE, ORGANIZATION, Visit
from .payloads import NAMES

pytestmark = pytest.mark.browser


def test_hostile_names_are_shown_as_they_are(visit: Visit) -> None:
    visitor = visit()
    page = visitor.page
    page.goto("/arenas/text/side-by-side")
    page.get_by_label("Left model").select_option(NAMES[0])
    page.get_by_label("Right model").select_option(NAMES[1])
    battle = BattlePage(page).send("Who are you?")
    battle.wait_open()
    for side, name in zip("ab", NAMES, strict=False):
        head = page.locator(f".head[data-side={side}]")
        expect(head.get_by_role("heading")).to_contain_text(name)
        expect(head).to_contain_text(ORGANIZATION)
        expect(head).to_contain_text(LICENSE)
    battle.vote()
    battle.begin("And now?").vote()
    page.goto("/history")
    expect(page.locator(".row-names").first).to_contain_text(NAMES[0])
    page.goto("/arenas/text/leaderboard")
    expect(page.get_by_role("rowheader").filter(has_text=NAMES[0])).to_be_visible()
    assert harm(page) == []


def test_a_long_list_of_hostile_names(browser: Browser, tmp_path: Path) -> None:
    names = [*NAMES, *(f"{number}{name}" for number, name in enumerate(NAMES))]
    stage = Stage(*(model(name) for name in names))
    with (
        served(tmp_path, {"stage": ProviderPlugin(stage)}) as url,
        visiting(browser, url) as visit,
    ):
        visitor = visit()
        watch(visitor.context)
        page = visitor.page
        page.goto("/arenas/text/direct")
        page.get_by_role("combobox", name="Model").fill(names[2])
        battle = BattlePage(page).send("Hello")
        expect(battle.answer("a")).to_have_text("Fine.")
        expect(page.get_by_role("heading", name=names[2])).to_be_visible()
        assert harm(page) == []
