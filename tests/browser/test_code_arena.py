"""Programs in the code arena: run in real containers, shown and run again in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kit.battle_page import BattlePage
from kit.browser import Visit, visiting
from kit.engine_door import EngineDoor
from kit.process import server_process
from kit.sandboxes import built

pytestmark = [pytest.mark.browser, pytest.mark.docker]

GOOD, FLAWED = "Demo Coder", "Demo Contrarian"
LOST = "The answer could not be run just now, for a fault on our side; try again."
SLOW_TESTS = "import time\n\ndef test_slow():\n    time.sleep(4)\n"
PATIENCE_MS = 30_000


@dataclass(frozen=True)
class Site:
    """A server as a person starts it, and the door through which it reaches the engine."""

    url: str
    door: EngineDoor


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    built("python", "node", "native")
    folder = tmp_path_factory.mktemp("code")
    with EngineDoor(folder) as door:
        door.open()
        config = folder / "polyarena.toml"
        config.write_text(
            "[plugins.demo]\npace = 0\n"
            f'[plugins.sandbox]\nhost = "{door.url}"\nbuild = false\nwarm = {{ python = 2 }}\n'
        )
        env = {"POLYARENA_CONFIG": str(config), "POLYARENA_DISABLED_PLUGINS": "[]"}
        with server_process(folder / "data", env) as served:
            yield Site(served.url, door)
            # Killed, it would leave its containers to the next server.
            served.process.terminate()
            served.process.wait(30)


@pytest.fixture
def visit_code(browser: Browser, site: Site) -> Iterator[Visit]:
    with visiting(browser, site.url) as visit:
        yield visit


def ask(page: Page, starter: str, *models: str) -> BattlePage:
    """Take a starter, blindly or with chosen models, and wait until both sides have ended."""
    page.goto("/arenas/code/side-by-side" if models else "/arenas/code")
    for label, name in zip(("Left model", "Right model"), models, strict=False):
        page.get_by_label(label).select_option(name)
    page.locator(".starter", has_text=starter).click()
    page.get_by_label("Your prompt").press("Enter")
    page.wait_for_url("**/battles/*")
    return ended(BattlePage(page, "code"))


def ended(battle: BattlePage) -> BattlePage:
    for side in "ab":
        status = re.compile("done|failed")
        expect(battle.card(side)).to_have_attribute("data-status", status, timeout=PATIENCE_MS)
    return battle


def first_run(battle: BattlePage, side: str) -> Locator:
    """What the program of a side did at first."""
    return battle.answer(side).locator(".run")


def again(battle: BattlePage, side: str) -> Locator:
    """Open the form that runs a side's program again."""
    form = battle.card(side).locator(".action")
    form.locator("summary").click()
    return form


def test_a_plot_in_python(visit_code: Visit) -> None:
    battle = ask(visit_code().page, "Plot random walks", GOOD, FLAWED)
    drawn, forgot = first_run(battle, "a"), first_run(battle, "b")
    picture = drawn.get_by_role("img")
    expect(picture).to_be_visible()
    assert picture.evaluate("img => img.decode().then(() => img.naturalWidth)") == 960
    expect(drawn.locator(".picture figcaption")).to_have_text("walks.png")
    expect(drawn.locator(".output")).to_contain_text("walk 3 ends at")
    expect(drawn.locator(".run-figures")).to_contain_text("Memory")
    expect(drawn.locator(".run-where")).to_have_text(re.compile("^polyarena-sandbox-python:"))
    expect(forgot).to_contain_text("walk 2 ends at")
    expect(forgot.get_by_role("img")).to_have_count(0)


