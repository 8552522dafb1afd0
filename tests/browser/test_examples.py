"""Example arenas in a browser: an element of a plugin's own, and a ballot that waits to hear."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kit.battle_page import BattlePage
from kit.browser import Visit, visiting
from polyarena.testing import serve

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("examples")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLYARENA_CONFIG", str(data / "polyarena.toml"))
        for name in ("speech", "video"):
            patch.syspath_prepend(str(EXAMPLES / f"polyarena-{name}" / "src"))
        from polyarena_speech import plugin as speech
        from polyarena_video import plugin as video

        with serve(data, speech, video) as url:
            yield url


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as visit:
        yield visit


def test_films_are_played_by_the_plugins_own_element(visit: Visit) -> None:
    page = visit().page
    BattlePage(page, "video").begin("A red ball")
    films = page.locator("polyarena-film[data-ready]")
    expect(films).to_have_count(2)
    film = films.first
    canvas = film.locator("canvas").element_handle()
    before = canvas.evaluate("c => c.toDataURL()")
    film.get_by_role("button", name="Play").click()
    page.wait_for_function("([c, before]) => c.toDataURL() !== before", arg=[canvas, before])
    expect(film.get_by_role("slider")).to_have_value("35")
    expect(film.get_by_role("button", name="Play")).to_be_visible()


def test_the_ballot_opens_when_both_voices_were_heard(visit: Visit) -> None:
    page = visit().page
    battle = BattlePage(page, "speech")
    battle.ask("One two three four five six")
    battle.wait_over()
    expect(battle.choices).to_be_disabled()
    expect(page.locator("[data-closed]")).to_contain_text("listen to answer A and answer B first")
    for side in "ab":
        battle.answer(side).locator("audio").evaluate("sound => sound.play()")
        expect(battle.answer(side).locator("audio")).to_have_js_property("ended", True)
    battle.wait_open()
    expect(page.locator("[data-announce]")).to_contain_text("You have listened to both.")
