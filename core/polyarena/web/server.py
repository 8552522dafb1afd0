"""The process that serves: uvicorn, saying where it can be opened once it can be."""

from __future__ import annotations

import gc
import socket

import uvicorn

from ..settings import Settings
from .app import make_app

GRACE_SECONDS = 2


class Server(uvicorn.Server):
    """Prints its addresses when it is ready."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        # What start-up made stays; without this the collector walks all of it while it streams.
        gc.collect()
        gc.freeze()
        gc.set_threshold(20_000, 20, 50)
        for server in self.servers:
            for listening in server.sockets:
                host, port = listening.getsockname()[:2]
                shown = f"[{host}]" if ":" in host else host
                print(f"Polyarena is open at http://{shown}:{port}", flush=True)


def serve(settings: Settings) -> None:
    """Serve until told to stop."""
    config = uvicorn.Config(
        make_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    Server(config).run()
