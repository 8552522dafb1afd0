"""The tutorial, followed to the letter: what it says is typed, and what it shows is pasted."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from kit.installed import Environment

TUTORIAL = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"
PASTED = re.compile(r"`([\w./]+\.\w+)`:\n\n```\w+\n(.*?)^```$", re.DOTALL | re.MULTILINE)
TYPED = re.compile(r"^(polyarena plugins .*)$", re.MULTILINE)


@pytest.fixture(scope="module")
def followed(environment: Environment) -> Path:
    """The package as it is at the end of the tutorial, installed."""
    text = TUTORIAL.read_text()
    first = TYPED.findall(text)[0]
    done = environment.polyarena(*shlex.split(first)[1:])
    assert done.returncode == 0, done.stderr
    project = environment.folder / "six-words"
    told = re.findall(r"^\| `([\w./]+)` \|", text, re.MULTILINE)
    assert all((project / path).is_file() for path in told)
    environment.install(project, editable=True)
    pasted = PASTED.findall(text)
    assert len(pasted) == 4
    for path, content in pasted:
        assert (project / path).is_file(), path
        (project / path).write_text(content)
    return project


def test_what_it_makes_is_listed_and_conforms(environment: Environment, followed: Path) -> None:
    done = environment.polyarena("plugins", "check", "six-words")
    assert (done.returncode, done.stdout) == (0, "six-words: arena six-words conforms.\n")


def test_its_tests_pass(environment: Environment, followed: Path) -> None:
    done = environment.run("-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=followed)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 passed" in done.stdout
