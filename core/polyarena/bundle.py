"""A built app's files: their paths, types and digests. Pure; no I/O."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from .errors import BadRequest

LABEL = 40
PATH_LIMIT = 200
OTHER = "application/octet-stream"
_TEXT = "; charset=utf-8"
TYPES = {
    "html": "text/html" + _TEXT,
    "htm": "text/html" + _TEXT,
    "js": "text/javascript" + _TEXT,
    "mjs": "text/javascript" + _TEXT,
    "css": "text/css" + _TEXT,
    "json": "application/json",
    "map": "application/json",
    "webmanifest": "application/manifest+json",
    "wasm": "application/wasm",
    "txt": "text/plain" + _TEXT,
    "md": "text/plain" + _TEXT,
    "csv": "text/csv" + _TEXT,
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "ttf": "font/ttf",
    "otf": "font/otf",
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "glb": "model/gltf-binary",
    "gltf": "model/gltf+json",
}


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One file of a bundle: the SHA-256 of its bytes, their number, and their type."""

    digest: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """An app's files by path; `digest` stands for all of it."""

    files: Mapping[str, BundleFile]

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> Bundle:
        """The bundle of these bytes.

        Raises:
            BadRequest: a path is none that may be served.
        """
        for path in files:
            if not _is_path(path):
                raise BadRequest(f"{path[:PATH_LIMIT]!r} is no path of a file in an app.")
        return cls(
            {
                path: BundleFile(hashlib.sha256(data).hexdigest(), len(data), media_type(path))
                for path, data in files.items()
            }
        )

    @classmethod
    def read(cls, manifest: bytes) -> Bundle:
        """The bundle that a manifest describes."""
        return cls({path: BundleFile(*file) for path, file in orjson.loads(manifest).items()})

    @property
    def manifest(self) -> bytes:
        """The bundle as JSON, path by path: digest, size and type; the same for the same files."""
        shown = {path: (f.digest, f.size, f.media_type) for path, f in self.files.items()}
        return orjson.dumps(shown, option=orjson.OPT_SORT_KEYS)

    @property
    def digest(self) -> str:
        """The SHA-256 of the manifest."""
        return hashlib.sha256(self.manifest).hexdigest()

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(file.size for file in self.files.values())

    def find(self, path: str) -> BundleFile | None:
        """The file at a path; a folder's is its index.html."""
        if path == "" or path.endswith("/"):
            path += "index.html"
        return self.files.get(path)


def media_type(path: str) -> str:
    """What a browser is told of a file, by the end of its name."""
    return TYPES.get(path.rpartition(".")[2].lower(), OTHER)


def _is_path(path: str) -> bool:
    steps = path.split("/")
    return (
        len(path) <= PATH_LIMIT
        and path.isprintable()
        and not set(path) & set("\\?#%")
        and not {"", ".", ".."} & set(steps)
    )
