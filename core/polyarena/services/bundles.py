"""Built apps: their files are kept like any other, and found again by a label."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from ..bundle import LABEL, Bundle
from ..errors import BadRequest, NotFound
from ..settings import Limits
from ..store import Store
from ..store import artifacts as stored
from ..store.artifacts import Artifact
from ..store.files import Files

REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of an app: where its bytes lie, their digest, number and type."""

    path: Path
    digest: str
    size: int
    media_type: str


class BundleService:
    """Keeps apps of at most `limits.bundle_bytes` and `limits.bundle_files`."""

    def __init__(self, store: Store, files: Files, limits: Limits) -> None:
        self._store = store
        self._files = files
        self._limits = limits
        self._known: OrderedDict[str, tuple[str, Bundle]] = OrderedDict()

    async def keep(self, files: Mapping[str, bytes]) -> str:
        """Store an app's files by path; answers what stands for them.

        Raises:
            BadRequest: there are none, too many or too large ones, or a path is no good.
            StorageError: they could not be stored.
        """
        self._check(files)
        bundle = await asyncio.to_thread(Bundle.of, files)
        manifest = bundle.manifest
        kept = {file.digest: Artifact(file.digest, file.size) for file in bundle.files.values()}
        await asyncio.to_thread(self._put, files, manifest)
        digest, now = bundle.digest, time.time()

        def note(connection: Connection) -> None:
            for artifact in (*kept.values(), Artifact(digest, len(manifest))):
                stored.record(connection, artifact, now)
            stored.bundle(connection, digest, kept)

        await self._store.write(note)
        return digest

    async def find(self, label: str, path: str) -> FoundFile:
        """A file of the app whose digest begins with a label of `LABEL` characters.

        Raises:
            NotFound: there is no such app, or no such file in it.
        """
        digest, bundle = await self._bundle(label)
        file = bundle.find(path)
        if file is None:
            raise NotFound("The app has no such file.")
        found = self._files.path(file.digest)
        # An app that was deleted takes its manifest along, also while it is remembered here.
        if not await asyncio.to_thread(_are_there, self._files.path(digest), found):
            raise NotFound("There is no such app, or it was deleted.")
        return FoundFile(found, file.digest, file.size, file.media_type)

    async def load(self, digest: str) -> Mapping[str, bytes]:
        """All files of an app, by path.

        Raises:
            NotFound: there is no such app, or it was deleted.
        """
        _, bundle = await self._bundle(digest[:LABEL])

        def read() -> dict[str, bytes]:
            return {path: self._files.get(file.digest) for path, file in bundle.files.items()}

        return await asyncio.to_thread(read)

    async def _bundle(self, label: str) -> tuple[str, Bundle]:
        if known := self._known.get(label):
            self._known.move_to_end(label)
            return known
        if len(label) != LABEL:
            raise NotFound("There is no such app, or it was deleted.")
        digest = await self._store.read(lambda c: stored.find_bundle(c, label))
        if digest is None:
            raise NotFound("There is no such app, or it was deleted.")
        known = digest, Bundle.read(await asyncio.to_thread(self._files.get, digest))
        self._known[label] = known
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return known

    def _put(self, files: Mapping[str, bytes], manifest: bytes) -> None:
        for data in files.values():
            self._files.put(data)
        self._files.put(manifest)

    def _check(self, files: Mapping[str, bytes]) -> None:
        count, size = self._limits.bundle_files, self._limits.bundle_bytes
        if not files:
            raise BadRequest("An app without files cannot be kept.")
        if len(files) > count:
            raise BadRequest(f"The app has {len(files):,} files; at most {count:,} are taken.")
        total = sum(map(len, files.values()))
        if total > size:
            raise BadRequest(f"The app has {total:,} bytes; at most {size:,} are taken.")


def _are_there(*paths: Path) -> bool:
    return all(path.is_file() for path in paths)
