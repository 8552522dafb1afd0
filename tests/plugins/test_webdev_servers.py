"""Apps with a server in the WebDev arena: found, started, looked at while they run."""

from __future__ import annotations

from pathlib import Path

import pytest

import polyarena_sandbox
from kit.webdev_arena import answer, prompt
from polyarena import App, SandboxBusy
from polyarena.apps import LOOK, servers
from polyarena.sandbox import REACH_PORT, RunningApp, ServerApp
from polyarena.testing import FakeRunningApp, FakeSandbox
from polyarena_webdev.libraries import PYTHON
from polyarena_webdev.serving import is_served

pytestmark = pytest.mark.anyio

SAYS = {
    "fastapi": "from fastapi import FastAPI\napp = FastAPI()",
    "flask": "from flask import Flask\napp = Flask(__name__)",
    "streamlit": "import pandas as pd\nimport streamlit as st\nst.title('Own')",
    "gradio": "import gradio as gr\ngr.Interface(str.upper, 'text', 'text').launch()",
}


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[ServerApp]:
    """The apps that are started, as they come."""
    asked: list[ServerApp] = []
    serve = FakeSandbox.serve

    async def noted(sandbox: FakeSandbox, app: ServerApp) -> RunningApp:
        asked.append(app)
        return await serve(sandbox, app)

    monkeypatch.setattr(FakeSandbox, "serve", noted)
    return asked


def shown(app: App | None) -> App:
    assert app is not None
    return app


@pytest.mark.parametrize("kind", SAYS)
async def test_every_kind_is_known_by_what_it_imports(kind: str, served: list[ServerApp]) -> None:
    answered = await answer(f"Here it is.\n\n```python\n{SAYS[kind]}\n```\nDone.")
    app = shown(answered.app)
    assert (app.server, app.entry, app.kind.lower()) == (kind, "app.py", kind)
    assert (app.files, len(app.shots), app.problems) == (1, 3, ())
    assert app.bundle
    assert "start_seconds" in app.figures
    (asked,) = served
    assert (asked.kind, asked.main, asked.brief) == (kind, "app.py", True)
    assert [file.data.decode().strip() for file in asked.files] == [SAYS[kind]]
    ((job, _),) = answered.jobs
    assert job.language == LOOK
    assert job.reach is not None
    assert job.reach.ended
    assert f"127.0.0.1:{REACH_PORT}" in job.steps[0].arguments[0]


async def test_files_beside_it_go_along(served: list[ServerApp]) -> None:
    said = (
        f"```python main.py\n{SAYS['flask']}\n```\n"
        "```html templates/index.html\n<h1>{{ title }}</h1>\n```\n"
        "```css static/style.css\nh1 { color: teal }\n```"
    )
    app = shown((await answer(said)).app)
    assert (app.entry, app.files) == ("main.py", 3)
    names = {file.name for file in served[0].files}
    assert names == {"main.py", "templates/index.html", "static/style.css"}


@pytest.mark.parametrize(
    ("printed", "problem", "missing"),
    [
        (
            "Traceback\nModuleNotFoundError: No module named 'torch'\n",
            "It asks for libraries that are not installed here: torch.",
            1,
        ),
        (
            "Traceback\nSyntaxError: invalid syntax\n",
            "It ended when it was started. It said last: SyntaxError: invalid syntax",
            0,
        ),
    ],
)
async def test_one_that_does_not_start_is_told_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, printed: str, problem: str, missing: int
) -> None:
    plain = FakeSandbox.__init__

    def silent(sandbox: FakeSandbox, *prepared: object) -> None:
        plain(sandbox, server_output=printed)

    monkeypatch.setattr(FakeSandbox, "__init__", silent)
    answered = await answer(f"```python\n{SAYS['flask']}\n```")
    app = shown(answered.app)
    assert (app.bundle, app.problems, app.figures) == ("", (problem,), {"missing": missing})
    assert [(line.level, line.text) for line in app.console] == [
        *(("log", line) for line in printed.split("\n")[:-2]),
        ("error", printed.split("\n")[-2]),
    ]
    assert len(app.missing) == missing
    assert answered.files == {"app.py": SAYS["flask"]}


async def test_one_that_asks_for_a_library_when_it_is_opened_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printed = "\x1b[31mModuleNotFoundError: No module named 'polars'\x1b[0m\n" * 2
    monkeypatch.setattr(FakeRunningApp, "output", property(lambda app: printed))
    app = shown((await answer(f"```python\n{SAYS['streamlit']}\n```")).app)
    assert app.bundle
    assert app.missing == ("polars",)
    assert app.problems == ("It asks for libraries that are not installed here: polars.",)


async def test_one_that_ends_meanwhile_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeRunningApp, "ended", property(lambda app: True))
    app = shown((await answer(f"```python\n{SAYS['flask']}\n```")).app)
    assert app.problems == ("It ended while it was looked at.",)
    # Unless it is ours that it had to end before its turn came.
    monkeypatch.setattr(servers, "BRIEF_SECONDS", 0)
    with pytest.raises(SandboxBusy, match="too long"):
        await answer(f"```python\n{SAYS['flask']}\n```")


async def test_a_model_is_told_what_there_is_in_python() -> None:
    answered = await answer("Nothing.", asked=prompt(kind="streamlit"))
    told = answered.asked.messages
    assert "- Streamlit: app.py" in told[0].text
    assert "Python 3.11: fastapi" in told[0].text
    assert "Make it with Streamlit." in told[-1].text


def test_models_are_told_of_what_is_in_the_image() -> None:
    folder = Path(polyarena_sandbox.__file__).parent / "images" / "server"
    pinned = (folder / "requirements.txt").read_text().splitlines()
    assert set(PYTHON) <= {line.partition("==")[0] for line in pinned}


def test_python_beside_a_page_is_no_server() -> None:
    assert not is_served({"index.html": "<h1>Hi</h1>", "tool.py": "print('flask')"})
    assert not is_served({"src/App.tsx": "import flask from './flask';"})
