"""Painted pictures: from the painters' answers to both pictures at the browser, beside bare Pillow.

Both sides of a battle are answered at the same moment and are shown together.
"""

from __future__ import annotations

import asyncio
import io
import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

import numpy as np
import uvloop
from PIL import Image

import wire
from battle_load import Door, Order, begin
from figures import Figure, spread
from machine import CLIENT_CPU, HERE, Process, directory, polyarena, started

SIDE = 1024
FORMATS = ("PNG", "JPEG")
PAGE = Door("html", "/arenas/image/battles", "/battles/{}/events", {}, form=True)
SOURCE = re.compile(rb'src=\\"(/artifacts/[^"\\]+)')
PAINTERS = 'provider = "openai-images"\ncapabilities = ["text-to-image"]\n'
PATIENCE = 30.0


@dataclass
class Shown:
    """Seconds since both answers were sent, a value a battle."""

    told: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    last: list[float] = field(default_factory=list)


def measure(quick: bool) -> list[Figure]:
    """The figures of both formats."""
    return [figure for kind in FORMATS for figure in uvloop.run(_measure(kind, 8 if quick else 40))]


def paintings(kind: str) -> list[bytes]:
    """Two pictures of soft shapes and fine grain, as large as those of painters."""
    return [_painting(kind, seed) for seed in (1, 2)]


def _painting(kind: str, seed: int) -> bytes:
    random = np.random.default_rng(seed)
    rough = Image.fromarray(random.integers(0, 255, (32, 32, 3), dtype=np.uint8))
    smooth = np.asarray(rough.resize((SIDE, SIDE), Image.Resampling.BICUBIC)).astype(np.int16)
    grain = random.normal(0, 2, (SIDE, SIDE, 1)).astype(np.int16)
    held = io.BytesIO()
    Image.fromarray(np.clip(smooth + grain, 0, 255).astype(np.uint8)).save(held, kind)
    return held.getvalue()


@contextmanager
def painters(kind: str) -> Iterator[tuple[Process, list[Path]]]:
    """The double of two painters, with the files of their pictures."""
    with directory() as folder:
        files = [folder / f"{number}.{kind.lower()}" for number in (1, 2)]
        for file, picture in zip(files, paintings(kind), strict=True):
            file.write_bytes(picture)
        command = [sys.executable, str(HERE / "painter.py"), *map(str, files)]
        with started(command, cpu=CLIENT_CPU) as double:
            yield double, files


async def _measure(kind: str, battles: int) -> list[Figure]:
    with directory() as data, directory() as folder, painters(kind) as (double, files):
        pictures = [file.read_bytes() for file in files]
        plain = [sys.executable, str(HERE / "bare_paintings.py"), str(folder)]
        with polyarena(data, double, models=PAINTERS) as server, started(plain) as bare:
            ours, floor = Shown(), Shown()
            for number in range(battles + 1):
                if number == 1:
                    ours, floor = Shown(), Shown()
                async with asyncio.timeout(PATIENCE):
                    await _battle(server, double, ours)
                    await _bare(bare, files, pictures, floor)
    return _figures(kind, pictures, ours, floor)


async def _battle(server: Process, double: Process, shown: Shown) -> None:
    battle, headers = await begin(server, PAGE, Order())
    heard, both = bytearray(), asyncio.Event()
    times: list[float] = []

    def listen(data: bytes, now: float) -> None:
        heard.extend(data)
        if not both.is_set() and len(set(SOURCE.findall(heard))) == 2:
            times.append(now)
            both.set()

    path = PAGE.events.format(battle)
    following = asyncio.create_task(wire.follow(server.port, path, headers, listen))
    await asyncio.wait(
        {following, waiting := asyncio.create_task(both.wait())},
        return_when=asyncio.FIRST_COMPLETED,
    )
    if not both.is_set():
        waiting.cancel()
        raise RuntimeError(f"a battle ended without two pictures: {bytes(heard[-500:])!r}")
    paths = sorted({one.decode() for one in SOURCE.findall(heard)})
    got = await _fetched(server, paths, headers)
    sent = float(json.loads((await wire.ask(double.port, "GET", "/")).body)["answered"])
    shown.told.append(times[0] - sent)
    _note(shown, sent, got)
    await following


async def _bare(
    server: Process, files: Sequence[Path], pictures: Sequence[bytes], shown: Shown
) -> None:
    sent = perf_counter()
    await asyncio.gather(
        *(
            wire.ask(server.port, "POST", f"/{file.name}", picture, "content-type: image/any\r\n")
            for file, picture in zip(files, pictures, strict=True)
        )
    )
    shown.told.append(perf_counter() - sent)
    _note(shown, sent, await _fetched(server, [f"/files/{file.name}" for file in files], ""))


def _note(shown: Shown, sent: float, got: Sequence[tuple[float, float]]) -> None:
    shown.first.append(max(first for first, _ in got) - sent)
    shown.last.append(max(last for _, last in got) - sent)


async def _fetched(
    server: Process, paths: Sequence[str], headers: str
) -> list[tuple[float, float]]:
    return await asyncio.gather(*(_fetch(server.port, path, headers) for path in paths))


async def _fetch(port: int, path: str, headers: str) -> tuple[float, float]:
    """Moments of a file's first and last byte.

    Raises:
        RuntimeError: it was not served whole.
    """
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(wire.head("GET", path, headers, 0))
        head = await reader.readuntil(b"\r\n\r\n")
        length = wire.LENGTH.search(head)
        if not head.startswith(b"HTTP/1.1 200") or length is None:
            raise RuntimeError(f"{path} was answered with {head[:100]!r}")
        await reader.readexactly(1)
        first = perf_counter()
        await reader.readexactly(int(length[1]) - 1)
        return first, perf_counter()
    finally:
        writer.close()


def _figures(kind: str, pictures: Sequence[bytes], ours: Shown, floor: Shown) -> list[Figure]:
    size = sum(map(len, pictures)) / 1e6
    stages = {
        "announced": (ours.told, floor.told),
        "first byte of both": (ours.first, floor.first),
        "last byte of both": (ours.last, floor.last),
    }
    note = f"{len(ours.told)} battles, {size:.1f} MB; floor: bare Pillow and files"
    return [
        one
        for stage, (mine, theirs) in stages.items()
        for one in spread(f"two painted {kind}, {stage}", mine, theirs, note)
    ]
