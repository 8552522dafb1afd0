"""`polyarena serve`: the server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from ..settings import Settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; 0 takes a free one.")] = None,
    data: Annotated[Path | None, typer.Option(help="Directory of the database and key.")] = None,
    strict_plugins: Annotated[
        bool, typer.Option("--strict-plugins", help="Refuse to start if a plugin is broken.")
    ] = False,
    no_demo: Annotated[bool, typer.Option("--no-demo", help="Leave the demo models out.")] = False,
) -> None:
    """Serve the arenas."""
    import os
    import sqlite3

    # OpenBLAS's threads spin on the small matrices of a leaderboard; it reads this when loaded.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    import structlog

    from .. import logs
    from ..settings import Settings
    from ..web.server import serve as serve_until_stopped

    given: dict[str, Any] = {"host": host, "port": port, "data": data}
    given = {name: value for name, value in given.items() if value is not None}
    if strict_plugins:
        given["strict_plugins"] = True
    if no_demo:
        given["demo"] = False
    settings = Settings.load(**given)
    logs.configure(as_json=settings.log_json)
    _refuse_taken_port(settings)
    structlog.get_logger("polyarena").info("starting", sqlite=sqlite3.sqlite_version)
    serve_until_stopped(settings)


def _refuse_taken_port(settings: Settings) -> None:
    import socket

    from ..errors import ConfigError

    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise ConfigError(
                f"cannot listen on {settings.host}:{settings.port} ({error.strerror}); "
                "choose another with --host and --port, or make run HOST=… PORT=…"
            ) from None
