"""Apps with a server in an arena of their own, on a sandbox that plays them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from kit.app_arena import AppArena, Files, bundles
from kit.battles import begin, finish
from kit.served import ArenaPlugin, scripted, served
from polyarena import App, Finish, Run, hookimpl
from polyarena.manifest import Gate
from polyarena.sandbox import Connection, Sandbox
from polyarena.testing import FakeSandbox, FakeServer, ScriptedModel
from polyarena.testing.fake_server import say_hello

SOURCES: Files = {"app.py": b"import flask", "templates/index.html": b"<h1>{{ name }}</h1>"}


class SandboxPlugin:
    """A plugin that brings a sandbox."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    @hookimpl
    def polyarena_register_sandboxes(self) -> list[Sandbox]:
        return [self._sandbox]


class ServerArena(AppArena):
    """Answers with apps that have a server."""

    async def _built(self, files: Files, run: Run) -> App:
        app = await super()._built(files, run)
        return app.model_copy(update={"server": "flask", "entry": "app.py", "kind": "Flask"})


@dataclass(frozen=True)
class Running:
    """A server with an arena of such apps, and the sandbox that plays them."""

    client: httpx.Client
    sandbox: FakeSandbox

    def battle(self, prompt: str = "An app") -> tuple[str, dict[str, str]]:
        """A new battle, finished: its id, and the bundles by side."""
        battle = begin(self.client, prompt, arena="apps")
        finish(self.client, battle["id"])
        return battle["id"], bundles(self.client, battle["id"])

    def start(self, battle: str, bundle: str, side: str = "a", **more: Any) -> httpx.Response:
        """Ask for an app to be started."""
        body = {"side": side, "bundle": bundle, **more}
        return self.client.post(f"/api/v1/battles/{battle}/apps", json=body)

    def started(self) -> str:
        """The host, with its port, of a new battle's left app."""
        battle, built = self.battle()
        answer = self.start(battle, built["a"])
        assert answer.status_code == 200, answer.text
        return f"{answer.json()['host']}:{self.client.base_url.port}"

    def get(self, host: str, path: str = "/", method: str = "GET", **more: Any) -> httpx.Response:
        """Ask the host of an app."""
        headers = {"host": host, **more.pop("headers", {})}
        return self.client.request(method, path, headers=headers, **more)


@contextmanager
def running(
    data: Path,
    server: FakeServer = say_hello,
    output: str = "",
    servers: int = 4,
    gate: Gate | None = None,
    **given: Any,
) -> Iterator[Running]:
    """Serve an arena whose apps a coroutine plays; `given` are settings."""
    models = [ScriptedModel(name, ["one", Finish()]) for name in ("One", "Two")]
    sandbox = FakeSandbox(server=server, server_output=output, servers=servers)
    arena = ArenaPlugin(ServerArena({"one": SOURCES}, gate=gate))
    plugins = {**scripted(*models), "apps": arena, "fake": SandboxPlugin(sandbox)}
    with (
        served(data, plugins, sandbox="fake", **given) as url,
        httpx.Client(base_url=url) as client,
    ):
        yield Running(client, sandbox)


def leading_to(port: int) -> FakeServer:
    """Plays an app by a server of this machine."""

    async def play(connection: Connection) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)

        async def back() -> None:
            while data := await reader.read(65536):
                await connection.send(data)
            connection.close()

        backwards = asyncio.create_task(back())
        try:
            while data := await connection.receive():
                writer.write(data)
                await writer.drain()
        finally:
            backwards.cancel()
            writer.close()

    return play


def saying(answer: bytes, *, again: bool = False) -> FakeServer:
    """Answers the first piece of whatever comes with these bytes, `again` and again."""

    async def play(connection: Connection) -> None:
        await connection.receive()
        await connection.send(answer)
        while again:
            await connection.send(answer)
            await asyncio.sleep(0)

    return play


async def _seen(request: Request) -> Response:
    body = await request.body()
    shown = {"headers": dict(request.headers), "method": request.method, "body": body.decode()}
    return JSONResponse({**shown, "query": request.url.query})


async def _page(request: Request) -> Response:
    page = "<!doctype html><html><head><title>Own</title></head><body>ä</body></html>"
    headers = {
        "content-security-policy": "default-src *",
        "x-frame-options": "DENY",
        "refresh": "0;url=http://elsewhere.test/",
        "set-cookie": "seen=yes; Path=/; HttpOnly",
        "access-control-allow-origin": "http://elsewhere.test",
    }
    return Response(page, media_type="text/html", headers=headers)


async def _leads(request: Request) -> Response:
    return Response(status_code=307, headers={"location": request.query_params["to"]})


async def _streams(request: Request) -> Response:
    async def pieces() -> AsyncIterator[bytes]:
        for number in range(3):
            yield b"data: %d\n\n" % number
            await asyncio.sleep(0.01)

    return StreamingResponse(pieces(), media_type="text/event-stream")


async def _echo(socket: WebSocket) -> None:
    offered = socket.scope["subprotocols"]
    await socket.accept(subprotocol=offered[0] if offered else None)
    while (message := await socket.receive())["type"] == "websocket.receive":
        if message.get("text") == "bye":
            await socket.close(1001)
            return
        if message.get("text") == "headers":
            await socket.send_json(dict(socket.headers))
        elif message.get("text") is not None:
            await socket.send_text(message["text"])
        else:
            await socket.send_bytes(message["bytes"])


OWN = FastAPI(
    routes=[
        Route("/", _page),
        Route("/seen", _seen, methods=["GET", "POST", "PUT", "DELETE"]),
        Route("/leads", _leads),
        Route("/streams", _streams),
        WebSocketRoute("/echo", _echo),
    ]
)
"""A server that shows what it is asked, and tries what it may not."""
