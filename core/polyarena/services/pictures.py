"""Pictures: made safe, kept with a thumbnail, fetched from elsewhere, and screened."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from sqlalchemy import Connection

from ..content import Fitted, Image, Part
from ..dispatch import Dispatcher
from ..errors import PictureRefused, StorageError
from ..hookspecs import Picture
from ..pictures.bounds import Canvas, Fit
from ..pictures.decoder import Job, SafePicture
from ..pictures.intake import Intake
from ..pictures.kinds import HEAD, PICTURES, SUFFIXES, TAKEN, Kind, kind_of, may_move
from ..settings import Images
from ..store import Store
from ..store import artifacts as stored
from ..store.artifacts import Artifact
from ..store.files import Files
from .artifacts import length, part_of, shown_name, sniff

if TYPE_CHECKING:
    from ..fetching import Fetcher

THUMB = "thumb"
WAITING_MOST = 100
ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}


class PictureService:
    """Keeps pictures of at most `limit` bytes each, as they are stored."""

    def __init__(
        self, store: Store, files: Files, dispatcher: Dispatcher, settings: Images, limit: int
    ) -> None:
        self._store = store
        self._files = files
        self._dispatcher = dispatcher
        self._settings = settings
        self._intake = Intake(settings, limit)
        self._fetcher: Fetcher | None = None
        self._waiting = 0

    async def take(self, source: BinaryIO, filename: str, alt: str = "") -> Image:
        """Store what a person sent as a picture; of one that moves too much the first frame.

        Raises:
            PictureRefused: it is none, cannot be read, or is beyond the limits.
            StorageError: it could not be stored, or too many are waiting.
        """
        kind = await asyncio.to_thread(sniff, source)
        if kind is None or kind not in PICTURES:
            raise PictureRefused(_no_picture(shown_name(filename), kind))
        with self._line():
            (image,) = await self._stored(source, kind, filename, alt, moving=True, partly=True)
        return image

    async def pages(self, source: BinaryIO, filename: str, alt: str = "") -> list[Image]:
        """Store each page of a PDF that a person sent as a picture.

        Raises:
            PictureRefused: it is none, cannot be read, or is beyond the limits.
            StorageError: they could not be stored, or too many are waiting.
        """
        if await asyncio.to_thread(sniff, source) is not Kind.PDF:
            raise PictureRefused(f"{shown_name(filename)} is no PDF.")
        with self._line():
            return await self._stored(source, Kind.PDF, filename, alt)

    async def keep(self, source: BinaryIO, filename: str, alt: str = "") -> Image:
        """Store what an answer made as a picture, with all of its frames.

        Raises:
            PictureRefused: it is none, cannot be read, or is beyond the limits.
            StorageError: it could not be stored.
        """
        kind = await asyncio.to_thread(sniff, source)
        if kind is None or kind not in PICTURES:
            raise PictureRefused(_no_picture(shown_name(filename), kind))
        (image,) = await self._stored(source, kind, filename, alt, moving=True)
        return image

    async def fetch(self, url: str, alt: str = "") -> Image:
        """Store the picture at an address, with all of its frames.

        Raises:
            PictureRefused: it cannot be had, or is no picture that is taken.
            StorageError: it could not be stored, or too many are waiting.
        """
        from ..fetching import Fetcher

        self._fetcher = self._fetcher or Fetcher(self._settings.private_hosts)
        limit, seconds = self._settings.bytes, self._settings.seconds
        with self._line():
            fetched = await self._fetcher.fetch(url, limit, seconds)
            with fetched.file as file:
                return await self.keep(file, fetched.filename, alt)

    async def fit(self, image: Image, fit: Fit) -> tuple[Fitted, ...]:
        """What is to be given in place of a stored picture to fit, nothing where it does itself.

        Raises:
            NotFound: it was deleted.
            PictureRefused: it cannot be read any more.
            StorageError: it could not be stored.
        """
        data = await asyncio.to_thread(self._files.get, image.artifact)
        moves = may_move(data[:HEAD])
        large = max(image.width, image.height) > fit.side or len(data) > fit.bytes
        if not large and image.media_type in fit.types and not moves:
            return ()
        made = await self._anew(image, data, fit)
        return tuple(_fitted(one, moves) for one in made)

    async def rendition(self, image: Image, width: int, height: int) -> Image:
        """A stored picture as a JPEG of a size, within the longest side that is stored.

        Raises:
            NotFound: it was deleted.
            PictureRefused: it cannot be read any more, or the JPEG has too many bytes.
            StorageError: it could not be stored.
        """
        data = await asyncio.to_thread(self._files.get, image.artifact)
        factor = min(1.0, self._settings.side / max(width, height))
        canvas = Canvas(round(width * factor) or 1, round(height * factor) or 1)
        (made,) = await self._anew(image, data, canvas)
        # The picture's own name ends with its type.
        return _image(made, f"picture.{ENDINGS[made.media_type or '']}", image.alt)

    async def _anew(self, image: Image, data: bytes, into: Fit | Canvas) -> list[Artifact]:
        """Store what is made of a stored picture's bytes."""
        kind, name = kind_of(data[:HEAD]), shown_name(image.filename)
        assert kind is not None
        fit, canvas = (into, None) if isinstance(into, Fit) else (None, into)
        job = Job(kind, BytesIO(data), len(data), fit=fit, canvas=canvas)
        made = await self._intake.take(job, name, self._file)
        await self._store.write(partial(_record, made=made, now=time.time()))
        return made

    async def thumbnail(self, digest: str) -> bytes | None:
        """A small WebP of a stored picture, None where the picture is small itself."""
        return await asyncio.to_thread(self._files.get_beside, digest, THUMB)

    async def screen(self, arena: str, parts: Iterable[Part], *, asked: bool) -> None:
        """Ask every screening hook about the pictures among parts; `asked` of a prompt.

        Raises:
            PictureRefused: a hook objected, or could not answer.
        """
        if not self._dispatcher.registry.image_screens:
            return
        for digest in sorted(stored.digests(parts)):
            found = await self._store.read(partial(stored.get, digest=digest))
            if found is not None and found.perceptual and found.media_type:
                path = self._files.path(digest)
                picture = Picture(digest, found.media_type, found.perceptual, path, asked)
                await self._dispatcher.screen_image(arena, picture)

    def close(self) -> None:
        """Give up what is being decoded."""
        self._intake.close()

    @contextmanager
    def _line(self) -> Iterator[None]:
        """Counts who waits, because what they sent waits with them."""
        if self._waiting >= WAITING_MOST:
            raise StorageError("Too many pictures are waiting to be read; try again in a moment.")
        self._waiting += 1
        try:
            yield
        finally:
            self._waiting -= 1

    async def _stored(
        self,
        source: BinaryIO,
        kind: Kind,
        filename: str,
        alt: str,
        *,
        moving: bool = False,
        partly: bool = False,
    ) -> list[Image]:
        name = shown_name(filename)
        size, most = await asyncio.to_thread(length, source), self._settings.bytes
        if size > most:
            raise PictureRefused(f"{name} has {size:,} bytes; at most {most:,} are taken.")
        made = await self._intake.take(Job(kind, source, size, moving, partly), name, self._file)
        await self._store.write(partial(_record, made=made, now=time.time()))
        pages = kind is Kind.PDF
        return [
            _image(one, _renamed(name, one, page * pages), alt) for page, one in enumerate(made, 1)
        ]

    def _file(self, picture: SafePicture) -> Artifact:
        digest = self._files.put(picture.data)
        if picture.thumb:
            self._files.put_beside(digest, THUMB, picture.thumb)
        return Artifact(
            digest,
            len(picture.data),
            picture.media_type,
            picture.width,
            picture.height,
            picture.perceptual,
        )


