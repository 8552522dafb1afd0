"""Apps on their hosts: the first byte beside a plain server of files, and 100 of them at once."""

from __future__ import annotations

import asyncio
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from time import perf_counter

import uvloop

from figures import Figure, median, percentile
from machine import HERE, Process, directory, polyarena, started
from polyarena.bundle import LABEL
from polyarena.services import open_services
from polyarena.settings import Settings

APPS = 100
SIZES = {
    "index.html": 2_000,
    "assets/app.js": 300_000,
    "assets/app.css": 30_000,
    "assets/logo.png": 20_000,
    **{f"assets/part-{n}.js": 5_000 for n in range(16)},
}
OPENED = ("/", "/assets/app.js", "/assets/app.css", "/assets/logo.png")
CLIENTS = 20
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass
class Served:
    """A server of the apps, and what came of asking it."""

    process: Process
    hosts: Sequence[str]
    folders: Sequence[str]
    first: list[float] = field(default_factory=list)
    rate: float = 0.0

    async def get(self, number: int, path: str) -> float:
        """Fetch a file on a connection of its own; seconds to the first byte."""
        began = perf_counter()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.process.port)
        try:
            request = f"GET {self.folders[number]}{path} HTTP/1.1\r\nhost: {self.hosts[number]}"
            writer.write(f"{request}\r\nconnection: close\r\n\r\n".encode())
            byte = await reader.readexactly(1)
            took = perf_counter() - began
            head = byte + await reader.readuntil(b"\r\n\r\n")
            length = LENGTH.search(head)
            if not head.startswith(b"HTTP/1.1 200") or length is None:
                raise RuntimeError(f"{path} was answered with {head[:100]!r}")
            await reader.readexactly(int(length[1]))
            return took
        finally:
            writer.close()


def measure(quick: bool) -> list[Figure]:
    """The figures of built apps that are only served."""
    return uvloop.run(_measure(200 if quick else 1000))


async def _measure(number: int) -> list[Figure]:
    with directory() as data, directory() as folder:
        labels = await _keep(data, folder)
        command = [sys.executable, str(HERE / "bare_files.py"), str(folder)]
        with polyarena(data) as ours, started(command) as bare:
            folders = [f"/{n}" for n in range(APPS)]
            hosts = [f"p-{label}.preview.localhost" for label in labels]
            app = Served(ours, hosts, [""] * APPS)
            floor = Served(bare, ["127.0.0.1"] * APPS, folders)
            before, children = ours.memory(), _children(ours)
            await _first_bytes(app, floor, number)
            for server in (app, floor):
                await _all_at_once(server)
            grown, begun = ours.memory() - before, _children(ours) - children
    return _figures(app, floor, grown, begun)


async def _keep(data: Path, folder: Path) -> list[str]:
    """Store every app, for ours and as plain files; answers their labels."""
    chance = random.Random(7)
    settings = Settings.load(data=data, disabled_plugins=frozenset({"sandbox"}))
    labels = []
    async with open_services(settings, server=False) as services:
        for number in range(APPS):
            files = {path: chance.randbytes(size) for path, size in SIZES.items()}
            labels.append((await services.bundles.keep(files))[:LABEL])
            for path, content in files.items():
                file = folder / str(number) / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
    return labels


async def _first_bytes(app: Served, floor: Served, number: int) -> None:
    for n in range(number):
        for server in (app, floor) if n % 2 else (floor, app):
            server.first.append(await server.get(n % APPS, OPENED[n % len(OPENED)]))


async def _all_at_once(server: Served) -> None:
    """Open every app, by several visitors at once."""
    todo = cycle(range(APPS))
    began = perf_counter()

    async def visit() -> None:
        for _ in range(APPS // CLIENTS):
            number = next(todo)
            for path in OPENED:
                await server.get(number, path)

    await asyncio.gather(*(visit() for _ in range(CLIENTS)))
    server.rate = APPS / (perf_counter() - began)


def _children(process: Process) -> int:
    tasks = Path(f"/proc/{process.pid}/task").glob("*/children")
    return sum(len(task.read_text().split()) for task in tasks)


def _figures(app: Served, floor: Served, grown: float, begun: int) -> list[Figure]:
    ours, theirs = median(app.first) * 1000, median(floor.first) * 1000
    late = percentile(app.first, 0.95) * 1000, percentile(floor.first, 0.95) * 1000
    return [
        Figure("preview, first byte", ours, "ms", theirs),
        Figure("preview, first byte, 95th percentile", late[0], "ms", late[1]),
        Figure("preview, first byte above the floor's", ours - theirs, "ms", most=10),
        Figure(f"{APPS} previews opened, a second", app.rate, "/s", floor.rate),
        Figure(f"{APPS} previews, memory they cost", grown, "MB", most=50),
        Figure(f"{APPS} previews, processes they cost", begun, "", most=0),
    ]
