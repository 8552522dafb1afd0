"""What an image is made of, and the name that follows from it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from .base import BASE

IMAGES = ("python", "node", "web", "browser", "server", "native", "shell", "go", "rust", "java")
"""In the order in which they are built."""

_FOLDER = Path(__file__).parent / "images"
_WARDEN = "warden"


def contents(image: str) -> dict[str, bytes]:
    """All files that an image is built from, by their names in its build context."""
    files = {path.name: path.read_bytes() for path in _files(_FOLDER / image)}
    files |= {f"{_WARDEN}/{path.name}": path.read_bytes() for path in _files(_FOLDER / _WARDEN)}
    return dict(sorted(files.items()))


def repository(image: str) -> str:
    """The name that an image has in all its versions."""
    return f"polyarena-sandbox-{image}"


@cache
def tag(image: str) -> str:
    """The full name of an image: its tag is a hash of all that it is built from."""
    digest = hashlib.sha256(BASE.encode())
    for name, data in contents(image).items():
        digest.update(f"\0{name}\0{len(data)}\0".encode() + data)
    return f"{repository(image)}:{digest.hexdigest()[:12]}"


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file()]
