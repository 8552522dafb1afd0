from __future__ import annotations

from collections.abc import Callable

import pytest

from polyarena.loading import load
from polyarena.plugins import Registry
from polyarena.settings import Settings

HOOK_SECONDS = 30


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    nowhere = tmp_path_factory.mktemp("config") / "polyarena.toml"
    monkeypatch.setenv("POLYARENA_CONFIG", str(nowhere))
    return Settings.load(limits={"hook": HOOK_SECONDS})


@pytest.fixture
def loaded(settings: Settings) -> Callable[..., Registry]:
    """Load nothing but the plugins given by name."""

    def load_them(**plugins: object) -> Registry:
        return load(settings, plugins, discover=False)

    return load_them
