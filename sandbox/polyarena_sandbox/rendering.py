"""An app on the disk, built and looked at, and what came of that written down."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace
from itertools import product
from pathlib import Path, PurePosixPath
from typing import Any

from polyarena import BadRequest
from polyarena.apps import (
    DEVICES,
    READY_SECONDS,
    BuiltApp,
    SeenApp,
    ServedApp,
    build,
    look,
    serve,
    server_of,
)
from polyarena.sandbox import Sandbox

SKIPPED = frozenset({"node_modules", "dist", "build", "__pycache__"})
STATIC = "static"
PAGES = frozenset({".html", ".htm", ".js", ".jsx", ".mjs", ".ts", ".tsx", ".vue", ".svelte"})
PNG = b"\x89PNG"
SOURCE_FILES = 500
SOURCE_BYTES = 16 << 20


@dataclass(frozen=True, slots=True)
class Rendered:
    """What came of an app: `built` of one of static files, `served` of one with a server.

    `seen` is None where it could not be built, or did not begin to answer.
    """

    built: BuiltApp | None = None
    served: ServedApp | None = None
    seen: SeenApp | None = None

    @property
    def report(self) -> dict[str, Any]:
        """All that is known, as JSON holds it: of files their sizes, of pictures their names."""
        return {"built": self._built(), "served": self._served(), "seen": self._seen()}

    def _built(self) -> dict[str, Any] | None:
        if self.built is None:
            return None
        built = self.built.model_dump(mode="json", exclude={"files"})
        built["files"] = {name: len(data) for name, data in sorted(self.built.files.items())}
        return built

    def _served(self) -> dict[str, Any] | None:
        if self.served is None:
            return None
        served = asdict(replace(self.served, seen=None)) | {"fault": self.served.fault}
        del served["seen"]
        return served

    def _seen(self) -> dict[str, Any] | None:
        if self.seen is None:
            return None
        seen = self.seen.model_dump(mode="json", exclude={"shots"})
        seen["shots"] = {device: _picture(device, data) for device, data in self.seen.shots.items()}
        return seen

    def write(self, folder: Path) -> None:
        """Write the bundle, if there is one, into `bundle/`, and the pictures beside it.

        Pictures of an earlier app that lie there are removed: they would pass for this one's.
        """
        folder.mkdir(parents=True, exist_ok=True)
        for device, data in product(DEVICES, (PNG, b"")):
            (folder / _picture(device, data)).unlink(missing_ok=True)
        for name, data in (self.built.files if self.built else {}).items():
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


async def render(
    sandbox: Sandbox, files: Mapping[str, bytes], kind: str = "", wait: float = READY_SECONDS
) -> Rendered:
    """Build an app, or start its server, and look at it; what was started is ended again.

    `kind` is one of a server's, or `STATIC`; what the files say, where it is empty. A server may
    take `wait` seconds until it answers.

    Raises:
        BadJob: there is no file to start.
        BadRequest: there is nothing but Python, of which it cannot be told what serves it.
        SandboxError: that could not be done, for no fault of the app's.
    """
    found, main = server_of(files)
    if not (kind or found) and _is_python_alone(files):
        raise BadRequest(
            "Its Python imports none of fastapi, flask, gradio and streamlit; "
            "say with --kind which of them it is."
        )
    if (kind or found or STATIC) == STATIC:
        return await _render_static(sandbox, files)
    kind = kind or found
    start = main if kind == found else ""
    async with aclosing(serve(sandbox, kind, files, start, ready=wait)) as events:
        served = [event async for event in events if isinstance(event, ServedApp)][-1]
    return Rendered(served=served, seen=served.seen)


async def _render_static(sandbox: Sandbox, files: Mapping[str, bytes]) -> Rendered:
    async with aclosing(build(sandbox, files)) as builds:
        built = [event async for event in builds if isinstance(event, BuiltApp)][-1]
    if not built.ok:
        return Rendered(built)
    async with aclosing(look(sandbox, built)) as looks:
        seen = [event async for event in looks if isinstance(event, SeenApp)][-1]
    return Rendered(built, seen=seen)


def _is_python_alone(files: Mapping[str, bytes]) -> bool:
    endings = {PurePosixPath(name).suffix for name in files}
    return ".py" in endings and not endings & PAGES


def _picture(device: str, data: bytes) -> str:
    ending = "png" if data.startswith(PNG) else "webp"
    return f"{device}.{ending}"
