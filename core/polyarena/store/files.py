"""Stored bytes: files named by the SHA-256 of what they hold."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from ..errors import NotFound, StorageError


class Files:
    """A folder of content-addressed files; the same bytes are kept once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, data: bytes) -> str:
        """Keep bytes; answers their digest.

        Raises:
            StorageError: they could not be written; nothing is left half-written.
        """
        digest = hashlib.sha256(data).hexdigest()
        path = self.path(digest)
        if path.exists():
            return digest
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(dir=path.parent)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                os.replace(draft, path)
            except BaseException:
                os.unlink(draft)
                raise
        except OSError as error:
            raise StorageError(f"A file could not be stored: {error.strerror}.") from error
        return digest

    def get(self, digest: str) -> bytes:
        """The bytes of a digest.

        Raises:
            NotFound: there are none.
        """
        try:
            return self.path(digest).read_bytes()
        except FileNotFoundError:
            raise NotFound("There is no such file, or it was deleted.") from None

    def remove(self, digest: str) -> None:
        """Delete the bytes of a digest, if there are any."""
        self.path(digest).unlink(missing_ok=True)

    def path(self, digest: str) -> Path:
        """Where the bytes of a digest lie."""
        return self._folder / digest[:2] / digest
