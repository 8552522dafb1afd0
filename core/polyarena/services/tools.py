"""What an arena is handed to work with: the sandbox, and a place for bytes."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from ..content import File, Image
from ..errors import SandboxUnavailable
from ..plugins import Registry
from ..sandbox import Sandbox
from ..store.artifacts import Artifacts


@dataclass(frozen=True, slots=True)
class ArenaTools:
    """`polyarena.Tools` for one battle's owner."""

    registry: Registry
    artifacts: Artifacts
    owner: str

    @property
    def sandbox(self) -> Sandbox:
        """The sandbox in use.

        Raises:
            SandboxUnavailable: none is installed.
        """
        for sandbox in self.registry.sandboxes.values():
            return sandbox
        raise SandboxUnavailable("No sandbox is installed here.")

    async def keep(self, data: bytes, filename: str) -> Image | File:
        """Store bytes.

        Raises:
            StorageError: they could not be stored.
        """
        digest = await asyncio.to_thread(self.artifacts.put, data)
        return File(artifact=digest, filename=filename, size=len(data))

    async def load(self, part: Image | File) -> bytes:
        """The bytes of a stored part.

        Raises:
            NotFound: they were deleted.
        """
        return await asyncio.to_thread(self.artifacts.get, part.artifact)
