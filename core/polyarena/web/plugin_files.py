"""The files of plugins, each under its plugin's own name."""

from __future__ import annotations

from fastapi import APIRouter, Response

from ..errors import NotFound
from .context import ServicesDep
from .static import FOREVER

router = APIRouter(include_in_schema=False)
HEADERS = {
    "cache-control": FOREVER,
    # Opened by itself, a drawing is a document: it may do nothing.
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
}


@router.get("/plugins/{plugin}/{digest}/{path:path}")
async def serve(services: ServicesDep, plugin: str, digest: str, path: str) -> Response:
    """A file as it was read when the server started; nothing else is looked for."""
    folder = services.registry.assets.get((plugin, digest))
    asset = folder.found.get(path) if folder else None
    if asset is None:
        raise NotFound("The plugin has no such file.")
    return Response(asset.data, media_type=asset.media_type, headers=HEADERS)
