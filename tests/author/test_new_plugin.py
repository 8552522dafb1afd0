"""`polyarena plugins new` writes a package that installs, conforms, is a tab, and tests itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kit.command import Command, command
from kit.installed import Environment


@pytest.fixture(scope="module")
def project(environment: Environment) -> Path:
    done = environment.polyarena("plugins", "new", "my-arena")
    assert done.returncode == 0, done.stderr
    assert "polyarena plugins check my-arena" in done.stdout
    folder = environment.folder / "my-arena"
    environment.install(folder)
    return folder


@pytest.fixture
def polyarena(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return command(monkeypatch, capsys)


@pytest.fixture(scope="module")
def dentistry(environment: Environment) -> Path:
    done = environment.polyarena("plugins", "new", "dentistry", "--vertical")
    assert done.returncode == 0, done.stderr
    folder = environment.folder / "dentistry"
    environment.install(folder)
    return folder


def test_it_is_listed_and_conforms(environment: Environment, project: Path) -> None:
    listed = environment.polyarena("plugins", "list", "--json")
    (record,) = (r for r in json.loads(listed.stdout) if r["name"] == "my-arena")
    assert (record["status"], record["version"], record["api"]) == ("ok", "0.1.0", "1.0")
    assert record["arenas"] == ["my-arena"]
    checked = environment.polyarena("plugins", "check", "my-arena")
    assert (checked.returncode, checked.stdout) == (0, "my-arena: arena my-arena conforms.\n")


def test_its_own_tests_pass(environment: Environment, project: Path) -> None:
    done = environment.run("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=project)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (project / "tests" / "snapshots" / "short.json").exists()


def test_a_vertical_works_at_once(environment: Environment, dentistry: Path) -> None:
    checked = environment.polyarena("plugins", "check", "dentistry")
    assert (checked.returncode, checked.stdout) == (0, "dentistry: arena dentistry conforms.\n")
    done = environment.run("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=dentistry)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_is_a_tab_with_a_page_and_a_board(environment: Environment, project: Path) -> None:
    visit = (
        "from polyarena.testing import serve, Visitor; import httpx, pathlib\n"
        "with serve(pathlib.Path('served'), installed=['my-arena', 'demo'], demo=True) as url:\n"
        "    visitor = Visitor(httpx.Client(base_url=url))\n"
        "    links = visitor.page('/arenas/my-arena').find('a', href='/arenas/my-arena')\n"
        "    board = visitor.page('/arenas/my-arena/leaderboard')\n"
        "    print(len(links) > 0, 'My Arena' in board.text)\n"
    )
    done = environment.run("-c", visit)
    assert done.stdout == "True True\n", done.stderr


@pytest.mark.parametrize("made", ["project", "dentistry"])
def test_what_it_writes_is_as_this_project_would_write_it(
    made: str, request: pytest.FixtureRequest
) -> None:
    project = request.getfixturevalue(made)
    for check in (["check", "--select", "E,F,I,B,UP,SIM,RUF"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *check, "."]
        done = subprocess.run(ruff, cwd=project, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["My Arena"], "is no name for a plugin"),
        (["text"], "a plugin or an arena 'text' already"),
        (["providers"], "a plugin or an arena 'providers' already"),
        (["json"], "'json' is a word of Python's own"),
        (["class"], "'class' is a word of Python's own"),
        (["httpx"], "A module 'httpx' is installed already"),
        (["fine", "--title", 'Say "no"'], "may not hold quotation marks"),
    ],
)
def test_a_name_that_will_not_do_is_refused(
    polyarena: Command,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, error = polyarena("plugins", "new", *arguments)
    assert code == 1
    assert said in error
    assert not list(tmp_path.iterdir())


def test_nothing_is_overwritten(polyarena: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    code, _, error = polyarena("plugins", "new", "brief-arena", "--into", tmp_path)
    assert code == 1
    assert "not empty; nothing was written" in error
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
    empty = tmp_path / "empty"
    empty.mkdir()
    code, printed, _ = polyarena(
        "plugins", "new", "brief-arena", "--into", empty, "--title", "In Brief"
    )
    assert code == 0
    assert 'title="In Brief"' in (empty / "src" / "brief_arena" / "manifest.py").read_text()
    assert "class BriefArena(Arena)" in (empty / "src" / "brief_arena" / "arena.py").read_text()
    assert str(empty / "pyproject.toml") in printed
