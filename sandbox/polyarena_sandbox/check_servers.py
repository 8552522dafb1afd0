"""Checks that apps with a server run, are reached, and reach nothing."""

from __future__ import annotations

import json

from polyarena.sandbox import RunningApp, Sandbox, ServerApp, SourceFile

from .checking import Check, expect

FLASK = "flask"
READY_SECONDS = 30.0
REACHING = """
import os, socket
from flask import Flask, jsonify

app = Flask(__name__)
PLACES = [("1.1.1.1", 53), ("169.254.169.254", 80), ("172.17.0.1", 22), ("172.17.0.2", 8000)]

@app.route("/")
def reached():
    found = []
    for host, port in PLACES:
        try:
            with socket.create_connection((host, port), 1): found.append(host)
        except OSError: pass
    for path in ("/var/run/docker.sock", "/run/docker.sock"):
        if os.path.exists(path): found.append(path)
    if os.getuid() == 0: found.append("root")
    try:
        os.kill(1, 9)
        open("/etc/x", "w").close()
        found.append("wrote /etc")
    except OSError: pass
    return jsonify(found)
"""


async def started(sandbox: Sandbox, source: str) -> RunningApp:
    """A Flask app that was started."""
    return await sandbox.serve(ServerApp(FLASK, (SourceFile("app.py", source.encode()),)))


async def asked(app: RunningApp, path: str = "/") -> bytes:
    """What an app answers to a request, its head included."""
    connection = await app.open()
    await connection.send(f"GET {path} HTTP/1.0\r\nhost: app\r\n\r\n".encode())
    said = b""
    while piece := await connection.receive():
        said += piece
    return said


async def an_app_reaches_nothing(sandbox: Sandbox) -> None:
    app = await started(sandbox, REACHING)
    try:
        expect(await app.ready(READY_SECONDS), app.output)
        for _ in range(2):
            head, _, body = (await asked(app)).partition(b"\r\n\r\n")
            expect(b" 200 " in head, head)
            expect(json.loads(body) == [], f"reached {body!r}")
    finally:
        await app.close()
    expect(app.ended, "it runs on after it was closed")


async def an_app_that_dies_is_told(sandbox: Sandbox) -> None:
    app = await started(sandbox, "import nothing_of_this_name")
    try:
        expect(not await app.ready(READY_SECONDS) and app.ended, "it takes connections")
        expect("nothing_of_this_name" in app.output, app.output)
    finally:
        await app.close()


CHECKS = (
    Check("an app with a server reaches nothing", an_app_reaches_nothing, FLASK),
    Check("an app with a server that dies says why", an_app_that_dies_is_told, FLASK),
)
