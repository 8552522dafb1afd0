"""Files that battles hold: kept, described, found again, and deleted with the last battle."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from typing import TYPE_CHECKING

from ..content import File, Image
from ..errors import BadRequest, NotFound
from ..pictures import FORMATS, picture_of
from ..store import Store
from ..store import artifacts as stored
from ..store.artifacts import Artifact
from ..store.files import Files

if TYPE_CHECKING:
    from ..pictures import MediaType

UNUSED_SECONDS = 24 * 3600.0
NAME_LIMIT = 200
_PICTURES: dict[str, MediaType] = {media: media for media in FORMATS.values()}


class ArtifactService:
    """Keeps bytes of at most `limit` each."""

    def __init__(self, store: Store, files: Files, limit: int) -> None:
        self._store = store
        self._files = files
        self._limit = limit

    async def keep(self, data: bytes, filename: str) -> Image | File:
        """Store bytes; a picture becomes an `Image`, anything else a `File`.

        Raises:
            BadRequest: there are more bytes than the limit.
            StorageError: they could not be stored.
        """
        name = shown_name(filename)
        if len(data) > self._limit:
            raise BadRequest(f"{name} has {len(data):,} bytes; at most {self._limit:,} are taken.")
        picture = await asyncio.to_thread(picture_of, data)
        digest = await asyncio.to_thread(self._files.put, data)
        artifact = Artifact(digest, len(data))
        if picture:
            size = (picture.width, picture.height)
            artifact = Artifact(digest, len(data), picture.media_type, *size)
        now = time.time()
        await self._store.write(lambda c: stored.record(c, artifact, now))
        return part_of(artifact, name)

    async def known(self, digest: str) -> Artifact:
        """What is known of a stored file.

        Raises:
            NotFound: there is none.
        """
        artifact = await self._store.read(lambda c: stored.get(c, digest))
        if artifact is None:
            raise NotFound("There is no such file, or it was deleted.")
        return artifact

    async def load(self, digest: str) -> bytes:
        """The bytes of a stored file.

        Raises:
            NotFound: there are none.
        """
        return await asyncio.to_thread(self._files.get, digest)

    async def release(self, battles: Collection[str]) -> None:
        """Delete what only these battles used."""
        self._delete(await self._store.write(lambda c: stored.release(c, battles)))

    async def sweep(self) -> int:
        """Delete what was kept a day ago and no battle uses; answers how many."""
        before = time.time() - UNUSED_SECONDS
        gone = await self._store.write(lambda c: stored.forget_unused(c, before))
        self._delete(gone)
        return len(gone)

    def _delete(self, digests: Collection[str]) -> None:
        for digest in digests:
            self._files.remove(digest)


def shown_name(filename: str) -> str:
    """A file's name without control characters, not too long, never empty."""
    name = "".join(c for c in filename if c.isprintable()).strip()
    return name[-NAME_LIMIT:] or "file"


def media_type(artifact: Artifact) -> MediaType | None:
    """The type of a stored picture, None of any other file."""
    return _PICTURES.get(artifact.media_type or "")


def part_of(artifact: Artifact, filename: str, alt: str = "") -> Image | File:
    """A stored file as a part."""
    media, name = media_type(artifact), shown_name(filename)
    if media is None or not artifact.width or not artifact.height:
        return File(artifact=artifact.digest, filename=name, size=artifact.size)
    return Image(
        artifact=artifact.digest,
        media_type=media,
        width=artifact.width,
        height=artifact.height,
        filename=name,
        alt=alt,
    )
