"""Apps that mean ill: nothing of theirs leaves their frames, and the page stays the voter's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from kit.app_arena import COUNTER
from kit.elsewhere import Elsewhere, elsewhere
from kit.hostile_app import hostile_app, leaving_app
from polyarena.bundle import Bundle

from .app_panes import APPS, AppBattle, AppServer, app_server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def stranger() -> Iterator[Elsewhere]:
    with elsewhere() as host:
        yield host


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory, stranger: Elsewhere) -> Iterator[AppServer]:
    hostile = {
        "hostile": hostile_app(stranger.port, Bundle.of(COUNTER).digest),
        "leaving": leaving_app(f"http://127.0.0.1:{stranger.port}/?secret"),
        "breaking in": leaving_app("/arenas/text"),
    }
    with app_server(tmp_path_factory.mktemp("walls"), APPS | hostile) as server:
        yield server


@pytest.fixture
def context(browser: Browser, apps: AppServer, stranger: Elsewhere) -> Iterator[BrowserContext]:
    stranger.heard.clear()
    context = browser.new_context(base_url=apps.url)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def frames_that_say(page: Page, text: str) -> int:
    """In how many frames a heading says this."""
    return sum(
        frame.locator("h1", has_text=text).count()
        for frame in page.frames
        if frame != page.main_frame and not frame.is_detached()
    )


def test_an_app_reaches_nothing_but_itself(
    context: BrowserContext, page: Page, apps: AppServer, stranger: Elsewhere
) -> None:
    opened: list[str] = []
    context.on("page", lambda other: opened.append(other.url))
    page.on("download", lambda download: opened.append(download.url))
    page.on("dialog", lambda dialog: opened.append(dialog.message))
    apps.play("hostile")
    ends = count(1)
    # Nothing looks into the frames before: that would count as the voter's own click in them.
    with page.expect_console_message(
        lambda said: said.text == "ended" and next(ends) == 2, timeout=60_000
    ):
        battle = AppBattle(page).ask()
    address = page.url
    for side in ("a", "b"):
        body = battle.app(side).locator("body")
        expect(body).to_have_attribute("data-got", "{}")
    page.wait_for_timeout(500)
    assert stranger.heard == []
    assert opened == []
    assert page.url == address
    assert len(context.pages) == 1
    assert [cookie["name"] for cookie in context.cookies()] == ["polyarena_visitor"]


def test_forged_messages_and_a_forged_look_change_nothing(page: Page, apps: AppServer) -> None:
    told: list[str] = []
    page.on("request", lambda request: told.append(request.post_data or ""))
    page.set_viewport_size({"width": 1000, "height": 200})
    apps.play("hostile", "counter")
    battle = AppBattle(page).ask()
    hostile = "a" if battle.side_that("hostile") == "a" else "b"
    battle.button(hostile, "Run live").click()
    done = battle.app(hostile).locator("body[data-got]")
    expect(done).to_be_attached(timeout=60_000)
    battle.app(hostile).get_by_role("button", name="Left is better").dispatch_event("click")
    expect(battle.choices).to_be_disabled()
    assert battle.chosen() == ""
    expect(battle.result).to_have_count(0)
    looks = [json.loads(body) for body in told if "bundle" in body]
    assert all(look["counts"].get("click") is None for look in looks)


def test_an_app_that_leaves_stays_in_its_frame(
    page: Page, apps: AppServer, stranger: Elsewhere
) -> None:
    apps.play("leaving", "breaking in")
    battle = AppBattle(page).ask()
    address = page.url
    expect(battle.pane("a")).to_have_attribute("data-state", "live")
    page.wait_for_timeout(1500)
    assert stranger.heard == []
    assert page.url == address
    urls = [frame.url for frame in page.frames if frame != page.main_frame]
    assert not any(url.startswith(apps.url) for url in urls)
    battle.wait_open()


def test_the_page_stays_usable_with_both_at_their_worst(page: Page, apps: AppServer) -> None:
    apps.play("loop", "crowd")
    battle = AppBattle(page).ask()
    battle.wait_open()
    stuck = "a" if battle.side_that("An app: loop.") == "a" else "b"
    crowded = "b" if stuck == "a" else "a"
    expect(battle.pane(crowded).locator("[data-state]")).to_contain_text("taking the keyboard")
    battle.button(stuck, "Stop").click()
    expect(battle.pane(stuck).locator("iframe")).to_have_count(0)
    battle.vote("b")
    page.goto("/history")
    expect(page.get_by_role("heading", name="History")).to_be_visible()


def test_a_stuck_app_leaves_the_other_alone(page: Page, apps: AppServer) -> None:
    apps.play("loop", "counter")
    battle = AppBattle(page).ask()
    other = "a" if battle.side_that("An app: counter.") == "a" else "b"
    battle.wait_open()
    app = battle.app(other)
    expect(app.locator("#count")).to_have_text("10")
    app.get_by_role("button", name="Add one").press("Enter")
    expect(app.locator("#count")).to_have_text("11")


def test_frames_are_confined_twice(page: Page, apps: AppServer) -> None:
    apps.play("counter")
    battle = AppBattle(page).ask()
    frame = battle.pane("a").locator("iframe")
    expect(frame).to_have_attribute("sandbox", "allow-scripts allow-forms allow-pointer-lock")
    expect(frame).to_have_attribute("referrerpolicy", "no-referrer")
    expect(frame).to_have_attribute("allow", "")
    address = str(frame.get_attribute("src"))
    opened = page.context.new_page()
    answer = opened.goto(address)
    assert answer is not None
    assert answer.status == 403
    opened.set_content(f'<iframe src="{address}"></iframe>')
    opened.wait_for_timeout(500)
    assert frames_that_say(opened, "Counter") == 0
    assert frames_that_say(page, "Counter") == 2
