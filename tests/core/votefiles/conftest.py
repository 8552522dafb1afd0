"""Files of votes, made for a test, and commands on an arena of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kit.command import Command, command
from polyarena.votefiles import Reading, Votes, read_votes

Write = Callable[..., Path]
Run = Callable[..., tuple[str, str]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of this content: (content, name="votes.csv")."""

    def write(content: str | bytes, name: str = "votes.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def read(write: Write) -> Callable[..., list[tuple[object, ...]]]:
    """Read content as votes: (content, name=…, columns=Wanted, …) gives rows as `told` does."""

    def read(content: str | bytes, name: str = "votes.csv", **given: object) -> object:
        return told(read_votes(write(content, name), Reading(**given)))  # type: ignore[arg-type]

    return read  # type: ignore[return-value]


@pytest.fixture
def polyarena(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Command:
    """Run a command on a data directory of the test's own."""
    monkeypatch.setenv("POLYARENA_DATA", str(tmp_path / "data"))
    return command(monkeypatch, capsys)


@pytest.fixture
def run(polyarena: Command) -> Run:
    """Run a command that must end well: output, errors."""

    def run(*arguments: object) -> tuple[str, str]:
        code, out, err = polyarena(*arguments)
        assert code == 0, err
        return out, err

    return run


def told(votes: Votes) -> list[tuple[object, ...]]:
    """Votes as (model a, model b, outcome's label)."""
    labels = ("a", "b", "tie", "both_bad")
    names, rows = votes.comparisons.names, votes.comparisons
    return [
        (names[a], names[b], labels[o])
        for a, b, o in zip(rows.first, rows.second, rows.outcome, strict=True)
    ]
