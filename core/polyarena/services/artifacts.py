"""Files that battles hold: kept, described, found again, and deleted with the last battle."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection
from contextlib import suppress
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

from ..content import File, Image
from ..errors import BadRequest, NotFound, PictureRefused
from ..pictures.kinds import HEAD, PICTURES, Kind, claimed_by, kind_of
from ..store import Store
from ..store import artifacts as stored
from ..store.artifacts import Artifact
from ..store.files import Files

if TYPE_CHECKING:
    from .pictures import PictureService

MediaType = Literal["image/png", "image/jpeg", "image/webp", "image/gif"]
UNUSED_SECONDS = 24 * 3600.0
NAME_LIMIT = 200
ALT_LIMIT = 1000
_PICTURES: dict[str, MediaType] = {
    "image/png": "image/png",
    "image/jpeg": "image/jpeg",
    "image/webp": "image/webp",
    "image/gif": "image/gif",
}


class ArtifactService:
    """Keeps bytes of at most `limit` each."""

    def __init__(self, store: Store, files: Files, pictures: PictureService, limit: int) -> None:
        self.pictures = pictures
        self._store = store
        self._files = files
        self._limit = limit

    async def keep(self, data: bytes, filename: str) -> Image | File:
        """Store what an answer made: a picture as an `Image`, anything else as a `File`.

        A picture is stored anew, with all of its frames; one that cannot be read is a file.

        Raises:
            BadRequest: there are more bytes than the limit.
            StorageError: they could not be stored.
        """
        name = shown_name(filename)
        self._check(name, len(data))
        if kind_of(data[:HEAD]) in PICTURES:
            with suppress(PictureRefused):
                return await self.pictures.keep(BytesIO(data), name)
        return await self._file(data, name)

    async def take(
        self, source: BinaryIO, filename: str, alt: str = "", *, only_pictures: bool = False
    ) -> Image | File:
        """Store what a person sent; as `keep`, but a picture that cannot be read is refused.

        With `only_pictures`, whatever is no picture is refused too.

        Raises:
            PictureRefused: it is no picture although it claims or ought to be, or a bad one.
            BadRequest: there are more bytes than the limit.
            StorageError: it could not be stored.
        """
        name = shown_name(filename)
        size = await asyncio.to_thread(length, source)
        self._check(name, size)
        if not size and (only_pictures or claimed_by(name)):
            raise PictureRefused(f"{name} is empty.")
        kind = await asyncio.to_thread(sniff, source)
        if only_pictures or kind in PICTURES:
            return await self.pictures.take(source, name, alt)
        if claimed_by(name):
            raise PictureRefused(f"{name} is no picture, whatever its name says.")
        return await self._file(await asyncio.to_thread(source.read), name)

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

    async def path(self, digest: str) -> Path:
        """Where a stored file lies.

        Raises:
            NotFound: there is none.
        """
        path = self._files.path(digest)
        if not await asyncio.to_thread(path.is_file):
            raise NotFound("There is no such file, or it was deleted.")
        return path

    async def release(self, battles: Collection[str]) -> None:
        """Delete what only these battles used."""
        self._delete(await self._store.write(lambda c: stored.release(c, battles)))

    async def sweep(self) -> int:
        """Delete what was kept a day ago and no battle uses; answers how many."""
        before = time.time() - UNUSED_SECONDS
        gone = await self._store.write(lambda c: stored.forget_unused(c, before))
        self._delete(gone)
        return len(gone)

    def _check(self, name: str, size: int) -> None:
        if size > self._limit:
            raise BadRequest(f"{name} has {size:,} bytes; at most {self._limit:,} are taken.")

    async def _file(self, data: bytes, name: str) -> File:
        digest = await asyncio.to_thread(self._files.put, data)
        artifact, now = Artifact(digest, len(data)), time.time()
        await self._store.write(lambda c: stored.record(c, artifact, now))
        return File(artifact=digest, filename=name, size=len(data))

    def _delete(self, digests: Collection[str]) -> None:
        for digest in digests:
            self._files.remove(digest)


def sniff(source: BinaryIO) -> Kind | None:
    """What a file claims to be by its first bytes; it stands at its beginning after."""
    source.seek(0)
    kind = kind_of(source.read(HEAD))
    source.seek(0)
    return kind


def length(source: BinaryIO) -> int:
    """How many bytes a file has; it stands at its beginning after."""
    size = source.seek(0, SEEK_END)
    source.seek(0)
    return size


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


def named(artifact: str, filename: str, alt: str) -> Image:
    """A picture as its sender names it; type and size are those of any, to be looked up."""
    return Image(
        artifact=artifact, media_type="image/png", width=1, height=1, filename=filename, alt=alt
    )
