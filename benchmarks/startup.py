"""Cold start, memory and what an installation weighs."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import venv
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import uvloop

from battle_load import JSON, Order, hold
from figures import Figure, median
from machine import ROOT, Process, directory, polyarena, upstream

PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==", re.MULTILINE)
LOCK = ROOT / ".ci/lock/run.txt"
PACKAGES = ("core", "plugins", "frontend")
BATTLES = Order(rate=500)


def measure(quick: bool) -> list[Figure]:
    """The figures of a server that begins, and of what is installed."""
    first: list[float] = []
    again: list[float] = []
    for _ in range(1 if quick else 3):
        with directory() as data:
            for opened in (first, again):
                with polyarena(data) as server:
                    opened.append(server.opened_after)
    with upstream() as double, directory() as data, polyarena(data, double) as server:
        memory = server.memory()
        uvloop.run(_battles(server))
        later = server.memory()
    return [
        Figure("cold start, new data directory", median(first), "s", most=3.0),
        Figure("cold start, again", median(again), "s", most=3.0),
        Figure("memory after start", memory, "MB", most=200),
        Figure("memory after 100 battles", later, "MB", most=200),
        Figure("installed, without Playwright", _installed() / 1e6, "MB", most=400),
    ]


async def _battles(server: Process) -> None:
    for _ in range(5):
        await asyncio.gather(*(hold(server, JSON, BATTLES) for _ in range(20)))


def _installed() -> int:
    """Bytes of every distribution in the lock as installed here, and of our packages."""
    total = 0
    for name in sorted(set(PINNED.findall(LOCK.read_text()))):
        try:
            files = distribution(name).files or []
        except PackageNotFoundError:
            continue
        total += sum(_size(Path(str(file.locate()))) for file in files)
    return total + sum(_weight(ROOT / package) for package in PACKAGES)


def installed_anew() -> Figure:
    """Install a built wheel and the lock in a new environment and weigh it; needs an index.

    Raises:
        subprocess.CalledProcessError: it cannot be built or installed.
    """
    with directory() as home:
        _quietly(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(home))
        venv.create(home / "venv", with_pip=True)
        pip = str(home / "venv/bin/pip")
        wheels = [str(wheel) for wheel in home.glob("*.whl")]
        _quietly(pip, "install", "--no-deps", "--require-hashes", "-r", str(LOCK))
        _quietly(pip, "install", "--no-deps", *wheels)
        packages = next((home / "venv/lib").glob("python*/site-packages"))
        weight = sum(_weight(one) for one in packages.iterdir() if not one.name.startswith("pip"))
    return Figure("installed anew, without Playwright", weight / 1e6, "MB", most=400)


def _quietly(*command: str) -> None:
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _weight(path: Path) -> int:
    return sum(_size(file) for file in path.rglob("*")) + _size(path)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0
