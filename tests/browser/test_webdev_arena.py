"""Apps in the WebDev arena whose browser is killed in mid-look: our fault, and tried again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from threading import Event as Gate
from typing import Any

import docker
import pytest
from playwright.sync_api import Browser, Page, expect

from kit.battle_page import BattlePage
from kit.browser import Visit, visiting
from kit.sandboxes import built, ours
from kit.served import ProviderPlugin, served
from kit.stage import Stage, model
from polyarena import Finish
from polyarena_sandbox.images import tag

pytestmark = [pytest.mark.browser, pytest.mark.docker]

LOOKING = "Looking at it in a browser"
OURS = "The answer could not be run just now, for a fault on our side; try again."
PATIENCE_MS = 45_000
# Each control answers late, so that a look at all of them lasts.
PAGE = (
    "<!doctype html><html lang='en'><title>Slow</title><main><h1>Slow</h1></main><script>"
    "for (let n = 0; n < 12; n++) { const b = document.createElement('button');"
    " b.textContent = 'No ' + n; b.onclick = () => setTimeout(() => b.textContent += '!', 100);"
    " document.querySelector('main').append(b); }</script></html>"
)
STATIC = f"A page.\n\n```html index.html\n{PAGE}\n```"
SERVED = (
    "A server.\n\n```python app.py\nfrom flask import Flask, send_file\napp = Flask(__name__)\n"
    "app.add_url_rule('/', view_func=lambda: send_file('index.html'))\n```\n"
    f"```html index.html\n{PAGE}\n```"
)
SANDBOX = {"sandbox": {"build": False, "warm": {}, "warm_memory": 0, "running": 2}}


@pytest.fixture(scope="module")
def cast() -> Stage:
    return Stage(model("Quillfeather 70B"), model("Osprey Mini"))


@pytest.fixture(scope="module")
def address(cast: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    built("web", "browser", "server")
    plugins = {"stage": ProviderPlugin(cast)}
    given: dict[str, Any] = {"disabled_plugins": frozenset({"demo", "code"}), "plugins": SANDBOX}
    data: Path = tmp_path_factory.mktemp("webdev")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLYARENA_CONFIG", str(data / "polyarena.toml"))
        with served(data, plugins, **given) as url:
            yield url


@pytest.fixture
def visit_webdev(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as visit:
        yield visit


def browsers() -> set[str]:
    """The containers in which a browser runs."""
    image = tag("browser")
    return {one["Id"] for one in ours() if one["Config"]["Image"] == image}


def kill(names: set[str]) -> None:
    with closing(docker.DockerClient.from_env()) as client:
        for name in names:
            # It may have ended at this moment.
            with suppress(docker.errors.APIError):
                client.api.kill(name)


def wait(page: Page, true: Callable[[], object]) -> None:
    for _ in range(400):
        if true():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not come true")


def looking(battle: BattlePage) -> str:
    """The side whose app is being looked at; waits for one."""
    notes = {side: battle.card(side).locator("[data-note]") for side in "ab"}
    wait(battle.page, lambda: any(note.inner_text() == LOOKING for note in notes.values()))
    return next(side for side, note in notes.items() if note.inner_text() == LOOKING)


def ended(battle: BattlePage, side: str, how: str) -> None:
    status = re.compile("done|failed")
    expect(battle.card(side)).to_have_attribute("data-status", status, timeout=PATIENCE_MS)
    expect(battle.card(side)).to_have_attribute("data-status", how)


def test_a_browser_that_is_killed_is_replaced(visit_webdev: Visit, cast: Stage) -> None:
    gate = Gate()
    cast.play([[STATIC, Finish()]], [[gate, SERVED, Finish()]])
    battle = BattlePage(visit_webdev().page, "webdev").ask("An app")
    sides = []
    for _ in "ab":
        sides.append(looking(battle))
        killed = browsers()
        assert len(killed) == 1
        kill(killed)
        wait(battle.page, lambda: browsers() - killed)  # noqa: B023
        ended(battle, sides[-1], "done")
        expect(battle.card(sides[-1]).locator("pa-app img").first).to_be_attached()
        gate.set()
    assert sorted(sides) == ["a", "b"]
    main = battle.page.locator("main")
    for words in ("crashed", "fault", "stopped answering", "It ended", "is blank"):
        expect(main).not_to_contain_text(words)


def test_one_that_is_killed_each_time_fails_the_side_and_not_the_model(
    visit_webdev: Visit, cast: Stage
) -> None:
    cast.play([[STATIC, Finish()]], [[SERVED, Finish()]])
    battle = BattlePage(visit_webdev().page, "webdev").ask("An app")
    looking(battle)
    killed: set[str] = set()

    def failed() -> bool:
        there = browsers()
        kill(there)
        killed.update(there)
        states = [battle.card(side).get_attribute("data-status") for side in "ab"]
        return states == ["failed", "failed"]

    wait(battle.page, failed)
    assert len(killed) >= 4, "each side was looked at twice"
    for side in "ab":
        expect(battle.card(side).locator("[data-note]")).to_have_text(OURS)
    expect(battle.choices).to_be_disabled()
    closed = battle.page.locator("[data-closed]")
    expect(closed).to_have_text("Not open yet: an answer failed; retry it, then vote")
    for side in "ab":
        battle.card(side).get_by_role("button", name="Try again").click()
    for side in "ab":
        ended(battle, side, "done")
    battle.page.get_by_role("button", name="Run live").click()
    battle.wait_open()
    battle.vote()
