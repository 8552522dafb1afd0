"""A running arena: a real server in this process, on a free port, in a thread of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..arena import Arena
from ..errors import PolyarenaError
from ..hookspecs import PROJECT, hookimpl
from ..provider import Provider
from .scripted import ScriptedModel, ScriptedProvider

if TYPE_CHECKING:
    from fastapi import FastAPI


class ArenaPlugin:
    """A plugin that brings arenas."""

    def __init__(self, *arenas: Arena) -> None:
        self._arenas = arenas

    @hookimpl
    def polyarena_register_arenas(self) -> list[Arena]:
        """The arenas it was given."""
        return list(self._arenas)


class ProviderPlugin:
    """A plugin that brings providers."""

    def __init__(self, *providers: Provider) -> None:
        self._providers = providers

    @hookimpl
    def polyarena_register_providers(self) -> list[Provider]:
        """The providers it was given."""
        return list(self._providers)


def plugins_of(*brought: object) -> dict[str, object]:
    """Plugins by name that bring arenas, providers, scripted models; other objects are plugins."""
    arenas = [each for each in brought if isinstance(each, Arena)]
    models = [each for each in brought if isinstance(each, ScriptedModel)]
    providers = [each for each in brought if isinstance(each, Provider)]
    if models:
        providers.append(ScriptedProvider(models))
    known = (Arena, ScriptedModel, Provider)
    others = [each for each in brought if not isinstance(each, known)]
    found: dict[str, object] = {f"under-test-{n}": each for n, each in enumerate(others, 1)}
    if arenas:
        found["under-test"] = ArenaPlugin(*arenas)
    if providers:
        found["scripted"] = ProviderPlugin(*providers)
    return found


@contextmanager
def serve(
    data: Path, *brought: object, installed: Collection[str] = (), **settings: Any
) -> Iterator[str]:
    """Serve what is brought and nothing else; its address is yielded.

    `brought` are arenas, providers, scripted models, or plugins as modules or objects; `installed`
    names installed plugins that take part too. `settings` are as in polyarena.toml, and win over
    it.

    Raises:
        ConfigError: a setting is wrong, or a plugin is at fault.
        RuntimeError: the server did not start, or did not stop.
    """
    from ..settings import Settings
    from ..web.app import make_app

    quiet = {point.name for point in entry_points(group=PROJECT)} - set(installed)
    given = {"strict_plugins": True, "disabled_plugins": quiet, **settings}
    with running(make_app(Settings.load(data=data, **given), plugins_of(*brought))) as url:
        yield url


@contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Run an application in a thread; its address is yielded.

    Raises:
        PolyarenaError: it did not start, for this reason.
        RuntimeError: it did not start, or did not stop.
    """
    import uvicorn

    watched = _Watched(app)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        config = uvicorn.Config(
            watched, log_level="warning", access_log=False, timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)

        def run() -> None:
            # Raised where the application did not start; in a thread it would be a warning.
            with suppress(SystemExit):
                server.run([listening])

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        try:
            while not server.started:
                if watched.fault or not thread.is_alive():
                    raise watched.fault or RuntimeError("the server did not start")
                time.sleep(0.01)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join(20)
            if thread.is_alive():
                raise RuntimeError("the server did not stop")


class _Watched:
    """An application, and why it did not start."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.fault: PolyarenaError | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        try:
            await self.app(scope, receive, send)
        except PolyarenaError as error:
            if scope["type"] != "lifespan":
                raise
            # Told by whoever started the server; uvicorn need not print it too.
            self.fault = error
