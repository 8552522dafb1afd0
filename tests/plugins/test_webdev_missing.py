"""`polyarena webdev missing`: libraries that battles' apps asked for in vain, for the operator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from kit.battles import begin, finish
from kit.command import Command, command
from kit.sandboxes import built
from kit.served import ProviderPlugin, served
from kit.stage import Stage, model
from polyarena import Finish

pytestmark = pytest.mark.docker

REACT = (
    "```jsx src/App.jsx\nimport pad from 'left-pad';\n{more}export default () => pad('a', 2);\n```"
)
FLASK = "```python app.py\nfrom flask import Flask\nimport torch\napp = Flask(__name__)\n```"
STREAMLIT = "```python app.py\nimport streamlit as st\nimport polars\nst.title('Own')\n```"
FINE = "```html\n<h1>Fine</h1>\n```"
SANDBOX = {"sandbox": {"build": False, "warm": {}, "warm_memory": 0}}


@pytest.fixture
def polyarena(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], database: str
) -> Command:
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("POLYARENA_DATABASE_URL", database)
    return command(monkeypatch, capsys)


@pytest.fixture
def battles(polyarena: Command, tmp_path: Path) -> Iterator[list[str]]:
    """A server on which two models ask for what is not there, and the ids of their battles."""
    built("web", "browser", "server")
    stage = Stage(model("Quillfeather 70B"), model("Osprey Mini"))
    twice = REACT.format(more="import '@own/kit';\n")
    stage.play(
        [[said, Finish()] for said in (REACT.format(more=""), FLASK, FINE)],
        [[said, Finish()] for said in (twice, STREAMLIT, FINE)],
    )
    plugins = {"stage": ProviderPlugin(stage)}
    given = {"disabled_plugins": frozenset({"demo", "code"}), "plugins": SANDBOX}
    ids = []
    with (
        served(tmp_path / "data", plugins, **given) as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        for _ in range(3):
            ids.append(begin(client, "An app", arena="webdev")["id"])
            finish(client, ids[-1])
            answers = client.get(f"/api/v1/battles/{ids[-1]}").json()["turns"][-1]["answers"]
            assert {answer["status"] for answer in answers.values()} == {"done"}
        yield ids


def test_what_was_asked_for_in_vain_is_counted(polyarena: Command, battles: list[str]) -> None:
    code, out, err = polyarena("webdev", "missing", "--json")
    assert (code, err) == (0, "")
    found = {one.pop("library"): one for one in json.loads(out)}
    assert next(iter(found)) == "left-pad"
    now = datetime.now(UTC)
    for one in found.values():
        last = datetime.fromisoformat(one.pop("last"))
        assert now - timedelta(minutes=10) < last <= now
    assert found == {
        "left-pad": {"ecosystem": "JavaScript", "kinds": ["React"], "answers": 2, "battles": 1},
        "@own/kit": {"ecosystem": "JavaScript", "kinds": ["React"], "answers": 1, "battles": 1},
        "torch": {"ecosystem": "Python", "kinds": ["Flask"], "answers": 1, "battles": 1},
        "polars": {"ecosystem": "Python", "kinds": ["Streamlit"], "answers": 1, "battles": 1},
    }
    code, table, _ = polyarena("webdev", "missing", "--since", now.strftime("%Y-%m-%d"))
    assert code == 0
    assert all(name in table for name in found)
    assert not any(name in out + table for name in ("Quillfeather", "Osprey", *battles))
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%d")
    said = "No app asked for a library that is not installed.\n"
    assert polyarena("webdev", "missing", "--since", tomorrow) == (0, said, "")
    assert polyarena("webdev", "missing", "--since", tomorrow, "--json") == (0, "[]\n", "")
    code, _, err = polyarena("webdev", "missing", "--since", "lately")
    assert code == 2
    assert "'lately' does not match the formats '%Y-%m-%d'" in err
