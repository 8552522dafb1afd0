"""The live ticker in a browser: it renews itself, can be put away, and needs no scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kit.barriers import overflows, violations
from kit.browser import Visit, visiting
from kit.served import scripted, served
from kit.voted import BOARD, MODELS, VOTES, add
from kit.voting import Cast

from .test_looks import PHONE

pytestmark = pytest.mark.browser

MORE = Cast("Beta", "Alpha", "a", 10)
POLL_MS = 20_000


@dataclass(frozen=True)
class Moving:
    """An arena whose votes go on: visits to it, and the directory of its data."""

    visit: Visit
    data: Path

    def open(self, **options: object) -> Page:
        """The leaderboard, in a page whose clock the test moves."""
        page = self.visit(**options).page
        page.clock.install()
        page.goto(BOARD)
        return page


@pytest.fixture
def moving(tmp_path: Path, browser: Browser) -> Iterator[Moving]:
    add(tmp_path, *VOTES, snapshot=True)
    with served(tmp_path, scripted(*MODELS)) as url, visiting(browser, url) as visit:
        yield Moving(visit, tmp_path)


def ticker(page: Page) -> Locator:
    return page.locator(".live")


def test_it_renews_itself_and_keeps_the_focus(moving: Moving) -> None:
    page = moving.open()
    expect(ticker(page)).to_contain_text("once 10 votes of at least 3 people")
    add(moving.data, MORE)
    page.clock.fast_forward(POLL_MS)
    expect(ticker(page)).to_contain_text("Online Elo over 10 votes")
    expect(ticker(page)).to_contain_text("Provisional, not the rating")
    link = ticker(page).get_by_role("link", name="Beta")
    link.focus()
    add(moving.data, MORE)
    page.clock.fast_forward(POLL_MS)
    expect(ticker(page)).to_contain_text("Online Elo over 20 votes")
    expect(link).to_be_focused()
    link.click()
    page.wait_for_url("**/models/Beta")


def test_put_away_it_asks_for_nothing(moving: Moving) -> None:
    add(moving.data, MORE)
    page = moving.open()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_text("Provisional, not the rating").click()
    expect(page.locator(".live-movers")).to_be_hidden()
    page.clock.fast_forward(POLL_MS)
    page.clock.run_for(POLL_MS)
    page.get_by_text("Provisional, not the rating").click()
    with page.expect_response(lambda answer: "/live?seen=" in answer.url) as answer:
        page.clock.run_for(POLL_MS)
    assert answer.value.status == 204
    assert len([url for url in asked if "/live" in url]) == 1
    expect(page.locator(".live-movers")).to_be_visible()


def test_without_scripts_it_shows_what_there_is(moving: Moving) -> None:
    add(moving.data, MORE)
    page = moving.visit(java_script_enabled=False).page
    page.goto(BOARD)
    expect(ticker(page)).to_contain_text("Online Elo over 10 votes")
    expect(ticker(page).get_by_role("listitem")).to_have_count(2)


def test_it_has_no_barriers_and_fits_a_phone(moving: Moving) -> None:
    add(moving.data, MORE)
    for options in ({}, PHONE):
        page = moving.visit(bypass_csp=True, reduced_motion="reduce", **options).page
        page.goto(BOARD)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == []
        assert not overflows(page)
