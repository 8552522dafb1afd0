"""One browser for the package, one server with models that say what a test lays down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from kit.browser import Visit, visiting
from kit.stage import Stage, model
from kit.staged import browser, stage, url

QUILL = model(
    "Quillfeather 70B",
    organization="Quill Labs",
    license="Apache-2.0",
    link="https://quill.test/70b",
)
OSPREY = model("Osprey Mini", organization="Osprey Works", license="Proprietary")

__all__ = ["browser", "stage", "url"]


@pytest.fixture(scope="package")
def cast() -> Stage:
    return Stage(QUILL, OSPREY)


@pytest.fixture
def visit(browser: Browser, url: str, stage: Stage) -> Iterator[Visit]:
    with visiting(browser, url) as visit:
        yield visit
