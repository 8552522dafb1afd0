"""One browser for the package, one server whose models have hostile names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kit.browser import Visitor, launched, visiting
from kit.harmless import watch
from kit.served import ProviderPlugin, served
from kit.stage import Stage, model

from .payloads import EVIL, NAMES, PWN

ORGANIZATION = f"</p></td><script>{PWN}</script>"
LICENSE = f'"><img src={EVIL}/licence.png onerror={PWN}>'
LINK = f'{EVIL}/"onmouseover="{PWN}"><script>{PWN}</script>'


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def cast() -> Stage:
    given = {"organization": ORGANIZATION, "license": LICENSE, "link": LINK}
    return Stage(*(model(name, **given) for name in NAMES[:2]))


@pytest.fixture(scope="package")
def url(tmp_path_factory: pytest.TempPathFactory, cast: Stage) -> Iterator[str]:
    data: Path = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLYARENA_CONFIG", str(data / "polyarena.toml"))
        with served(data, {"stage": ProviderPlugin(cast)}) as address:
            yield address


@pytest.fixture
def stage(cast: Stage) -> Stage:
    cast.play()
    return cast


Visit = Callable[[], Visitor]


@pytest.fixture
def visit(browser: Browser, url: str, stage: Stage) -> Iterator[Visit]:
    """Opens visitors whose pages note what is not inert."""
    with visiting(browser, url) as open_visitor:

        def visit() -> Visitor:
            visitor = open_visitor()
            watch(visitor.context)
            return visitor

        yield visit
