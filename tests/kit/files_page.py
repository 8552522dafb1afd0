"""Fixtures and helpers of tests that open the files arena in a browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from polyarena import Finish, Model

from .battle_page import BattlePage
from .browser import Visit, visiting
from .served import ArenaPlugin, ProviderPlugin, served
from .stage import Stage
from .uploads import FilesArena

__all__ = ["able", "address", "begun", "csv", "page", "visit"]

ABLE = ["text", "file", "image", "input"]
ONE = "import sys\n\nprint(1)\n"
TWO = "import sys\n\nprint(2)\nprint(3)\n"


@pytest.fixture(scope="module")
def able() -> Stage:
    """Models that take whatever the arena takes."""
    names = ("Quillfeather 70B", "Osprey Mini")
    return Stage(*[Model(name=name, provider="stage", capabilities=ABLE) for name in names])


@pytest.fixture(scope="module")
def address(able: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server with the arena."""
    plugins = {"stage": ProviderPlugin(able), "files": ArenaPlugin(FilesArena())}
    data = tmp_path_factory.mktemp("uploads")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLYARENA_CONFIG", str(data / "polyarena.toml"))
        with served(data, plugins) as address:
            yield address


@pytest.fixture
def visit(browser: Browser, address: str, able: Stage) -> Iterator[Visit]:
    able.play([[ONE, Finish()]], [[TWO, Finish()]])
    with visiting(browser, address) as visit:
        yield visit


@pytest.fixture
def page(visit: Visit) -> Page:
    """The arena, open."""
    page = visit().page
    page.goto("/arenas/files")
    return page


def csv(name: str = "data.csv", data: bytes = b"1,2,3") -> FilePayload:
    """A file to choose."""
    return {"name": name, "mimeType": "text/csv", "buffer": data}


def begun(page: Page) -> BattlePage:
    """A battle whose answers are in."""
    battle = BattlePage(page, "files").begin("Go")
    expect(page.locator(".action")).to_have_count(4)
    return battle
