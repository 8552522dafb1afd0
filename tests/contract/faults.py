"""The ways in which a plugin's function can fail, and what is recorded of each."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from typing import Any

from contract.sample import Arenas, manifest
from polyarena import Arena, Category
from polyarena.dispatch import Dispatcher
from polyarena.plugins import Registry

SECONDS = 30
IMPATIENT = 0.1


def fails() -> Any:
    raise RuntimeError("the word list is gone")


def exits() -> Any:
    sys.exit(1)


def sleeps() -> Any:
    time.sleep(4)  # far beyond every limit here, and over before the other tests


def spins() -> Any:
    while True:
        pass


async def waits() -> None:
    await asyncio.sleep(3600)


async def ignores_cancellation() -> None:
    until = time.monotonic() + 0.4
    while time.monotonic() < until:
        try:
            await asyncio.sleep(0.4)
        except asyncio.CancelledError:
            continue


async def fails_later() -> None:
    raise RuntimeError("the word list is gone")


async def exits_later() -> None:
    sys.exit(1)


async def cancels_itself() -> None:
    raise asyncio.CancelledError


def patience(fault: str) -> float:
    """Seconds to wait for a call with this fault: few where it hangs, else more than enough."""
    return IMPATIENT if "did not return" in FAULTS[fault][1] else SECONDS


FAULTS: dict[str, tuple[Callable[..., Any], str]] = {
    "fails": (fails, "RuntimeError: the word list is gone"),
    "exits": (exits, "SystemExit"),
    "sleeps": (sleeps, "did not return within"),
    "spins": (spins, "did not return within"),
    "waits": (waits, "did not return within"),
    "ignores cancellation": (ignores_cancellation, "did not return within"),
    "fails later": (fails_later, "RuntimeError: the word list is gone"),
    "exits later": (exits_later, "SystemExit"),
    "cancels itself": (cancels_itself, "CancelledError"),
    "answers True": (lambda: True, "answered bool"),
    "answers text": (lambda: "no", "answered str"),
}


def faulty(method: str, function: Callable[..., Any]) -> Arena:
    kind = type("Faulty", (Arena,), {method: lambda *_: function()})
    made: Arena = kind()
    made.manifest = manifest(categories=(Category("long", "Long"),))
    return made


def dispatching(
    loaded: Callable[..., Registry], made: Arena, seconds: float = SECONDS
) -> Dispatcher:
    return Dispatcher(loaded(mine=Arenas(made)), seconds)
