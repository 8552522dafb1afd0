"""A folder, or an archive of one: files by name, read without unpacking more than was asked for."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Protocol, TypeVar

from .errors import VoteFileError
from .manifest import MANIFEST

T = TypeVar("T")
ZIP = (".zip",)
TAR = (".tar", ".tar.gz", ".tgz")


class Folder(Protocol):
    """Files by name."""

    def open(self, name: str) -> IO[bytes] | None:
        """Open a file; None if there is no such file."""
        ...


def is_folder(path: Path) -> bool:
    """Whether a path is a folder or an archive."""
    return path.is_dir() or path.name.lower().endswith((*ZIP, *TAR))


@contextmanager
def opened_folder(path: Path) -> Iterator[Folder]:
    """Open a folder or an archive; in an archive, that is where its manifest lies.

    Raises:
        VoteFileError: it cannot be read.
    """
    with ExitStack() as stack:
        try:
            if path.is_dir():
                folder: Folder = _Plain(path)
            elif path.name.lower().endswith(ZIP):
                folder = _Zip(stack.enter_context(zipfile.ZipFile(path)))
            else:
                folder = _Tar(stack.enter_context(tarfile.open(path)))
            yield folder
        except (OSError, EOFError, RuntimeError, zipfile.BadZipFile, tarfile.TarError) as error:
            raise VoteFileError(f"{path} cannot be read: {error}") from None


class _Plain:
    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self, name: str) -> IO[bytes] | None:
        file = self._path / name
        return file.open("rb") if file.is_file() else None


class _Zip:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._members = _beside_manifest(
            {one.filename: one for one in archive.infolist() if not one.is_dir()}
        )

    def open(self, name: str) -> IO[bytes] | None:
        member = self._members.get(name)
        return None if member is None else self._archive.open(member)


class _Tar:
    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self._members = _beside_manifest({one.name: one for one in archive if one.isfile()})

    def open(self, name: str) -> IO[bytes] | None:
        member = self._members.get(name)
        return None if member is None else self._archive.extractfile(member)


def _beside_manifest(members: Mapping[str, T]) -> dict[str, T]:
    """The members that lie where the highest manifest does, by file name."""
    paths = {PurePosixPath(name): member for name, member in members.items()}
    manifests = [path for path in paths if path.name == MANIFEST]
    if not manifests:
        return {}
    top = min(manifests, key=lambda path: len(path.parts)).parent
    return {path.name: member for path, member in paths.items() if path.parent == top}
