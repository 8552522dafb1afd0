"""Apps with a server in their panes: run on a word, used like any other, kept where they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from kit.barriers import overflows, violations_in_both_themes
from kit.browser import visiting
from kit.server_apps import Running, leading_to, running
from kit.server_page import list_app
from polyarena.testing.serving import running as serving

from .app_panes import AppBattle

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

TRIED = {
    "storage: yes",
    "socket: hello",
    "put: 1",
    "site: refused",
    "site in secret: refused",
    "other socket: refused",
    "parent: refused",
    "away: refused",
}


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with serving(list_app()) as url:
        port = urlsplit(url).port
        assert port is not None
        data: Path = tmp_path_factory.mktemp("served")
        with running(data, leading_to(port), servers=1, gate="look") as apps:
            yield apps


def test_an_app_is_run_used_and_stays_where_it_is(browser: Browser, apps: Running) -> None:
    with visiting(browser, str(apps.client.base_url)) as visit:
        visitor = visit()
        battle = AppBattle(visitor.page).ask("An app")
        expect(battle.pane("a")).to_have_attribute("data-state", "still")
        expect(battle.pane("a").locator("img:visible")).to_have_count(1)
        assert not apps.sandbox.served
        battle.button("a", "Run live").click()
        app = battle.app("a")
        for tried in TRIED:
            expect(app.get_by_role("listitem").filter(has_text=tried)).to_have_count(1)
        app.get_by_role("textbox").fill("One more")
        app.get_by_role("textbox").press("Enter")
        expect(app.get_by_text("1 in this session")).to_be_visible()
        assert urlsplit(visitor.page.url).path.startswith("/battles/")

        # There is one place, and the other app was in use a moment ago: screenshots have to do.
        visitor.refusals = True
        battle.button("b", "Run live").click()
        expect(battle.pane("b").locator("[data-state]")).to_contain_text("As many apps run as may")
        expect(visitor.page.get_by_role("radio", name="Left is better")).to_be_enabled()
        battle.button("a", "Stop").click()
        expect(battle.pane("a").locator("iframe")).to_have_count(0)
        # What its page tried in vain is told in the console.
        visitor.faults.clear()


def test_on_a_phone_it_is_started_from_its_screenshot(browser: Browser, tmp_path: Path) -> None:
    with (
        running(tmp_path, gate="look") as apps,
        visiting(browser, str(apps.client.base_url)) as visit,
    ):
        page = visit(**PHONE).page
        battle = AppBattle(page).ask("An app")
        pane = battle.pane("a")
        start = battle.button("a", "Start the app")
        expect(start).to_be_visible()
        expect(pane.get_by_text("It runs on a server; this is a screenshot.")).to_be_visible()
        assert not overflows(page)
        assert violations_in_both_themes(page) == []
        start.focus()
        page.keyboard.press("Enter")
        expect(battle.app("a").get_by_role("heading", name="Hello")).to_be_visible()
        expect(start).to_be_hidden()
        expect(battle.button("a", "Stop")).to_be_focused()
        battle.button("a", "Full screen").click()
        expect(battle.app("a").locator("html")).to_have_js_property("clientWidth", 390)
        frame = pane.locator("iframe").bounding_box()
        assert frame is not None
        assert (frame["x"], frame["width"]) == (0, 390)
        battle.button("a", "Full screen").click()
        battle.button("a", "Stop").click()
        expect(start).to_be_visible()
        page.get_by_text("Compare the pictures").click()
        screens = page.get_by_role("group", name="Screenshots of both apps")
        expect(screens.get_by_role("radio", name="Phone")).to_be_checked()
        expect(screens.locator("[data-device=phone] pa-picture-pair")).to_be_visible()
