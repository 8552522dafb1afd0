"""Apps with a server in their panes: run on a word, used like any other, kept where they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from kit.browser import visiting
from kit.server_apps import Running, leading_to, running
from kit.server_page import list_app
from polyarena.testing.serving import running as serving

from .app_panes import AppBattle

pytestmark = pytest.mark.browser

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
