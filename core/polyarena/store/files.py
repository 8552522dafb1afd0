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
        _write(self.path(digest), data)
        return digest

    def put_beside(self, digest: str, ending: str, data: bytes) -> None:
        """Keep bytes beside those of a digest; they are removed with them.

        Raises:
            StorageError: they could not be written; nothing is left half-written.
        """
        _write(self._beside(digest, ending), data)

    def get_beside(self, digest: str, ending: str) -> bytes | None:
        """The bytes beside those of a digest, None where there are none."""
        try:
            return self._beside(digest, ending).read_bytes()
        except FileNotFoundError:
            return None

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
        """Delete the bytes of a digest and what lies beside them, if there are any."""
        path = self.path(digest)
        for each in [path, *path.parent.glob(f"{digest}.*")]:
            each.unlink(missing_ok=True)

    def path(self, digest: str) -> Path:
        """Where the bytes of a digest lie."""
        return self._folder / digest[:2] / digest

    def _beside(self, digest: str, ending: str) -> Path:
        return self.path(f"{digest}.{ending}")


def _write(path: Path, data: bytes) -> None:
    if path.exists():
        return
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
