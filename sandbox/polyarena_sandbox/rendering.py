"""An app on the disk, built and looked at, and what came of that written down."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polyarena import BadRequest
from polyarena.apps import BuiltApp, SeenApp, build, look
from polyarena.sandbox import Sandbox

SKIPPED = frozenset({"node_modules", "dist", "build"})
PNG = b"\x89PNG"
SOURCE_FILES = 500
SOURCE_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Rendered:
    """What came of an app; `seen` is None where it could not be built."""

    built: BuiltApp
    seen: SeenApp | None

    @property
    def report(self) -> dict[str, Any]:
        """All that is known, as JSON holds it: of files their sizes, of pictures their names."""
        built = self.built.model_dump(mode="json", exclude={"files"})
        built["files"] = {name: len(data) for name, data in sorted(self.built.files.items())}
        if self.seen is None:
            return {"built": built, "seen": None}
        seen = self.seen.model_dump(mode="json", exclude={"shots"})
        seen["shots"] = {device: _picture(device, data) for device, data in self.seen.shots.items()}
        return {"built": built, "seen": seen}

    def write(self, folder: Path) -> None:
        """Write the bundle into `bundle/`, and the pictures beside it."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self.built.files.items():
            path = folder / "bundle" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for device, data in self.seen.shots.items() if self.seen else ():
            (folder / _picture(device, data)).write_bytes(data)


def sources_in(path: Path) -> dict[str, bytes]:
    """The files of an app by name: those of a folder, or the one file.

    Hidden files, links, and what a package manager or a build has made are left out.

    Raises:
        BadRequest: there are none, too many, or too large ones.
    """
    if path.is_file():
        return {path.name: path.read_bytes()}
    files: dict[str, bytes] = {}
    size = 0
    for found in sorted(path.rglob("*")):
        name = found.relative_to(path)
        skipped = any(part.startswith(".") or part in SKIPPED for part in name.parts)
        if skipped or found.is_symlink() or not found.is_file():
            continue
        size += found.stat().st_size
        if size > SOURCE_BYTES or len(files) == SOURCE_FILES:
            raise BadRequest(
                f"{path} has more than {SOURCE_FILES} files, or {SOURCE_BYTES >> 20} MB of them."
            )
        files[name.as_posix()] = found.read_bytes()
    if not files:
        raise BadRequest(f"There are no files in {path}.")
    return files


async def render(sandbox: Sandbox, files: Mapping[str, bytes]) -> Rendered:
    """Build an app and look at it.

    Raises:
        SandboxUnavailable: that could not be done, for no fault of the app's.
    """
    async with aclosing(build(sandbox, files)) as builds:
        built = [event async for event in builds if isinstance(event, BuiltApp)][-1]
    if not built.ok:
        return Rendered(built, None)
    async with aclosing(look(sandbox, built)) as looks:
        seen = [event async for event in looks if isinstance(event, SeenApp)][-1]
    return Rendered(built, seen)


def _picture(device: str, data: bytes) -> str:
    ending = "png" if data.startswith(PNG) else "webp"
    return f"{device}.{ending}"
