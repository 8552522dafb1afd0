"""`polyarena sandbox render` of apps with a server: started, looked at, written down, ended."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import docker
import pytest

from kit.command import Command, command
from kit.contained import first
from kit.sandboxes import built, ours, until
from polyarena_sandbox.leftovers import LABEL

pytestmark = pytest.mark.docker

PAGE = (
    "<!doctype html><html lang='en'><title>Own</title><main><h1>{{ name }}</h1>"
    "<button>Dead</button></main><script>console.error('said'); fetch('/none')</script></html>"
)
FLASK = (
    "from flask import Flask, render_template\napp = Flask(__name__)\n"
    "app.add_url_rule('/', view_func=lambda: render_template('index.html', name='Own'))\n"
)
KINDS = {
    "fastapi": (
        "from fastapi import FastAPI\nfrom fastapi.responses import HTMLResponse\napp = FastAPI()\n"
        "app.get('/', response_class=HTMLResponse)(lambda: '<title>Own</title><h1>Own</h1>')"
    ),
    "streamlit": "import streamlit as st\nst.set_page_config(page_title='Own')\nst.title('Own')",
    "gradio": "import gradio as gr\ngr.Interface(str.upper, 'text', 'text', title='Own').launch()",
}
FAILING = {
    "crash": ("import flask\nraise RuntimeError('\x1b[2Jboom')", "RuntimeError: \ufffd[2Jboom"),
    "library": ("import flask\nimport torch", "Not installed │ torch"),
    "silent": ("import flask, time\ntime.sleep(60)", "It had 1 s; --wait gives it longer."),
}
REFUSED = {
    "unknown": ((), "imports none of fastapi, flask, gradio and streamlit; say with --kind"),
    "no such kind": (("--kind", "cobol"), "of the kind 'cobol'; there are static, fastapi, flask"),
}


@pytest.fixture(scope="module", autouse=True)
def _images() -> None:
    built("server", "browser")


@pytest.fixture
def polyarena(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    monkeypatch.setenv("COLUMNS", "200")
    return command(monkeypatch, capsys)


def app(folder: Path, source: str) -> Path:
    path = folder / "app"
    path.mkdir()
    (path / "app.py").write_text(source)
    return path


def test_a_server_is_started_looked_at_and_ended(polyarena: Command, tmp_path: Path) -> None:
    path = app(tmp_path, FLASK)
    (path / "templates").mkdir()
    (path / "templates" / "index.html").write_text(PAGE)
    out = tmp_path / "out"
    code, said, err = polyarena("sandbox", "render", path, "--out", out, "--json")
    assert (code, err) == (0, "")
    report = json.loads(said)
    assert report == json.loads((out / "report.json").read_text())
    served, seen = report["served"], report["seen"]
    assert (report["built"], served["kind"], served["main"]) == (None, "flask", "app.py")
    assert (served["fault"], served["ended"]) == ("", False)
    assert "GET /none" in served["output"]
    assert (seen["title"], seen["clicked"], seen["dead_controls"]) == ("Own", 1, ["Dead"])
    assert "said" in [line["text"] for line in seen["console"]]
    assert [one["url"] for one in seen["failed_requests"]] == ["/none"]
    assert {path.name for path in out.iterdir()} == {
        *("desktop.png", "tablet.png", "phone.png", "report.json")
    }
    assert ours() == []


@pytest.mark.parametrize("kind", first(KINDS))
def test_every_kind_is_known_by_what_it_imports(
    polyarena: Command, tmp_path: Path, kind: str
) -> None:
    path = app(tmp_path, KINDS[kind])
    code, said, _ = polyarena("sandbox", "render", path, "--out", tmp_path / "out", "--json")
    report = json.loads(said)
    assert (code, report["served"]["kind"], report["seen"]["title"]) == (0, kind, "Own")


@pytest.mark.parametrize("how", first(FAILING, "crash"))
def test_why_one_does_not_answer_is_told(polyarena: Command, tmp_path: Path, how: str) -> None:
    source, told = FAILING[how]
    path, out = app(tmp_path, source), tmp_path / "out"
    code, said, err = polyarena("sandbox", "render", path, "--out", out, "--wait", 1)
    assert (code, said) == (1, "")
    assert told in err
    assert "\x1b[2J" not in err
    assert [one.name for one in out.iterdir()] == ["report.json"]
    assert ours() == []


@pytest.mark.parametrize("how", REFUSED)
def test_what_cannot_be_told_is_refused(polyarena: Command, tmp_path: Path, how: str) -> None:
    options, told = REFUSED[how]
    path = app(tmp_path, "print(1)")
    code, out, err = polyarena("sandbox", "render", path, "--out", tmp_path / "out", *options)
    assert (code, out) == (1, "")
    assert told in err


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_one_that_is_interrupted_leaves_nothing(tmp_path: Path, ending: int) -> None:
    path = app(tmp_path, FAILING["silent"][0])
    words = ("sandbox", "render", path, "--out", tmp_path / "out")
    with (
        closing(docker.DockerClient.from_env()) as client,
        subprocess.Popen(
            [sys.executable, "-m", "polyarena.cli", *map(str, words)], stderr=subprocess.PIPE
        ) as process,
    ):

        def its() -> bool:
            found = client.api.containers(filters={"label": LABEL, "status": "running"})
            return any(f":{process.pid}:" in one["Labels"][LABEL] for one in found)

        try:
            asyncio.run(until(its))
            process.send_signal(ending)
            assert process.wait(20) == 130
        finally:
            process.kill()
        assert not its()
    assert not (tmp_path / "out").exists()
