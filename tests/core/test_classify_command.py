from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kit.command import Command, command

__all__ = ["run"]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    monkeypatch.setenv("POLYARENA_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("POLYARENA_CONFIG", str(tmp_path / "polyarena.toml"))
    return command(monkeypatch, capsys)


def given(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_what_decided_is_printed_by_category(run: Command) -> None:
    code, out, _ = run("classify", "Ask my lawyer, in exactly three sentences")
    assert code == 0
    told = dict(line.split("\t") for line in out.splitlines())
    assert told["Occupation: Legal and government"] == "lawyer*"
    assert told["Instruction following"] == "exactly three sentences"
    assert "Language: English" in told


def test_json(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    given(monkeypatch, "Ask my lawyer")
    code, out, _ = run("classify", "--json", "-")
    told = json.loads(out)
    assert (code, told["arena"]) == (0, "text")
    assert told["classifier"]
    assert {
        "id": "legal",
        "title": "Legal and government",
        "group": "Occupation",
        "because": ["lawyer*"],
    } in told["categories"]


def test_a_line_of_json_for_each_line(run: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ['"Ask my lawyer"', "", '{"text": "hm"}', '{"prompts": ["hm", "hm"]}', '["ok"]']
    given(monkeypatch, "\n".join(lines))
    code, out, _ = run("classify", "--lines")
    found = [[one["id"] for one in json.loads(line)["categories"]] for line in out.splitlines()]
    assert code == 0
    assert "legal" in found[0]
    assert found[1:] == [[], ["multi-turn"], []]


def test_stored_votes_are_decided_anew(run: Command) -> None:
    code, out, _ = run("classify", "--arena", "text", "--again")
    assert (code, out) == (0, "Decided 0 vote(s) of text anew; 0 changed categories.\n")


@pytest.mark.parametrize(
    ("arguments", "lines", "said"),
    [
        (("--lines",), '"fine"\nnot json', "line 2 is not JSON"),
        (("--lines",), '{"prompt": "x"}', "line 1 is neither"),
        (("--lines",), "[1]", "line 1 is neither"),
        (("--lines", "text"), "", "--lines"),
        ((), "", "Give a text"),
        (("--again", "text"), "", "--again takes no text"),
        (("--arena", "none", "text"), "", "no arena 'none'"),
    ],
)
def test_what_is_wrong_is_named(
    run: Command,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    lines: str,
    said: str,
) -> None:
    given(monkeypatch, lines)
    code, _, err = run("classify", *arguments)
    assert code != 0
    assert said in err
