"""Plugins as authors have them: written, built and installed in an environment of their own, once.

What is asked of all of them is asked in one process each, because starting one costs the most.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from kit.installed import Environment

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("polyarena-*"))
TUTORIAL = ROOT / "docs" / "tutorial.md"
PASTED = re.compile(r"`([\w./]+\.\w+)`:\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NEW = (
    ["new", "my-arena"],
    ["new", "dentistry", "--vertical"],
    ["new", "six-words", "--title", "Six Words"],
)
RUN = """
from polyarena.cli.plugins import app
for arguments in {commands!r}:
    app(arguments, standalone_mode=False)
"""


@dataclass
class Author:
    """What was made, by the name of the plugin, and what came of it."""

    environment: Environment
    printed: str
    projects: Mapping[str, Path]
    pasted: tuple[str, ...]

    @cached_property
    def checked(self) -> list[str]:
        """What `polyarena plugins check` says of each, in order of their names."""
        return self._plugins(*(["check", name] for name in sorted(self.projects))).splitlines()

    @cached_property
    def listed(self) -> dict[str, dict[str, Any]]:
        """What `polyarena plugins list` says of each."""
        records = json.loads(self._plugins(["list", "--json"]))
        return {record["name"]: record for record in records if record["name"] in self.projects}

    @cached_property
    def tested(self) -> dict[str, list[str]]:
        """The tests of each that passed; all must."""
        # Modules are named by their paths from the root: none may be named like what it tests.
        options = ("-q", "-rA", "-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", "/")
        places = [str(path / "tests") for path in self.projects.values()]
        done = self.environment.run("-m", "pytest", *options, "--import-mode=importlib", *places)
        assert done.returncode == 0, done.stdout + done.stderr
        passed = re.findall(r"^PASSED \S*?([\w-]+)/tests/\w+\.py::(\w+)", done.stdout, re.MULTILINE)
        found: dict[str, list[str]] = {}
        for project, test in passed:
            found.setdefault(project.removeprefix("polyarena-"), []).append(test)
        return found

    def _plugins(self, *commands: list[str]) -> str:
        done = self.environment.run("-c", RUN.format(commands=commands))
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="package")
def author(tmp_path_factory: pytest.TempPathFactory) -> Author:
    environment = Environment(tmp_path_factory.mktemp("author"))
    done = environment.run("-c", RUN.format(commands=NEW))
    assert done.returncode == 0, done.stderr
    projects = {words[1]: environment.folder / words[1] for words in NEW}
    pasted = PASTED.findall(TUTORIAL.read_text())
    for path, content in pasted:
        assert (projects["six-words"] / path).is_file(), path
        (projects["six-words"] / path).write_text(content)
    projects |= {example.name.removeprefix("polyarena-"): example for example in EXAMPLES}
    environment.install(*projects.values())
    return Author(environment, done.stdout, projects, tuple(path for path, _ in pasted))
