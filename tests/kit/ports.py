"""Ports that nothing listens on."""

from __future__ import annotations

import socket


def free_port() -> int:
    """A port of the loopback that is free at the moment."""
    with socket.socket() as end:
        end.bind(("127.0.0.1", 0))
        port: int = end.getsockname()[1]
    return port
