"""Apps with a server in real containers: every kind answers, and none does more than that."""

from __future__ import annotations

from contextlib import aclosing

import httpcore
import pytest

from kit.sandboxes import built, ours, started, until
from polyarena import AppGone, BadJob, SandboxBusy
from polyarena.apps import DEVICES, SeenApp, look
from polyarena.sandbox import RunningApp, ServerApp, SourceFile
from polyarena.services.app_streams import pool_of
from polyarena_sandbox.docker_sandbox import DockerSandbox

pytestmark = [pytest.mark.anyio, pytest.mark.docker]

KINDS = {
    "fastapi": (
        "import uvicorn\nfrom fastapi import FastAPI\napp = FastAPI(title='Own')\n"
        "if __name__ == '__main__':\n    uvicorn.run('main:app', host='0.0.0.0', port=80)",
        ("/openapi.json", b'"title":"Own"'),
    ),
    "flask": (
        "from flask import Flask\ndef create_app():\n    app = Flask(__name__)\n"
        "    app.add_url_rule('/', view_func=lambda: 'Own')\n    return app",
        ("/", b"Own"),
    ),
    "streamlit": ("import streamlit as st\nst.title('Own')", ("/", b"<title>Streamlit</title>")),
    "gradio": (
        "import gradio as gr\ngr.Interface(str.upper, 'text', 'text', title='Own')"
        ".launch(share=True, server_name='0.0.0.0', server_port=80)",
        ("/config", b'"title":"Own"'),
    ),
}
MISBEHAVING = """
import glob, os, sys
from flask import Flask
app = Flask(__name__)
held = []

@app.route("/say")
def say():
    sys.stdout.write("x" * 3_000_000)
    for path in ["/dev/stdout", *glob.glob("/proc/1/fd/*"), "/proc/1/mem"]:
        try:
            with open(path, "wb", buffering=0) as file: file.write(b"W" + b"\\xff" * 200)
        except OSError: pass
    return "said"

@app.route("/kill")
def kill():
    for number in (9, 15, 19):
        try: os.kill(1, number)
        except OSError: pass
    return "alive"

@app.route("/fill")
def fill():
    while True: held.append(bytearray(os.urandom(1 << 20)))

@app.route("/end")
def end():
    os._exit(3)
"""


@pytest.fixture(scope="module", autouse=True)
def _images() -> None:
    built("server")


def app_of(source: str, kind: str = "flask", name: str = "main.py") -> ServerApp:
    return ServerApp(kind, (SourceFile(name, source.encode()),))


async def ready(sandbox: DockerSandbox, source: str, kind: str = "flask") -> RunningApp:
    """An app that takes connections."""
    app = await sandbox.serve(app_of(source, kind))
    assert await app.ready(60), app.output
    return app


async def get(app: RunningApp, path: str) -> bytes:
    """What an app answers, which must go well."""
    async with pool_of(app, 2) as pool:
        answer = await pool.request("GET", f"http://app{path}")
    assert answer.status == 200, answer.content
    return answer.content


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_answers(kind: str) -> None:
    source, (path, said) = KINDS[kind]
    async with started() as sandbox:
        assert {one.id for one in sandbox.server_kinds() if one.ready} == set(KINDS)
        app = await ready(sandbox, source, kind)
        assert said in await get(app, path)
        (container,) = ours()
        assert container["HostConfig"]["NetworkMode"] == "none"
        assert container["HostConfig"]["ReadonlyRootfs"]
        await app.close()
        assert app.ended
        await until(lambda: not ours())


async def test_one_that_runs_is_looked_at() -> None:
    built("browser")
    page = (
        "<!doctype html><html lang='en'><title>Own</title><main><h1>Own</h1>"
        "<button onclick=\"fetch('/more', {method: 'POST'}).then(r => r.text())"
        '.then(t => console.log(t))">More</button></main></html>'
    )
    source = (
        "from flask import Flask\napp = Flask(__name__)\n"
        f"app.add_url_rule('/', 'page', lambda: {page!r})\n"
        "app.add_url_rule('/more', 'more', lambda: 'said by the server', methods=['POST'])"
    )
    async with started() as sandbox:
        app = await sandbox.serve(ServerApp("flask", app_of(source).files, seconds=60))
        assert await app.ready(30), app.output
        async with aclosing(look(sandbox, app)) as events:
            (seen,) = [event async for event in events if isinstance(event, SeenApp)]
        assert not app.ended
        assert (seen.title, seen.clicked, seen.blank) == ("Own", 1, False)
        assert set(seen.shots) == set(DEVICES)
        assert {line.text for line in seen.console} == {"said by the server"}
        assert (seen.errors, seen.failed_requests, seen.findings) == ((), (), ())


async def test_one_that_means_harm_ends_alone() -> None:
    async with started(images={"server": {"memory": "200MB"}}) as sandbox:
        good, bad = [await ready(sandbox, MISBEHAVING) for _ in range(2)]
        assert await get(bad, "/say") == b"said"
        assert await get(bad, "/kill") == b"alive"
        assert len(bad.output) <= 400_000
        with pytest.raises((httpcore.NetworkError, httpcore.ProtocolError)):
            await get(bad, "/fill")
        await until(lambda: bad.ended)
        with pytest.raises(AppGone):
            await bad.open()
        assert await get(good, "/kill") == b"alive"
        with pytest.raises((httpcore.NetworkError, httpcore.ProtocolError)):
            await get(good, "/end")
        await until(lambda: good.ended and not ours())


async def test_bounds_of_number_and_time() -> None:
    async with started(servers=1, images={"server": {"seconds": 2}}) as sandbox:
        app = await sandbox.serve(app_of("import time\ntime.sleep(60)"))
        assert not await app.ready(0.5)
        with pytest.raises(SandboxBusy, match="at once"):
            await sandbox.serve(app_of(""))
        await until(lambda: app.ended)
        again = await sandbox.serve(app_of("import time\ntime.sleep(60)"))
    assert again.ended
    assert not ours()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (app_of("", kind="cobol"), "no apps of the kind 'cobol'; there are fastapi, flask"),
        (app_of("", name="notes.txt"), "no Python file to start, such as app.py"),
        (ServerApp("flask", (SourceFile("a.py", b""),), "b.py"), "no file 'b.py'"),
        (app_of("", name="../a.py"), "no name of a file in the work directory"),
    ],
)
async def test_what_cannot_be_started(wrong: ServerApp, said: str) -> None:
    async with started() as sandbox:
        with pytest.raises(BadJob, match=said):
            await sandbox.serve(wrong)
