"""Fixtures of packages that drive a browser: import those that a package's conftest needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kit.browser import launched
from kit.served import ProviderPlugin, served
from kit.stage import Stage

__all__ = ["browser", "stage", "url"]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="package")
def url(tmp_path_factory: pytest.TempPathFactory, cast: Stage) -> Iterator[str]:
    data: Path = tmp_path_factory.mktemp("staged")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLYARENA_CONFIG", str(data / "polyarena.toml"))
        with served(data, {"stage": ProviderPlugin(cast)}) as address:
            yield address


@pytest.fixture
def stage(cast: Stage) -> Stage:
    cast.play()
    return cast
