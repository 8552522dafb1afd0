"""Apps in their panes: shown, run, sized, looked at before the vote."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from kit.barriers import overflows, violations_in_both_themes
from kit.browser import Visit, visiting

from .app_panes import APPS, AppBattle, AppServer, app_server

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LIVE = re.compile("live")
STILL = re.compile("still")
RUNNING = "Stop"


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppServer]:
    with app_server(tmp_path_factory.mktemp("apps"), APPS) as server:
        yield server


@pytest.fixture
def visit(browser: Browser, apps: AppServer) -> Iterator[Visit]:
    apps.play("counter")
    with visiting(browser, apps.url) as visit:
        yield visit


def test_both_apps_run_side_by_side(visit: Visit) -> None:
    battle = AppBattle(visit().page).ask()
    for side in ("a", "b"):
        app = battle.app(side)
        expect(app.locator("#count")).to_have_text("10")
        app.get_by_role("button", name="Add one").press("Enter")
        expect(app.locator("#count")).to_have_text("11")
        expect(app.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
        expect(battle.pane(side)).to_have_attribute("data-state", LIVE)
    expect(battle.pane("a").get_by_text("A button does nothing")).to_be_visible()
    console = battle.pane("a").locator(".app-console")
    console.locator("summary").click()
    expect(console.get_by_text("x is not defined")).to_be_visible()
    expect(battle.pane("a").get_by_text("310 ms")).to_be_visible()


def test_a_screenshot_is_shown_until_the_app_runs(visit: Visit) -> None:
    visitor = visit()
    visitor.page.route("**://p-*/**", lambda route: None)
    battle = AppBattle(visitor.page).ask()
    expect(battle.pane("a").locator("[data-state]")).to_have_text("Starting the app…")
    shown = battle.pane("a").get_by_role("img", name="The app on a desktop's screen")
    expect(shown).to_be_visible()
    assert shown.evaluate("(image) => image.naturalWidth") == 1280
    battle.button("a", RUNNING).click()
    expect(battle.pane("a")).to_have_attribute("data-state", STILL)
    expect(battle.pane("a").locator("[data-state]")).to_be_hidden()
    battle.button("a", "Phone").click()
    expect(battle.pane("a").get_by_role("img", name="The app on a phone's")).to_be_visible()
    expect(shown).to_be_hidden()
    visitor.page.unroute_all(behavior="ignoreErrors")


def test_the_sizes_of_the_screen(visit: Visit) -> None:
    battle = AppBattle(visit(viewport={"width": 1280, "height": 900}).page).ask()
    for name, size in (("Tablet", "820 x 1180"), ("Phone", "390 x 844"), ("Desktop", "1280 x 800")):
        battle.button("a", name).click()
        expect(battle.button("a", name)).to_have_attribute("aria-pressed", "true")
        battle.button("a", "Reload the app").click()
        expect(battle.app("a").locator("#size")).to_have_text(size)
        frame, pane = battle.pane("a").locator("iframe").bounding_box(), battle.pane("a")
        room = pane.bounding_box()
        assert frame is not None
        assert room is not None
        assert room["x"] <= frame["x"]
        assert frame["x"] + frame["width"] <= room["x"] + room["width"] + 1
        width, height = map(int, size.split(" x "))
        assert abs(frame["width"] / frame["height"] - width / height) < 0.02
    assert not overflows(battle.page)


def test_run_stop_and_reload(visit: Visit) -> None:
    battle = AppBattle(visit().page).ask()
    app = battle.app("a")
    expect(app.locator("#count")).to_have_text("10")
    app.get_by_role("button", name="Add one").press("Enter")
    expect(app.locator("#count")).to_have_text("11")
    battle.button("a", "Reload the app").click()
    expect(app.locator("#count")).to_have_text("10")
    battle.button("a", RUNNING).press("Enter")
    expect(battle.pane("a").locator("iframe")).to_have_count(0)
    expect(battle.button("a", "Reload the app")).to_be_hidden()
    battle.button("a", "Run live").press("Enter")
    expect(app.locator("#count")).to_have_text("10")


def test_full_screen_keeps_the_controls(visit: Visit) -> None:
    battle = AppBattle(visit().page).ask()
    expect(battle.pane("a")).to_have_attribute("data-state", LIVE)
    full = battle.button("a", "Full screen")
    full.click()
    expect(full).to_have_attribute("aria-pressed", "true")
    battle.button("a", "Reload the app").click()
    across = battle.page.evaluate("innerWidth")
    expect(battle.app("a").locator("#size")).to_have_text(re.compile(f"^{across} x "))
    full.click()
    expect(full).to_have_attribute("aria-pressed", "false")


def test_the_ballot_opens_when_both_apps_were_looked_at(visit: Visit, apps: AppServer) -> None:
    page = visit(**PHONE).page
    battle = AppBattle(page).ask()
    expect(battle.hint).to_have_text("Not open yet: look at app B first")
    page.wait_for_timeout(3500)
    expect(battle.choices).to_be_disabled()
    page.locator(".side-tabs button").nth(1).tap()
    battle.wait_open()
    expect(page.locator("[data-announce]")).to_contain_text("You have looked at both apps.")
    page.reload()
    battle.wait_open()
    battle.vote()
    for side in ("a", "b"):
        expect(battle.pane(side)).to_be_attached()


def test_a_side_without_an_app_needs_no_look(visit: Visit, apps: AppServer) -> None:
    apps.play("counter", "nothing")
    battle = AppBattle(visit().page).ask()
    shown = "a" if battle.side_that("An app: counter.") == "a" else "b"
    expect(battle.hint).to_have_text(f"Not open yet: look at app {shown.upper()} first")
    bare = battle.pane("b" if shown == "a" else "a")
    expect(bare.get_by_text("There is no app to run.")).to_be_visible()
    expect(bare.get_by_text("The app could not be built.")).to_be_visible()
    expect(bare.get_by_role("button")).to_have_count(0)
    battle.wait_open()


def test_keys_are_for_the_app_that_is_pointed_at(visit: Visit) -> None:
    page = visit().page
    battle = AppBattle(page).begin()
    box = battle.pane("a").locator("iframe").bounding_box()
    assert box is not None
    page.mouse.move(5, 5)
    page.mouse.move(box["x"] + 30, box["y"] + 30, steps=3)
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    assert battle.chosen() == ""
    expect(battle.result).to_have_count(0)
    assert "ArrowLeft" in [frame.title() for frame in page.frames]
    page.mouse.move(5, 5)
    page.locator("h2").first.click()
    page.keyboard.press("ArrowLeft")
    assert battle.chosen() == "a"


def test_the_keyboard_goes_into_an_app_and_out_again(visit: Visit) -> None:
    page = visit().page
    battle = AppBattle(page).begin()
    battle.button("a", "Full screen").focus()
    page.keyboard.press("Tab")
    expect(battle.pane("a").locator("iframe")).to_be_focused()
    page.keyboard.press("Space")
    expect(battle.app("a").locator("#count")).to_have_text("11")
    page.wait_for_timeout(1200)
    expect(battle.pane("a").locator("iframe")).to_be_focused()
    page.keyboard.press("Tab")
    expect(battle.pane("a").locator("summary")).to_be_focused()


def test_earlier_turns_and_shared_battles_run_on_asking(visit: Visit) -> None:
    page = visit().page
    battle = AppBattle(page).begin()
    field = page.get_by_label("Your prompt").last
    field.fill("Once more")
    field.press("Enter")
    expect(page.locator(".turn")).to_have_count(2)
    battle.wait_open()
    first = page.locator(".turn").first.locator("pa-app").first
    first.scroll_into_view_if_needed()
    page.wait_for_timeout(800)
    expect(first).to_have_attribute("data-state", STILL)
    page.locator(".turn").first.get_by_text("Compare the pictures").click()
    pairs = page.locator(".turn").first.locator("pa-picture-pair")
    expect(pairs.filter(visible=True)).to_have_count(1)
    first.get_by_role("button", name="Run live").click()
    expect(first).to_have_attribute("data-state", LIVE)
    battle.vote()
    page.goto(battle.share())
    last = page.locator(".turn").last.locator("pa-app").first
    last.scroll_into_view_if_needed()
    page.wait_for_timeout(800)
    expect(last).to_have_attribute("data-state", STILL)
    last.get_by_role("button", name="Run live").click()
    expect(last.frame_locator("iframe").locator("#count")).to_have_text("10")


def test_screenshots_of_both_are_compared_by_device(visit: Visit) -> None:
    page = visit(viewport={"width": 1280, "height": 900}).page
    AppBattle(page).begin()
    page.get_by_text("Compare the pictures").click()
    screens = page.get_by_role("group", name="Screenshots of both apps")
    pairs = screens.locator("pa-picture-pair")
    expect(pairs.filter(visible=True)).to_have_count(1)
    screens.get_by_role("radio", name="Desktop").focus()
    page.keyboard.press("ArrowLeft")
    expect(screens.get_by_role("radio", name="Phone")).to_be_checked()
    shown = screens.locator("[data-device=phone] pa-picture-pair")
    expect(shown).to_be_visible()
    expect(pairs.filter(visible=True)).to_have_count(1)
    for image in shown.locator("img").all():
        expect(image).to_have_js_property("naturalWidth", 390)
    shown.get_by_role("button", name="Slider").click()
    shown.get_by_role("slider").press("ArrowRight")
    expect(shown.get_by_role("slider")).to_have_value("51")
    expect(page.locator("input[name=choice]:checked")).to_have_count(0)
    assert violations_in_both_themes(page) == []


def test_from_an_address_that_cannot_run_apps(browser: Browser, apps: AppServer) -> None:
    apps.play("counter")
    with visiting(browser, apps.url.replace("127.0.0.1", "site.localhost")) as visit:
        battle = AppBattle(visit().page).ask()
        expect(battle.pane("a").locator("[data-state]")).to_contain_text("preview_host")
        expect(battle.pane("a").get_by_role("img")).to_be_visible()
        expect(battle.button("a", "Run live")).to_have_count(0)
        battle.wait_open()


def test_without_scripts(visit: Visit) -> None:
    page = visit(java_script_enabled=False).page
    page.goto("/arenas/apps")
    page.get_by_label("Your prompt").fill("A counter")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url("**/battles/*")
    battle = AppBattle(page)
    expect(battle.pane("a").get_by_role("img", name="The app on a desktop's")).to_be_visible()
    expect(battle.pane("a").get_by_role("link", name="Phone")).to_be_visible()
    expect(page.get_by_role("button", name="Run live")).to_have_count(0)
    expect(battle.hint).to_contain_text("look at app A and app B first")
    page.locator("details.compare summary").click()
    page.get_by_role("link", name="Both pictures on a page of their own").click()
    page.get_by_text("Tablet").click()
    expect(page.get_by_role("img", name="Picture A").filter(visible=True)).to_have_count(1)
    expect(page.get_by_role("button", name="Slider")).to_have_count(0)
    page.go_back()
    page.get_by_role("button", name="I have looked at both apps").click()
    page.get_by_role("radio", name="Left is better").check()
    page.get_by_role("button", name="Reveal", exact=True).click()
    expect(battle.result).to_be_visible()


@pytest.mark.parametrize("screen", [{}, PHONE])
def test_panes_are_accessible(visit: Visit, apps: AppServer, screen: dict[str, object]) -> None:
    apps.play("counter", "nothing")
    battle = AppBattle(visit(**screen).page).ask()
    side = battle.side_that("An app: counter.")
    battle.pane(side).scroll_into_view_if_needed()
    expect(battle.pane(side)).to_have_attribute("data-state", LIVE)
    battle.pane(side).locator(".app-console summary").click()
    assert violations_in_both_themes(battle.page) == []
