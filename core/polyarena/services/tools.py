"""What an arena is handed to work with: the sandbox, and a place for bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..content import File, Image
from ..errors import SandboxUnavailable
from ..plugins import Registry
from ..sandbox import Sandbox
from .artifacts import ArtifactService
from .bundles import BundleService


@dataclass(frozen=True, slots=True)
class ArenaTools:
    """`polyarena.Tools` for one battle's owner, in an arena."""

    registry: Registry
    artifacts: ArtifactService
    bundles: BundleService
    owner: str
    arena: str

    @property
    def sandbox(self) -> Sandbox:
        """The sandbox in use.

        Raises:
            SandboxUnavailable: none is installed.
        """
        if self.registry.sandbox is None:
            raise SandboxUnavailable("No sandbox is installed here.")
        return self.registry.sandbox

    async def keep(self, data: bytes, filename: str) -> Image | File:
        """Store bytes.

        Raises:
            BadRequest: there are more than `limits.artifact_bytes`.
            PictureRefused: a plugin objected to the picture.
            StorageError: they could not be stored.
        """
        part = await self.artifacts.keep(data, filename)
        await self.artifacts.pictures.screen(self.arena, [part], asked=False)
        return part

    async def fetch(self, url: str) -> Image:
        """Store the picture at an address.

        Raises:
            PictureRefused: it cannot be had, or a plugin objected to it.
            StorageError: it could not be stored.
        """
        image = await self.artifacts.pictures.fetch(url)
        await self.artifacts.pictures.screen(self.arena, [image], asked=False)
        return image

    async def keep_bundle(self, files: Mapping[str, bytes]) -> str:
        """Store a built app's files.

        Raises:
            BadRequest: they are beyond the limits, or a path is no good.
            StorageError: they could not be stored.
        """
        return await self.bundles.keep(files)

    async def load(self, part: Image | File) -> bytes:
        """The bytes of a stored part.

        Raises:
            NotFound: they were deleted.
        """
        return await self.artifacts.load(part.artifact)

    async def rendition(self, picture: Image, width: int, height: int) -> Image:
        """Store a picture once more at another size.

        Raises:
            NotFound: it was deleted.
            PictureRefused: it cannot be read any more.
            StorageError: it could not be stored.
        """
        return await self.artifacts.pictures.rendition(picture, width, height)
