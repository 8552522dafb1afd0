"""What went wrong in a plugin while serving is told to whoever lists the plugins."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kit.command import Command, command
from polyarena import Finish
from polyarena.testing import ScriptedModel, Visitor
from polyarena_text.arena import TextArena

MODELS = [ScriptedModel(name, ["Hello.", Finish()]) for name in ("Alpha", "Beta")]


@pytest.fixture
def polyarena(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Command:
    monkeypatch.setenv("POLYARENA_DATA", str(tmp_path / "data"))
    return command(monkeypatch, capsys)


def listed(polyarena: Command) -> dict[str, list[dict[str, object]]]:
    code, printed, errors = polyarena("plugins", "list", "--json")
    assert code == 0, errors
    return {record["name"]: record["faults"] for record in json.loads(printed)}


def test_faults_of_the_running_server_are_listed_with_their_plugin(
    serve_arena: Callable[..., Visitor], polyarena: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> frozenset[str]:
        raise RuntimeError("the word list is gone")

    monkeypatch.setattr(TextArena, "categories", fails)
    visitor = serve_arena(*MODELS, installed=["text"])
    assert not any(listed(polyarena).values())
    for _ in range(2):
        visitor.ask("text").wait().vote()
    found = listed(polyarena)
    (fault,) = found.pop("text")
    assert not any(found.values())
    assert (fault["where"], fault["times"]) == ("text.categories", 2)
    assert fault["message"] == "RuntimeError: the word list is gone"
    _, table, _ = polyarena("plugins", "list")
    assert "text.categories: RuntimeError: the word list is gone (2" in " ".join(table.split())
    _, shown, _ = polyarena("plugins", "show", "text")
    assert "in fails" in shown


def test_a_server_that_starts_begins_without_faults(
    serve_arena: Callable[..., Visitor], polyarena: Command, tmp_path: Path
) -> None:
    kept = tmp_path / "data" / "plugin-faults.json"
    kept.parent.mkdir()
    kept.write_text("not what was written")
    assert not any(listed(polyarena).values())
    serve_arena(*MODELS, installed=["text"])
    assert kept.read_text() == "[]"
