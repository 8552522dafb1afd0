"""An arena with a few hundred votes whose board can be worked out by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from polyarena import Finish, Price
from polyarena.model import ModelState
from polyarena.services import open_services
from polyarena.settings import Settings
from polyarena.testing import ScriptedModel

from . import QUIET
from .served import scripted, served
from .voting import Cast, cast

BOARD = "/arenas/text/leaderboard"
API = f"/api/v1{BOARD}"
SAY: Sequence[str | Finish] = ("Hello.", Finish())
MATHS = frozenset({"math"})
CODING = frozenset({"coding"})
TABLES = (
    "ranking", "categories", "pairs", "calibration", "history", "snapshots", "moves", "prices",
    "effects",
)  # fmt: skip
MODELS = (
    ScriptedModel("Alpha", SAY, organization="One", license="MIT", price=Price(input=1, output=4)),
    ScriptedModel("Beta", SAY, organization="Two", license="MIT", price=Price(input=0.1, output=1)),
    ScriptedModel("Gamma", SAY, organization="One", license="Closed"),
    ScriptedModel("Newcomer", SAY, organization="=1+1"),
    ScriptedModel("Secret", SAY, state=ModelState.PRIVATE),
)
PAGES = ("", "/categories", "/pairs", "/compare", "/compare?a=Alpha&b=Beta", "/history", "/prices")
VOTES = (
    # Ten votes on Alpha and Beta: six won, two lost, a tie and a both-bad, on either side.
    Cast("Alpha", "Beta", "a", 4, MATHS),
    Cast("Beta", "Alpha", "b", 2, CODING),
    Cast("Alpha", "Beta", "b", 2, CODING),
    Cast("Beta", "Alpha", "tie", share="shown-to-all"),
    Cast("Alpha", "Beta", "both_bad"),
    Cast("Beta", "Gamma", "a", 15),
    Cast("Gamma", "Beta", "a", 10),
    Cast("Alpha", "Gamma", "a", 18),
    Cast("Gamma", "Alpha", "a", 7),
    Cast("Newcomer", "Gamma", "a"),
    Cast("Newcomer", "Gamma", "b"),
    Cast("Secret", "Alpha", "a", 5, MATHS),
)


def cyclic() -> list[Cast]:
    """Votes in which each model beats the next, in the category of maths."""
    pairs = (("Alpha", "Beta"), ("Beta", "Gamma"), ("Gamma", "Alpha"))
    return [
        Cast(one, other, choice, times, MATHS)
        for one, other in pairs
        for choice, times in (("a", 18), ("b", 6))
    ]


def styled() -> list[Cast]:
    """Votes by length alone, 3 to 1 for the longer answer, in coding; Alpha's are longer."""
    given = []
    for left, right, longer, shorter in (
        ("Alpha", "Beta", 40, 8), ("Alpha", "Gamma", 40, 8), ("Beta", "Gamma", 24, 24),
    ):  # fmt: skip
        for times, lengths in ((longer, (30.0, 10.0)), (shorter, (10.0, 30.0))):
            likely = "a" if lengths[0] > lengths[1] else "b"
            other = "b" if likely == "a" else "a"
            measures = {"length": lengths}
            given.append(Cast(left, right, likely, times * 3 // 4, CODING, measures))
            given.append(Cast(left, right, other, times // 4, CODING, measures))
    return given


def apart() -> list[Cast]:
    """Two pairs that never met, and too few votes for a rank, in longer prompts."""
    long = frozenset({"long"})
    pairs = (("Alpha", "Beta"), ("Gamma", "Newcomer"))
    return [Cast(one, other, choice, 5, long) for one, other in pairs for choice in "ab"]


@contextmanager
def voted(data: Path, votes: Sequence[Cast]) -> Iterator[httpx.Client]:
    """A client of a server with these votes, and snapshots taken along the way."""

    async def store() -> None:
        settings = Settings.load(data=data, demo=False, disabled_plugins=QUIET)
        async with open_services(settings, scripted(*MODELS), server=False) as services:
            for start in range(0, len(votes), 3):
                await cast(services, *votes[start : start + 3])
                await services.snapshots.take("text")

    asyncio.run(store())
    with served(data, scripted(*MODELS)) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


def add(data: Path, *votes: Cast, snapshot: bool = False) -> None:
    """Store these votes beside whatever serves this data, and then a snapshot if told to."""

    async def work() -> None:
        settings = Settings.load(data=data, demo=False, disabled_plugins=QUIET)
        async with open_services(settings, scripted(*MODELS), server=False) as services:
            await cast(services, *votes)
            if snapshot:
                await services.snapshots.take("text")

    # A test that drives a browser has a loop of its own in this thread.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work()).result()


def rows(client: httpx.Client, query: str = "") -> list[dict[str, Any]]:
    """The rows of the board."""
    answer = client.get(f"{API}{query}")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["rows"]
    return found


def snapshots(client: httpx.Client, query: str = "") -> list[dict[str, Any]]:
    """The stored snapshots of the board."""
    found: list[dict[str, Any]] = client.get(f"/api/v1/arenas/text/snapshots{query}").json()
    return found


def names(client: httpx.Client, query: str = "") -> list[str]:
    """The models of the board, in its order."""
    return [row["model"] for row in rows(client, query)]
