"""A clean environment into which plugins are built and installed, as an author's would be."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path


class Environment:
    """A virtual environment that has what this one has, and what is installed into it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.python = folder / "venv" / "bin" / "python"
        made = [sys.executable, "-m", "venv", "--without-pip", str(folder / "venv")]
        subprocess.run(made, check=True, capture_output=True)
        (site,) = (folder / "venv" / "lib").glob("python*/site-packages")
        ours = sysconfig.get_path("purelib")
        # Only `addsitedir` reads the .pth files there, one of which leads to this very tree.
        (site / "ours.pth").write_text(f"import site; site.addsitedir({ours!r})\n")

    def install(self, *projects: Path, editable: bool = False) -> None:
        """Build projects with their own backend, and install them."""
        pip = [sys.executable, "-m", "pip", "--python", str(self.python), "install"]
        options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
        quiet = ["--disable-pip-version-check", "--no-compile"]
        done = subprocess.run(
            [*pip, *options, *quiet, *(["--editable"] if editable else []), *map(str, projects)],
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def run(
        self, *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run Python there with these arguments."""
        where = cwd or self.folder
        mine = {"POLYARENA_CONFIG": str(where / "polyarena.toml"), "NO_COLOR": "1"}
        return subprocess.run(
            [str(self.python), *arguments],
            cwd=where,
            env={**os.environ, **mine, **(env or {})},
            capture_output=True,
            text=True,
            timeout=180,
        )

    def polyarena(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command there."""
        return self.run("-m", "polyarena.cli", *arguments)
