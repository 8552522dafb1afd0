"""How soon a server that was just started has run a program for a visitor."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from time import perf_counter

import httpx

from figures import Figure, median
from machine import Process, directory
from machine import started as process

from .traces import Traces

PROMPT = "Write a Python program that prints a table of the first ten squares."
CONFIG = "[plugins.demo]\npace = 0\n"
RESULT = '"type":"execution"'


async def measure(quick: bool, traces: Traces) -> list[Figure]:
    """A new data directory each time, images built, models that answer at once."""
    opened, first = [], []
    for _ in range(1 if quick else 4):
        with directory() as data:
            server, seconds = await asyncio.to_thread(_start, data, traces)
        opened.append(server.opened_after)
        first.append(seconds)
    note = f"open after {median(opened):.2f} s; worst {max(first):.2f} s"
    return [Figure("cold start of the server to a first result", median(first), "s", note=note)]


def _start(data: Path, traces: Traces) -> tuple[Process, float]:
    config = data / "polyarena.toml"
    config.write_text(CONFIG)
    command = [sys.executable, "-m", "polyarena.cli", "serve", "--port", "0", "--data", str(data)]
    began = perf_counter()
    with process(command, {"POLYARENA_CONFIG": str(config)}) as server:
        traces.follow(server.pid)
        _first_result(server.url)
        return server, perf_counter() - began


def _first_result(url: str) -> None:
    """Begin a battle and wait until a side has run.

    Raises:
        RuntimeError: the battle was refused, or ended without.
    """
    body = {"prompt": [{"type": "text", "text": PROMPT}]}
    with httpx.Client(base_url=url, timeout=30) as client:
        battle = client.post("/api/v1/arenas/code/battles", json=body)
        if battle.is_error:
            raise RuntimeError(f"the battle was refused: {battle.text}")
        with client.stream("GET", f"/api/v1/battles/{battle.json()['id']}/events") as events:
            for line in events.iter_lines():
                if RESULT in line.replace(" ", ""):
                    return
    raise RuntimeError("the battle ended without a result")
