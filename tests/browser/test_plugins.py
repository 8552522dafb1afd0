"""Arenas that are not set up, and plugins that are broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser, expect

from kit.battle_page import BattlePage
from kit.browser import visiting
from kit.served import ArenaPlugin, ProviderPlugin, served
from kit.stage import Stage, model
from polyarena import Arena, ArenaManifest, Need, Part, View, hookimpl

pytestmark = pytest.mark.browser

HOW = "Docker is not running; start it with: systemctl start docker"


class NeedyArena(Arena):
    """Lacks one of its needs."""

    manifest = ArenaManifest(
        id="needy",
        title="Needy",
        summary="Needs Docker.",
        order=20,
        needs=(Need("Docker", missing=HOW), Need("Python")),
    )


class ClumsyArena(Arena):
    """Raises whenever it is to show something."""

    manifest = ArenaManifest(id="clumsy", title="Clumsy", summary="Raises.", order=30)

    def render(self, part: Part, view: View) -> Markup | None:
        raise RuntimeError("render bug")


class BrokenPlugin:
    """Raises when it is asked for its arenas."""

    @hookimpl
    def polyarena_register_arenas(self) -> list[Arena]:
        raise RuntimeError("registration bug at /secret/path")


def test_tabs_of_arenas_that_lack_something_or_break(browser: Browser, tmp_path: Path) -> None:
    plugins = {
        "stage": ProviderPlugin(Stage(model("One"), model("Two"))),
        "broken": BrokenPlugin(),
        "needy": ArenaPlugin(NeedyArena()),
        "clumsy": ArenaPlugin(ClumsyArena()),
    }
    with served(tmp_path, plugins) as url, visiting(browser, url) as visit:
        page = visit().page
        page.goto("/")
        tabs = page.get_by_role("navigation", name="Arenas").get_by_role("link")
        expect(tabs).to_contain_text(["Text", "Needy", "Clumsy"])
        needy = tabs.filter(has_text="Needy")
        expect(needy).to_contain_text("not set up yet")
        needy.click()
        expect(page.get_by_role("heading", name="The Needy arena is not set up")).to_be_visible()
        expect(page.get_by_text(HOW)).to_be_visible()
        expect(page.get_by_label("Your prompt")).to_have_count(0)
        assert "/secret/path" not in page.content()
        for arena in ("text", "clumsy"):
            battle = BattlePage(page, arena).begin()
            expect(battle.answer("a")).to_have_text("Fine.")
            battle.vote()


def test_an_arena_without_models_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    plugins = {"stage": ProviderPlugin(Stage(model("Lonely")))}
    with served(tmp_path, plugins) as url, visiting(browser, url) as visit:
        page = visit().page
        page.goto("/")
        expect(page.get_by_text("only one model")).to_be_visible()
        expect(page.get_by_text("polyarena models add")).to_be_visible()
        page.goto("/arenas/text/leaderboard")
        expect(page.get_by_text("No votes have been rated here yet.")).to_be_visible()
        assert "NaN" not in page.content()