def test_tests_of_a_program_in_cpp(visit_code: Visit) -> None:
    battle = ask(visit_code().page, "Add huge numbers", GOOD, FLAWED)
    right, wrong = first_run(battle, "a"), first_run(battle, "b")
    expect(right.locator(".run-tests")).to_have_text("5 of 5 tests passed")
    expect(wrong.locator(".run-tests")).to_have_text("3 of 5 tests passed")
    rows = wrong.get_by_role("table", name="Tests").locator("tbody tr")
    expect(rows.locator(".run-mark")).to_have_text(["Passed"] * 3 + ["Failed"] * 2)
    expect(rows.nth(3).get_by_role("cell")).to_have_text(
        [re.compile(r"^9{20}\n1\n?$"), "1" + "0" * 20, re.compile(r"^18446744073709551615\n?$")],
        use_inner_text=True,
    )
    expect(wrong.locator(".run-figures")).to_contain_text("Compiled in")


def test_run_again_compare_and_vote(visit_code: Visit) -> None:
    """A blind battle in JavaScript."""
    page = visit_code().page
    battle = ask(page, "Count words")
    for side in "ab":
        expect(first_run(battle, side).locator(".output").first).to_contain_text("#")
    before = first_run(battle, "a").inner_text()
    form = again(battle, "a")
    expect(form.get_by_label("Standard input")).to_have_value(re.compile("^The sea was calm"))
    form.get_by_label("Standard input").fill("tea tea tea milk")
    form.get_by_role("button", name="Run").click()
    own = form.locator(".run")
    expect(own.locator(".run-own")).to_be_visible()
    expect(own.locator(".output").first).to_contain_text("tea")
    expect(own).not_to_contain_text("gulls")
    code = form.get_by_label("main.js")
    code.fill("console.log('mine', 6 * 7)")
    form.get_by_role("button", name="Run").click()
    expect(own.locator(".output").first).to_have_text("mine 42")
    assert first_run(battle, "a").inner_text() == before
    page.locator(".compare summary").click()
    expect(page.locator(".source tbody tr").first).to_be_visible()
    expect(page.locator(".source")).not_to_contain_text("mine")
    assert "Demo" not in page.locator("main").inner_text()
    page.locator(".choice-a").click()
    page.locator(".chip", has_text="Robust").click()
    page.get_by_role("button", name="Reveal").click()
    expect(battle.result).to_be_visible()
    expect(page.locator(".head[data-side=a]")).to_contain_text("Demo")
    page.reload()
    assert first_run(battle, "a").inner_text() == before


def test_the_engine_goes_away_in_mid_battle(visit_code: Visit, site: Site) -> None:
    visitor = visit_code()
    page = visitor.page
    page.goto("/arenas/code")
    page.get_by_text("More").click()
    page.get_by_label("Tests").fill(SLOW_TESTS)
    battle = BattlePage(page, "code").send("Write a Python program that prints a table.")
    for side in "ab":
        expect(battle.card(side).locator("[data-note]")).to_have_text("Running the tests")
    site.door.shut()
    for side in "ab":
        expect(battle.card(side)).to_have_attribute("data-status", "failed")
        expect(battle.card(side).locator("[data-note]")).to_have_text(LOST)
    expect(battle.choices).to_be_disabled()
    elsewhere = visit_code().page
    elsewhere.goto("/arenas/code")
    expect(elsewhere.locator("main")).to_contain_text("Docker cannot be reached at")
    expect(elsewhere.get_by_label("Your prompt")).to_have_count(0)
    BattlePage(elsewhere).begin().vote()
    site.door.open()
    wait_for_engine(elsewhere)
    for side in "ab":
        battle.card(side).get_by_role("button", name="Try again").click()
        status = re.compile("waiting|streaming|done")
        expect(battle.card(side)).to_have_attribute("data-status", status)
    for side in "ab":
        expect(first_run(ended(battle), side).locator(".output").first).to_contain_text("1 passed")
    battle.wait_open()
    battle.vote()


def wait_for_engine(page: Page) -> None:
    """Come back to the code arena until it takes prompts."""
    for _ in range(40):
        page.goto("/arenas/code")
        if page.get_by_label("Your prompt").count():
            return
        page.wait_for_timeout(250)
    raise AssertionError("the code arena did not open again")
