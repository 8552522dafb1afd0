"""Plugins that were written by a command, by the tutorial, and as examples: all of them work."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import EXAMPLES, NEW, TUTORIAL, Author

NAMES = sorted(
    [words[1] for words in NEW] + [each.name.removeprefix("polyarena-") for each in EXAMPLES]
)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_listed_and_conforms(author: Author, name: str) -> None:
    record = author.listed[name]
    assert (record["status"], record["version"], record["arenas"]) == ("ok", "0.1.0", [name])
    assert record["api"] == ("" if name == "dentistry" else "1.0")
    assert author.checked[NAMES.index(name)] == f"{name}: arena {name} conforms."


@pytest.mark.parametrize("name", NAMES)
def test_it_passes_its_own_tests_and_plays_a_battle(author: Author, name: str) -> None:
    passed = author.tested[name]
    assert "test_it_conforms" in passed
    assert len(passed) >= 2


def test_the_command_says_what_comes_next(author: Author) -> None:
    for words in NEW:
        assert f"polyarena plugins check {words[1]}" in author.printed
        assert str(Path(words[1]) / "pyproject.toml") in author.printed


def test_the_tutorial_tells_what_was_done(author: Author) -> None:
    text = TUTORIAL.read_text()
    first, *_ = re.findall(r"^(polyarena plugins .*)$", text, re.MULTILINE)
    assert shlex.split(first)[2:] == NEW[2]
    told = re.findall(r"^\| `([\w./]+)` \|", text, re.MULTILINE)
    assert told
    assert all((author.projects["six-words"] / path).is_file() for path in told)
    assert len(author.pasted) == 4


def test_it_is_a_tab_with_a_page_and_a_board(author: Author) -> None:
    visit = (
        "from polyarena.testing import serve, Visitor; import httpx, pathlib\n"
        "with serve(pathlib.Path('served'), installed=['my-arena', 'demo']) as url:\n"
        "    visitor = Visitor(httpx.Client(base_url=url))\n"
        "    links = visitor.page('/arenas/my-arena').find('a', href='/arenas/my-arena')\n"
        "    board = visitor.page('/arenas/my-arena/leaderboard')\n"
        "    print(len(links) > 0, 'My Arena' in board.text)\n"
    )
    done = author.environment.run("-c", visit)
    assert done.stdout == "True True\n", done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_it_is_written_as_this_project_is(author: Author, name: str) -> None:
    for check in (["check", "--select", "E,F,I,B,UP,SIM,RUF,PT"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *check, "--no-cache", "."]
        done = subprocess.run(ruff, cwd=author.projects[name], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_no_example_reaches_past_what_is_public() -> None:
    for source in (path for example in EXAMPLES for path in example.glob("src/**/*.py")):
        for line in source.read_text().splitlines():
            words = line.split()
            if words[:1] in (["from"], ["import"]) and words[1].startswith("polyarena."):
                assert words[1] in {"polyarena.sandbox", "polyarena.testing"}, (source, line)
