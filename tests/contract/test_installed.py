"""Plugins as they are installed: distributions with entry points, in a process of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

GOOD = """
from polyarena import Arena, ArenaManifest, Provider, hookimpl

class Good(Arena):
    manifest = ArenaManifest(id="good", title="Good", summary="Works.")

@hookimpl
def polyarena_register_arenas():
    return [Good()]
"""

BROKEN = {
    "gone": ("import a_library_that_is_missing", "ModuleNotFoundError: No module named"),
    "syntax": ("def (:", "SyntaxError"),
    "exits": ("raise SystemExit(3)", "SystemExit: 3"),
    "interrupts": ("raise KeyboardInterrupt", "KeyboardInterrupt"),
    "hangs": ("import time; time.sleep(3600)", "did not return within"),
    "misspelt": (
        GOOD.replace("polyarena_register_arenas", "polyarena_register_arena"),
        "did you mean polyarena_register_arenas?",
    ),
    "unmarked": (GOOD.replace("@hookimpl\n", ""), "not marked with @hookimpl"),
}


class Site:
    """A folder of installed distributions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self, name: str, source: str, *, distribution: str = "", point: str = "") -> None:
        distribution = distribution or f"dist-{name}"
        module = f"sample_{distribution.replace('-', '_')}"
        (self.folder / f"{module}.py").write_text(source)
        info = self.folder / f"{distribution.replace('-', '_')}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n"
        )
        (info / "entry_points.txt").write_text(f"[polyarena]\n{name} = {point or module}\n")

    def python(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            env={
                **os.environ,
                "PYTHONPATH": str(self.folder),
                "POLYARENA_CONFIG": str(self.folder / "polyarena.toml"),
                "POLYARENA_LIMITS__HOOK": "0.5",
                **environment,
            },
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def listed(self, **environment: str) -> Mapping[str, dict[str, Any]]:
        done = self.python("-c", CLI, "list", "--json", **environment)
        assert done.returncode == 0, done.stderr
        return {record["name"]: record for record in json.loads(done.stdout)}


CLI = "from polyarena.cli.plugins import app; app()"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_every_fault_of_an_installed_plugin_leaves_the_others_running(site: Site) -> None:
    site.install("good", GOOD)
    for name, (source, _) in BROKEN.items():
        site.install(name, source)
    site.install("absent", "", point="no_such_module:plugin")

    listed = site.listed()
    assert listed["good"] == {
        "name": "good",
        "distribution": "dist-good",
        "version": "1.2",
        "api": "",
        "status": "ok",
        "reason": "",
        "detail": "",
        "hooks": ["polyarena_register_arenas"],
        "arenas": ["good"],
        "providers": [],
        "sandboxes": [],
        "credentials": [],
        "faults": [],
    }
    for name, (_, reason) in BROKEN.items():
        assert listed[name]["status"] == "broken"
        assert reason in listed[name]["reason"]
    assert "No module named 'no_such_module'" in listed["absent"]["reason"]


def test_two_distributions_with_one_plugin_name(site: Site) -> None:
    site.install("good", GOOD, distribution="first")
    site.install("good", GOOD, distribution="second")
    done = site.python("-c", CLI, "list", "--json")
    found = [record for record in json.loads(done.stdout) if record["name"] == "good"]
    assert [(record["distribution"], record["status"]) for record in found] == [
        ("first", "ok"),
        ("second", "broken"),
    ]
    assert "another plugin of the name 'good'" in found[1]["reason"]


def test_what_a_plugin_prints_while_it_loads_stays_out_of_the_json(site: Site) -> None:
    site.install("loud", "print('hello from the plugin')\n" + GOOD)
    assert site.listed()["loud"]["status"] == "ok"


def test_loading_imports_no_server_and_no_database(site: Site) -> None:
    site.install("good", GOOD)
    program = (
        "import sys; from polyarena.loading import load; from polyarena.settings import Settings;"
        "from polyarena.dispatch import Dispatcher; registry = load(Settings.load());"
        "assert 'good' in registry.arenas;"
        "print(sorted({'fastapi', 'sqlalchemy', 'docker', 'playwright', 'scipy', 'numpy'}"
        " & set(sys.modules)))"
    )
    done = site.python("-c", program)
    assert (done.stdout.splitlines()[-1], done.returncode) == ("[]", 0), done.stderr


def test_the_command_imports_no_server_and_no_database(site: Site) -> None:
    site.install("good", GOOD)
    program = (
        "import atexit, sys; sys.argv[0] = 'polyarena';"
        "atexit.register(lambda: print(sorted({'fastapi', 'sqlalchemy', 'docker', 'playwright'}"
        " & set(sys.modules)), file=sys.stderr));"
        "from polyarena.cli.main import run; run()"
    )
    done = site.python("-c", program, "plugins", "list")
    assert "good" in done.stdout
    assert (done.stderr.splitlines()[-1], done.returncode) == ("[]", 0), done.stderr


def test_a_plugin_that_hangs_does_not_keep_the_process_from_ending(site: Site) -> None:
    site.install("hangs", BROKEN["hangs"][0])
    done = site.python("-c", CLI, "list")
    assert done.returncode == 0
    assert "did not return within" in done.stdout


def test_strict_and_disabled_are_read_from_the_environment(site: Site) -> None:
    site.install("misspelt", BROKEN["misspelt"][0])
    program = (
        "from polyarena.loading import load; from polyarena.settings import Settings;"
        "load(Settings.load())"
    )
    strict = site.python("-c", program, POLYARENA_STRICT_PLUGINS="true")
    assert "ConfigError: strict_plugins: " in strict.stderr
    assert "misspelt: unknown hook" in strict.stderr
    listed = site.listed(POLYARENA_DISABLED_PLUGINS='["misspelt"]')
    assert listed["misspelt"]["status"] == "disabled"


def test_show_and_check(site: Site) -> None:
    site.install("good", GOOD)
    site.install("misspelt", BROKEN["misspelt"][0])
    site.install("unsafe", GOOD.replace('"good"', '"unsafe"') + UNSAFE)

    shown = site.python("-c", CLI, "show", "good")
    assert "dist-good" in shown.stdout
    assert "polyarena_register_arenas" in shown.stdout
    assert site.python("-c", CLI, "show", "nobody").returncode == 1

    checked = {name: site.python("-c", CLI, "check", name) for name in ("good", "unsafe")}
    assert (checked["good"].returncode, checked["unsafe"].returncode) == (0, 1)
    assert "conforms" in checked["good"].stdout
    assert "<script>" in checked["unsafe"].stdout
    broken = site.python("-c", CLI, "check", "misspelt")
    assert broken.returncode == 1
    assert "did you mean" in broken.stderr


UNSAFE = """
from markupsafe import Markup

def render(self, part, view):
    return Markup(getattr(part, "text", ""))

Good.render = render
"""
