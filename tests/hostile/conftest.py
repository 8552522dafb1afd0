"""One browser for the package, one server whose models have hostile names."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from kit.browser import Visitor, visiting
from kit.harmless import watch
from kit.stage import Stage, model
from kit.staged import browser, stage, url

from .payloads import EVIL, NAMES, PWN

ORGANIZATION = f"</p></td><script>{PWN}</script>"
LICENSE = f'"><img src={EVIL}/licence.png onerror={PWN}>'
LINK = f'{EVIL}/"onmouseover="{PWN}"><script>{PWN}</script>'

__all__ = ["browser", "stage", "url"]


@pytest.fixture(scope="package")
def cast() -> Stage:
    given = {"organization": ORGANIZATION, "license": LICENSE, "link": LINK}
    return Stage(*(model(name, **given) for name in NAMES[:2]))


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
