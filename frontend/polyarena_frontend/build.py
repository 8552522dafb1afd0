"""Building the scripts and styles: `python -m polyarena_frontend.build [--force]`."""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from .node import Node, NodeMissing, find_node

PACKAGE: Final = Path(__file__).parent
ASSETS: Final = PACKAGE / "assets"
STATIC: Final = PACKAGE / "static"
WORK: Final = PACKAGE.parents[1] / ".build" / "frontend"
STAMP: Final = "built-from"
SWAGGER: Final = {
    "swagger-ui.js": "swagger-ui-bundle.js",
    "swagger-ui.css": "swagger-ui.css",
}
BUILD_ERRORS: Final = (NodeMissing, subprocess.CalledProcessError, OSError)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build unless what is there was built from the same sources; 1 if it cannot be built."""
    parser = argparse.ArgumentParser(prog="python -m polyarena_frontend.build")
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    given = parser.parse_args(arguments)
    try:
        built = build(force=given.force)
    except BUILD_ERRORS as error:
        print(f"The frontend could not be built: {error}", file=sys.stderr)
        return 1
    print(f"{'Built' if built else 'Up to date:'} {STATIC}")
    return 0


def build(*, force: bool = False) -> bool:
    """Build into `static/`; answers whether there was anything to do.

    Raises:
        NodeMissing: no usable Node.js was found; the message says how to get one.
        subprocess.CalledProcessError: npm, tsc or vite failed.
    """
    css = _highlight_css()
    stamp = fingerprint(css)
    held = STATIC / STAMP
    if not force and (STATIC / "manifest.json").is_file() and _read(held) == stamp:
        return False
    node = find_node()
    _copy_sources(css)
    _install(node)
    node.run(WORK, "node_modules/typescript/bin/tsc", "--noEmit")
    node.run(WORK, "node_modules/vite/bin/vite.js", "build", "--logLevel", "warn")
    _publish(_collect())
    held.write_text(stamp)
    return True


def fingerprint(css: str = "") -> str:
    """A hash of everything the build is made from."""
    digest = hashlib.sha256(css.encode())
    for path in (Path(__file__), *_sources()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _sources() -> list[Path]:
    return sorted(
        path
        for path in ASSETS.rglob("*")
        if path.is_file() and "node_modules" not in path.relative_to(ASSETS).parts
    )


def _highlight_css() -> str:
    if find_spec("polyarena_frontend.highlight") is None:
        return ""
    command = [sys.executable, "-m", "polyarena_frontend.highlight"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603


def _copy_sources(css: str) -> None:
    for folder in ("src", "css"):
        shutil.rmtree(WORK / folder, ignore_errors=True)
    for path in _sources():
        target = WORK / path.relative_to(ASSETS)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    (WORK / "css" / "highlight.css").write_text(css, encoding="utf-8")


def _install(node: Node) -> None:
    lock = (WORK / "package-lock.json").read_text(encoding="utf-8")
    installed = WORK / "node_modules" / ".installed-from"
    wanted = hashlib.sha256(f"{node.version}\n{lock}".encode()).hexdigest()
    if _read(installed) != wanted:
        node.npm(WORK, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
        installed.write_text(wanted)


def _collect() -> dict[str, tuple[str, bytes]]:
    dist = WORK / "dist"
    found: dict[str, tuple[str, bytes]] = {}
    for source, entry in json.loads((dist / "manifest.json").read_text()).items():
        file = entry["file"]
        found[Path(source).stem + Path(file).suffix] = (file, (dist / file).read_bytes())
    extra = {"favicon.svg": ASSETS / "favicon.svg"}
    for name, original in SWAGGER.items():
        extra[name] = WORK / "node_modules" / "swagger-ui-dist" / original
    for name, path in extra.items():
        content = path.read_bytes()
        stem, suffix = name.rsplit(".", 1)
        found[name] = (f"{stem}-{hashlib.sha256(content).hexdigest()[:8]}.{suffix}", content)
    return found


def _publish(found: dict[str, tuple[str, bytes]]) -> None:
    STATIC.mkdir(exist_ok=True)
    for file, content in found.values():
        (STATIC / file).write_bytes(content)
        (STATIC / f"{file}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
    manifest = STATIC / "manifest.json"
    fresh = manifest.with_suffix(".new")
    names = {name: file for name, (file, _) in sorted(found.items())}
    fresh.write_text(json.dumps(names, indent=1))
    os.replace(fresh, manifest)
    kept = {manifest.name, *names.values(), *(f"{file}.gz" for file in names.values())}
    for path in STATIC.iterdir():
        if path.name not in kept:
            path.unlink()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


if __name__ == "__main__":
    raise SystemExit(main())
