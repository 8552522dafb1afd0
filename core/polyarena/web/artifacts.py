"""Stored files over HTTP: taken, and served so that no browser runs them."""

from __future__ import annotations

import asyncio
from pathlib import Path as FilePath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Path, Response, UploadFile
from fastapi.responses import FileResponse

from ..content import ARTIFACT, File, Image
from ..errors import BadRequest
from ..playable import HEAD, playable
from ..services.artifacts import ALT_LIMIT, media_type
from .context import ServicesDep, Visitor

router = APIRouter()
HEADERS = {
    "cache-control": "private, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}

INLINE = {"content-disposition": "inline"}

AltText = Annotated[str, Form(max_length=ALT_LIMIT)]
Digest = Annotated[str, Path(pattern=ARTIFACT)]


@router.post("/api/v1/artifacts", status_code=201)
async def keep(
    services: ServicesDep,
    visitor: Visitor,
    file: UploadFile | None = None,
    url: Annotated[str, Form()] = "",
    alt: AltText = "",
) -> dict[str, Any]:
    """Store a file, or the picture at a public address; the answer is the part for a prompt.

    A picture is stored anew, without metadata and upright; of one that moves too much the first
    frame. `alt` says what it shows. A file that no battle uses is deleted after a day.
    """
    part: File | Image
    if file is not None and not url:
        part = await services.artifacts.take(file.file, file.filename or "file", alt)
    elif url and file is None:
        part = await services.artifacts.pictures.fetch(url, alt)
    else:
        raise BadRequest("Send either a file or the address of a picture as url.")
    return part.model_dump(mode="json")


@router.post("/api/v1/artifacts/pages", status_code=201)
async def keep_pages(
    services: ServicesDep, visitor: Visitor, file: UploadFile, alt: AltText = ""
) -> list[dict[str, Any]]:
    """Store every page of a PDF as a picture; the answer is the parts for a prompt."""
    pages = await services.artifacts.pictures.pages(file.file, file.filename or "file", alt)
    return [page.model_dump(mode="json") for page in pages]


@router.get("/artifacts/{digest}/thumb", include_in_schema=False)
async def thumbnail(services: ServicesDep, digest: Digest) -> Response:
    """A picture at a small size, or as it is where it is small itself."""
    artifact = await services.artifacts.known(digest)
    small = await services.artifacts.pictures.thumbnail(digest)
    if small is None or media_type(artifact) is None:
        return await serve(services, digest, "thumb")
    return Response(small, media_type="image/webp", headers={**HEADERS, **INLINE})


@router.get("/artifacts/{digest}/{filename}", include_in_schema=False)
async def serve(services: ServicesDep, digest: Digest, filename: str) -> Response:
    """A picture to be shown, a sound or a film to be played, any other file to be saved."""
    artifact = await services.artifacts.known(digest)
    picture = media_type(artifact)
    how = "inline" if picture else "attachment"
    told = {**HEADERS, "content-disposition": f"{how}; filename*=utf-8''{quote(filename, safe='')}"}
    if picture:
        return Response(await services.artifacts.load(digest), media_type=picture, headers=told)
    path = await services.artifacts.path(digest)
    kind = playable(await asyncio.to_thread(_head, path))
    return FileResponse(path, media_type=kind or "application/octet-stream", headers=told)


def _head(path: FilePath) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)
