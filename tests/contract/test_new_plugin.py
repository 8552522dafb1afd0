"""Names and places that `polyarena plugins new` refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.command import Command, command


@pytest.fixture
def polyarena(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    return command(monkeypatch, capsys)


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
