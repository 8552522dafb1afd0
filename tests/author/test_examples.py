"""The examples: distributions of their own, built, installed, checked and played in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kit.installed import Environment

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PROJECTS = sorted(EXAMPLES.glob("polyarena-*"))
ARENAS = {project.name.removeprefix("polyarena-") for project in PROJECTS}
CHECK = """
from polyarena.cli.plugins import app
for name in {names!r}:
    app(["check", name], standalone_mode=False)
app(["list", "--json"], standalone_mode=False)
"""


@pytest.fixture(scope="module")
def installed(environment: Environment) -> Environment:
    environment.install(*PROJECTS)
    return environment


def test_each_is_installed_and_conforms(installed: Environment) -> None:
    done = installed.run("-c", CHECK.format(names=sorted(ARENAS)))
    assert done.returncode == 0, done.stdout + done.stderr
    said, _, listed = done.stdout.partition("[")
    assert said.splitlines() == [f"{name}: arena {name} conforms." for name in sorted(ARENAS)]
    found = {record["name"]: record for record in json.loads("[" + listed)}
    for name in ARENAS:
        assert (found[name]["status"], found[name]["arenas"]) == ("ok", [name])
        assert found[name]["distribution"] == f"polyarena-{name}"
        assert found[name]["api"] == "1.0"


def test_each_passes_its_own_tests_and_plays_a_battle(installed: Environment) -> None:
    options = ("-q", "-p", "no:cacheprovider", "-c", "/dev/null", "--import-mode=importlib")
    done = installed.run("-m", "pytest", *options, *map(str, PROJECTS))
    assert done.returncode == 0, done.stdout + done.stderr


def test_none_reaches_past_what_is_public() -> None:
    for source in EXAMPLES.glob("*/src/**/*.py"):
        for line in source.read_text().splitlines():
            words = line.split()
            if words[:1] in (["from"], ["import"]) and words[1].startswith("polyarena."):
                assert words[1] in {"polyarena.sandbox", "polyarena.testing"}, (source, line)
