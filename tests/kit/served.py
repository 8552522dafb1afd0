"""A real server in this process, on a free port, in a thread of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from polyarena import Arena, Provider, hookimpl
from polyarena.settings import Settings
from polyarena.testing import ScriptedModel, ScriptedProvider
from polyarena.web.app import make_app

from . import QUIET


class ProviderPlugin:
    """A plugin that brings one provider."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider

    @hookimpl
    def polyarena_register_providers(self) -> list[Provider]:
        return [self._provider]


class ArenaPlugin:
    """A plugin that brings arenas."""

    def __init__(self, *arenas: Arena) -> None:
        self._arenas = arenas

    @hookimpl
    def polyarena_register_arenas(self) -> list[Arena]:
        return list(self._arenas)


def scripted(*models: ScriptedModel) -> dict[str, object]:
    """Plugins that bring these models."""
    return {"scripted": ProviderPlugin(ScriptedProvider(models))}


@contextmanager
def served(data: Path, extra: Mapping[str, object] | None = None, **given: Any) -> Iterator[str]:
    """Serve with the text arena and the given plugins; the address is yielded."""
    given.setdefault("demo", False)
    given.setdefault("disabled_plugins", QUIET)
    settings = Settings.load(data=data, **given)
    app = make_app(settings, extra)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        try:
            while not server.started:
                if not thread.is_alive():
                    raise RuntimeError("the server did not start")
                time.sleep(0.01)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(20)
            assert not thread.is_alive(), "the server did not stop"
