"""A prompt as a page's form sends it: text, further inputs, new files, and files kept before."""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import AsyncGenerator, Sequence
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from ..arena import ArenaManifest
from ..content import File, Image, Input, Part, Prompt, Text
from ..errors import BadRequest
from ..pictures.kinds import Kind
from ..services.artifacts import ALT_LIMIT, ArtifactService, named, sniff
from .marks import placed

FIELD = "field."
KEPT = re.compile(r"([0-9a-f]{64})/(.{1,200})", re.DOTALL)
FIELDS_LIMIT = 100


async def read_form(request: Request) -> AsyncGenerator[FormData]:
    """The form of a request; its files are closed with it.

    Raises:
        BadRequest: it cannot be read.
    """
    try:
        form = await request.form(max_files=FIELDS_LIMIT, max_fields=FIELDS_LIMIT)
    except HTTPException as error:
        raise BadRequest(f"The form cannot be read: {error.detail}") from None
    # An error's page sends on what else the form said.
    request.state.form = form
    try:
        yield form
    finally:
        await form.close()


Form = Annotated[FormData, Depends(read_form)]


async def prompt_of(form: FormData, manifest: ArenaManifest, artifacts: ArtifactService) -> Prompt:
    """The prompt that a form holds; its new files are stored.

    The form's `alt` say what its new pictures show, in their order; `alt.DIGEST` of a kept one.
    A `url` is the address of a further picture. In an arena of pictures, marks in the text say
    where they stand; they are numbered as they are sent, kept ones first.

    Raises:
        BadRequest: a file is too large, or none that the arena takes.
    """
    text = text_of(form, "prompt")
    inputs = [
        Input(name=field.id, text=given)
        for field in manifest.fields
        if (given := text_of(form, FIELD + field.id))
    ]
    sent: list[Sequence[Part]] = [
        [_kept(form, kept)] for kept in form.getlist("kept") if isinstance(kept, str)
    ]
    files = [file for file in form.getlist("files") if isinstance(file, UploadFile)]
    alts = [alt[:ALT_LIMIT] for alt in form.getlist("alt") if isinstance(alt, str)]
    for upload, alt in zip(files, itertools.chain(alts, itertools.repeat("")), strict=False):
        if upload.filename and manifest.uploads:
            sent.append(await _taken(upload, alt, manifest, artifacts))
    if manifest.uploads and manifest.of_pictures:
        urls = [url.strip() for url in form.getlist("url") if isinstance(url, str) and url.strip()]
        if urls and len(sent) + len(urls) > manifest.uploads.count:
            raise BadRequest(f"At most {manifest.uploads.count} pictures are taken.")
        sent += [[await artifacts.pictures.fetch(url)] for url in urls]
        return Prompt(parts=(*placed(text, sent), *inputs))
    together = [part for each in sent for part in each]
    return Prompt(parts=(Text(text=text), *inputs, *together))


def _kept(form: FormData, kept: str) -> Part:
    file = kept_file(kept)
    alt = text_of(form, f"alt.{file.artifact}")[:ALT_LIMIT]
    return named(file.artifact, file.filename, alt) if alt else file


def kept_file(kept: str) -> File:
    """A file as the form keeps it, `digest/name`; its size is not known here.

    Raises:
        BadRequest: the value is none of the form's.
    """
    found = KEPT.fullmatch(kept)
    if found is None:
        raise BadRequest("The form names a kept file that is none.")
    return File(artifact=found[1], filename=found[2], size=0)


def text_of(form: FormData, name: str) -> str:
    """A form's value, empty where there is none; lines end as they do everywhere but in forms."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def base_of(form: FormData) -> int | None:
    """The number of the turn that a form's prompt goes on from, None where it names none.

    Raises:
        BadRequest: it is no number.
    """
    given = text_of(form, "base")
    if given and not re.fullmatch(r"[0-9]{1,6}", given):
        raise BadRequest("The turn to continue from is not named by a number.")
    return int(given) if given else None


async def _taken(
    upload: UploadFile, alt: str, manifest: ArenaManifest, artifacts: ArtifactService
) -> Sequence[Image | File]:
    name, only_pictures = upload.filename or "file", manifest.of_pictures
    if only_pictures and await asyncio.to_thread(sniff, upload.file) is Kind.PDF:
        return await artifacts.pictures.pages(upload.file, name, alt)
    return [await artifacts.take(upload.file, name, alt, only_pictures=only_pictures)]
