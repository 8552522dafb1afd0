"""What an arena is handed to work with: the sandbox, and a place for bytes."""

from __future__ import annotations

from dataclasses import dataclass

from ..content import File, Image
from ..errors import SandboxUnavailable
from ..plugins import Registry
from ..sandbox import Sandbox
from .artifacts import ArtifactService


@dataclass(frozen=True, slots=True)
class ArenaTools:
    """`polyarena.Tools` for one battle's owner."""

    registry: Registry
    artifacts: ArtifactService
    owner: str

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
            StorageError: they could not be stored.
        """
        return await self.artifacts.keep(data, filename)

    async def load(self, part: Image | File) -> bytes:
        """The bytes of a stored part.

        Raises:
            NotFound: they were deleted.
        """
        return await self.artifacts.load(part.artifact)