def _record(connection: Connection, made: Iterable[Artifact], now: float) -> None:
    for artifact in made:
        stored.record(connection, artifact, now)


def _fitted(artifact: Artifact, frame: bool) -> Fitted:
    return Fitted.model_validate(
        {
            "artifact": artifact.digest,
            "media_type": artifact.media_type,
            "width": artifact.width,
            "height": artifact.height,
            "frame": frame,
        }
    )


def _no_picture(name: str, kind: Kind | None) -> str:
    if kind is Kind.SVG:
        return f"{name} is an SVG drawing, which is never taken as a picture; send it as a PNG."
    if kind is Kind.PDF:
        return f"{name} is a PDF and no picture; its pages can be taken as pictures."
    return f"{name} is no picture of a kind that is taken: {TAKEN}."


def _renamed(name: str, artifact: Artifact, page: int = 0) -> str:
    """A name whose ending tells what the picture is now."""
    ending = ENDINGS[artifact.media_type or ""]
    stem, dot, given = name.rpartition(".")
    if page:
        return f"{stem or name}-{page}.{ending}"
    known = SUFFIXES.get(given.lower())
    if dot and known is not None:
        return name if known == SUFFIXES[ending] else f"{stem or 'picture'}.{ending}"
    return f"{name}.{ending}"


def _image(artifact: Artifact, name: str, alt: str) -> Image:
    image = part_of(artifact, name, alt)
    assert isinstance(image, Image)
    return image
