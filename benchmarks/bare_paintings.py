"""The floor of paintings: `bare_paintings.py FOLDER` encodes what is sent, and serves it as a file.

`POST /NAME` decodes a picture with Pillow, encodes it anew in its own format and writes it down.
"""

from __future__ import annotations

import asyncio
import io
import sys
from pathlib import Path

import uvicorn
from PIL import Image
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from floor import Server

FOLDER = Path(sys.argv[1])
KEPT = {"PNG": {"compress_level": 4}, "JPEG": {"quality": 90}}


def _keep(name: str, data: bytes) -> None:
    image = Image.open(io.BytesIO(data))
    image.load()
    kind = image.format or ""
    held = io.BytesIO()
    image.save(held, kind, **KEPT[kind])
    (FOLDER / name).write_bytes(held.getvalue())


async def keep(request: Request) -> Response:
    """Take a picture."""
    await asyncio.to_thread(_keep, request.path_params["name"], await request.body())
    return Response(status_code=201)


APP = Starlette(
    routes=[
        Route("/{name}", keep, methods=["POST"]),
        Mount("/files", StaticFiles(directory=FOLDER)),
    ]
)


if __name__ == "__main__":
    Server(
        uvicorn.Config(
            APP,
            host="127.0.0.1",
            port=0,
            lifespan="off",
            access_log=False,
            log_level="warning",
        )
    ).run()
