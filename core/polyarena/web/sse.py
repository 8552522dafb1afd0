"""Server-sent events on the wire."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import Any

import orjson
from starlette.responses import StreamingResponse

PING = b": ping\n\n"


def event(name: str, data: Any, id: str = "") -> bytes:
    """One event; `data` as JSON, which holds no raw line break."""
    head = f"id: {id}\nevent: {name}\ndata: " if id else f"event: {name}\ndata: "
    return head.encode() + orjson.dumps(data) + b"\n\n"


class EventStream(StreamingResponse):
    """A response of server-sent events that no proxy buffers or keeps."""

    media_type = "text/event-stream"

    def __init__(self, events: AsyncGenerator[bytes], status_code: int = 200) -> None:
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        super().__init__(events, status_code, headers)
