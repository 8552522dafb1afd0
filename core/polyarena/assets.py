"""Scripts, styles and pictures of plugins: read once, served as they were read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType

from .manifest import Assets

ASSET_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "css": "text/css; charset=utf-8",
        "jpg": "image/jpeg",
        "js": "text/javascript; charset=utf-8",
        "json": "application/json",
        "mjs": "text/javascript; charset=utf-8",
        "png": "image/png",
        "svg": "image/svg+xml",
        "webp": "image/webp",
        "woff2": "font/woff2",
    }
)
"""The types that are served, by the ending of the file's name; every other file is passed over."""

ASSET_BYTES = 5_000_000
DIGEST = 16


class BadAssets(Exception):
    """What a manifest says of assets cannot be had; the message says what."""


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes and their type."""

    data: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True, slots=True)
class AssetFolder:
    """A folder as it was read; `digest` is of all of it, so that its address changes with it."""

    plugin: str
    digest: str
    found: Mapping[str, Asset] = field(repr=False)
    modules: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()

    @classmethod
    def read(cls, plugin: str, declared: Assets) -> AssetFolder:
        """Read a plugin's folder.

        Raises:
            BadAssets: there is none, it is too large, or lacks a file that the manifest names.
        """
        try:
            top = files(declared.package).joinpath(declared.folder)
        except (ImportError, TypeError, ValueError):
            raise BadAssets(f"there is no package {declared.package!r}") from None
        if ".." in Path(declared.folder).parts or not top.is_dir():
            raise BadAssets(f"{declared.package} has no folder {declared.folder!r}")
        found, left = {}, ASSET_BYTES
        for path, entry in sorted(_walk(top, "")):
            data = _bytes(entry, top)
            left -= len(data)
            if left < 0:
                raise BadAssets(f"{declared.folder} holds more than {ASSET_BYTES:,} bytes")
            found[path] = Asset(data, ASSET_TYPES[_ending(path)])
        for path, endings in _named(declared):
            if path not in found or _ending(path) not in endings:
                wanted = " or ".join(f".{ending}" for ending in endings)
                raise BadAssets(f"{declared.folder} has no file {path!r} that ends with {wanted}")
        whole = hashlib.sha256()
        for path, asset in found.items():
            whole.update(path.encode() + b"\0" + hashlib.sha256(asset.data).digest())
        digest = whole.hexdigest()[:DIGEST]
        return cls(plugin, digest, found, declared.modules, declared.styles)

    def url(self, path: str) -> str:
        """Where a file is served."""
        return f"/plugins/{self.plugin}/{self.digest}/{path}"


def _named(declared: Assets) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((path, ("js", "mjs")) for path in declared.modules)
    yield from ((path, ("css",)) for path in declared.styles)


def _walk(folder: Traversable, before: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        path = f"{before}{entry.name}"
        if entry.is_dir():
            yield from _walk(entry, f"{path}/")
        elif _ending(path) in ASSET_TYPES:
            yield path, entry


def _bytes(entry: Traversable, top: Traversable) -> bytes:
    # A link may lead anywhere; what it leads to is no file of the plugin's.
    match entry, top:
        case Path(), Path() if not entry.resolve().is_relative_to(top.resolve()):
            raise BadAssets(f"{entry.name} is a link that leads out of its folder")
    return entry.read_bytes()


def _ending(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[2].lower()
