"""Stored files over HTTP: taken, and served so that no browser runs them."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Path, Response, UploadFile

from ..content import ARTIFACT
from ..services.artifacts import media_type
from .context import ServicesDep, Visitor

router = APIRouter()
HEADERS = {
    "cache-control": "private, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}

Digest = Annotated[str, Path(pattern=ARTIFACT)]


@router.post("/api/v1/artifacts", status_code=201)
async def keep(services: ServicesDep, visitor: Visitor, file: UploadFile) -> dict[str, Any]:
    """Store a file; the answer is the part to put in a prompt.

    A file that no battle uses is deleted after a day.
    """
    part = await services.artifacts.keep(await file.read(), file.filename or "file")
    return part.model_dump(mode="json")


@router.get("/artifacts/{digest}/{filename}", include_in_schema=False)
async def serve(services: ServicesDep, digest: Digest, filename: str) -> Response:
    """A picture to be shown, any other file to be saved."""
    artifact = await services.artifacts.known(digest)
    data = await services.artifacts.load(digest)
    picture = media_type(artifact)
    how = "inline" if picture else "attachment"
    name = quote(filename, safe="")
    return Response(
        data,
        media_type=picture or "application/octet-stream",
        headers={**HEADERS, "content-disposition": f"{how}; filename*=utf-8''{name}"},
    )
