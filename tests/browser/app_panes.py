"""A server of apps by hand, and the panes in which a battle shows them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Locator, Page

from kit.app_arena import COUNTER, CROWD, LOOP, AppArena, Files
from kit.battle_page import BattlePage
from kit.served import ArenaPlugin, ProviderPlugin, served
from kit.stage import Stage, model
from polyarena import Finish

APPS = {"counter": COUNTER, "loop": LOOP, "crowd": CROWD}


class AppServer:
    """A server whose models answer with the apps that a test names."""

    def __init__(self, url: str, stage: Stage) -> None:
        self.url = url
        self._stage = stage

    def play(self, one: str, other: str = "") -> None:
        """Set the apps of both models."""
        self._stage.play([[one, Finish()]], [[other or one, Finish()]])


@contextmanager
def app_server(data: Path, apps: dict[str, Files]) -> Iterator[AppServer]:
    """Serve an arena of apps."""
    stage = Stage(model("Quillfeather 70B"), model("Osprey Mini"))
    plugins = {"stage": ProviderPlugin(stage), "apps": ArenaPlugin(AppArena(apps))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLYARENA_CONFIG", str(data / "polyarena.toml"))
        with served(data, plugins) as url:
            yield AppServer(url, stage)


class AppBattle(BattlePage):
    """The page of a battle of apps."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, "apps")

    def ask(self, prompt: str = "A counter", mode: str = "") -> AppBattle:
        super().ask(prompt, mode)
        return self

    def begin(self, prompt: str = "A counter") -> AppBattle:
        super().begin(prompt)
        return self

    def pane(self, side: str) -> Locator:
        return self.card(side).locator("pa-app")

    def app(self, side: str) -> FrameLocator:
        """Inside the app that runs on a side."""
        return self.pane(side).frame_locator("iframe")

    def button(self, side: str, name: str) -> Locator:
        return self.pane(side).get_by_role("button", name=name, exact=True)

    @property
    def hint(self) -> Locator:
        return self.page.locator("[data-closed]")
