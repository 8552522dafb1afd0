"""Apps behind a warden's tunnel, the warden a child of the test and no container around it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing, asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from kit.ports import free_port
from kit.warden import BOUNDS
from polyarena.sandbox import Connection, ServerApp, SourceFile, StepResult
from polyarena.testing import FakeRunningApp, FakeServer
from polyarena_sandbox.attach import Attached
from polyarena_sandbox.execution import Record, execute
from polyarena_sandbox.protocol import Bounds, Command, Tunnel, Way, encode
from polyarena_sandbox.served import ServedApp

SERVER = """
import socket, sys, threading
listening = socket.create_server(("127.0.0.1", {port}))
def serve(end):
{body}
while True:
    end, _ = listening.accept()
    threading.Thread(target=serve, args=(end,), daemon=True).start()
"""
ECHO = """
    while data := end.recv(65536):
        end.sendall(data)
"""


class Pipes(Attached):
    """A child's standard streams in the place of a container's."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def send(self, data: bytes) -> None:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(data)
            self._process.stdin.flush()
        except ValueError:
            raise OSError("It was closed.") from None

    def pieces(self, most: int) -> Iterator[bytes]:
        assert self._process.stdout is not None
        with suppress(ValueError, OSError):
            while data := os.read(self._process.stdout.fileno(), 1 << 16):
                yield data

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()


@asynccontextmanager
async def tunnelled(
    warden: Path, folder: Path, program: str, bounds: Bounds = BOUNDS, seconds: float = 30
) -> AsyncIterator[tuple[ServedApp, subprocess.Popen[bytes]]]:
    """A Python program behind a tunnel to its `{port}`, and the warden's process."""
    port = free_port()
    source = program.replace("{port}", str(port)).encode()
    job = encode(
        [SourceFile("main.py", source)],
        [Command("serve", (sys.executable, "main.py"), b"", seconds)],
        bounds,
        {},
        Tunnel(Way.IN, port),
    )
    with _started(warden, folder) as process:
        pipes = Pipes(process)
        app = ServedApp(pipes, job, bounds, pipes.close)
        try:
            yield app, process
        finally:
            await app.close()
            process.wait(20)


async def reaching(
    warden: Path, folder: Path, program: str, serve: FakeServer, output: str = ""
) -> StepResult:
    """What a Python program does that reaches, at its `{port}`, an app that a coroutine plays."""
    port, record = free_port(), Record()
    source = SourceFile("main.py", program.replace("{port}", str(port)).encode())
    command = Command("run", (sys.executable, "main.py"), b"", 20)
    job = encode([source], [command], BOUNDS, {}, Tunnel(Way.OUT, port))
    app = FakeRunningApp(ServerApp("flask", ()), serve, output)
    run = partial(asyncio.get_running_loop().run_in_executor, None)
    with _started(warden, folder) as process:
        pipes = Pipes(process)
        doing = execute(pipes, job, [command], BOUNDS, run, record, app)
        async with aclosing(doing) as names:
            assert [name async for name in names] == ["run"]
    await app.close()
    (step,) = record.steps
    return step


def _started(warden: Path, folder: Path) -> subprocess.Popen[bytes]:
    folder.mkdir(exist_ok=True)
    pipe = subprocess.PIPE
    return subprocess.Popen([warden, folder], stdin=pipe, stdout=pipe)


async def asked(connection: Connection, data: bytes, length: int) -> bytes:
    """Send bytes, and so many of what comes back."""
    await connection.send(data)
    return await received(connection, length)


async def received(connection: Connection, length: int) -> bytes:
    """So many bytes, or fewer at the end."""
    got = b""
    while len(got) < length and (piece := await connection.receive()):
        got += piece
    return got
