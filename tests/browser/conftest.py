"""One browser for the package, one server with models that say what a test lays down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kit.browser import Visit, launched, visiting
from kit.served import ProviderPlugin, served
from kit.stage import Stage, model

QUILL = model(
    "Quillfeather 70B",
    organization="Quill Labs",
    license="Apache-2.0",
    link="https://quill.test/70b",
)
OSPREY = model("Osprey Mini", organization="Osprey Works", license="Proprietary")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def cast() -> Stage:
    return Stage(QUILL, OSPREY)


@pytest.fixture(scope="package")
def url(tmp_path_factory: pytest.TempPathFactory, cast: Stage) -> Iterator[str]:
    data: Path = tmp_path_factory.mktemp("browser")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLYARENA_CONFIG", str(data / "polyarena.toml"))
        with served(data, {"stage": ProviderPlugin(cast)}) as address:
            yield address


@pytest.fixture
def stage(cast: Stage) -> Stage:
    cast.play()
    return cast


@pytest.fixture
def visit(browser: Browser, url: str, stage: Stage) -> Iterator[Visit]:
    with visiting(browser, url) as visit:
        yield visit
