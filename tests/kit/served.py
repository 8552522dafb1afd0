"""A real server in this process, on a free port, in a thread of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from polyarena.settings import Settings
from polyarena.testing import ArenaPlugin, ProviderPlugin, ScriptedModel, ScriptedProvider
from polyarena.testing.serving import running
from polyarena.web.app import make_app

from . import QUIET

__all__ = ["ArenaPlugin", "ProviderPlugin", "scripted", "served"]


def scripted(*models: ScriptedModel) -> dict[str, object]:
    """Plugins that bring these models."""
    return {"scripted": ProviderPlugin(ScriptedProvider(models))}


@contextmanager
def served(data: Path, extra: Mapping[str, object] | None = None, **given: Any) -> Iterator[str]:
    """Serve with the text arena and the given plugins; the address is yielded."""
    given.setdefault("demo", False)
    given.setdefault("disabled_plugins", QUIET)
    with running(make_app(Settings.load(data=data, **given), extra)) as url:
        yield url
