"""Votes acknowledged a second, beside a bare insert on the same engine."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from time import perf_counter

import uvloop

import wire
from battle_load import JSON, Order, begin
from figures import Figure, percentile
from machine import HERE, ROOT, SERVER_CPU, Process, directory, polyarena, upstream

CLIENTS = 20
PREPARING = 10
WARM_UP = 60
CHOICES = ("a", "b", "tie", "both_bad")
INSTANT = Order(tokens=20, rate=0, one=0, two=0)
BARE_SECONDS = 60


@dataclass(frozen=True)
class Rate:
    """So many writes: how long they took together, and each."""

    seconds: float
    took: Sequence[float]

    @property
    def a_second(self) -> float:
        return len(self.took) / self.seconds


def measure(quick: bool) -> list[Figure]:
    """The figures of SQLite and of PostgreSQL."""
    votes = 300 if quick else 800
    with directory() as data:
        bare = f"sqlite:///{data / 'bare.db'}"
        figures = _engine("SQLite", bare, votes, {})
    with _cluster() as url:
        return figures + _engine("PostgreSQL", url, votes, {"POLYARENA_DATABASE_URL": url})


@contextmanager
def _cluster() -> Iterator[str]:
    sys.path.insert(0, str(ROOT / "tests"))
    from kit.postgres import cluster

    with cluster() as url:
        yield url


def _engine(name: str, url: str, votes: int, env: Mapping[str, str]) -> list[Figure]:
    with upstream() as double, directory() as data, polyarena(data, double, env) as server:
        battles = uvloop.run(_prepare(server, WARM_UP + votes))
        rates = [_bare(url, votes)]
        uvloop.run(_vote(server, battles[:WARM_UP]))
        ours = uvloop.run(_vote(server, battles[WARM_UP:]))
        rates.append(_bare(url, votes))
    bare = Rate(sum(rate.seconds for rate in rates), [one for rate in rates for one in rate.took])
    return [
        Figure(
            f"votes a second, {name}",
            ours.a_second,
            "",
            bare.a_second,
            least=0.3,
            of_floor=True,
        ),
        _took(f"a vote, median, {name}", ours, bare, 0.5),
        _took(f"a vote, 95 %, {name}", ours, bare, 0.95, most=60),
    ]


def _took(name: str, ours: Rate, bare: Rate, share: float, most: float | None = None) -> Figure:
    shown = [percentile(rate.took, share) * 1000 for rate in (ours, bare)]
    return Figure(name, shown[0], "ms", shown[1], most=most)


async def _prepare(server: Process, votes: int) -> list[str]:
    """Battles whose ballots are open."""
    battles: list[str] = []

    async def make() -> None:
        while len(battles) < votes:
            battle, headers = await begin(server, JSON, INSTANT)
            battles.append(battle)
            path = JSON.events.format(battle)
            if not await wire.follow(server.port, path, headers, lambda data, now: None):
                raise RuntimeError("a battle that was to be voted on was cut")

    await asyncio.gather(*(make() for _ in range(PREPARING)))
    return battles[:votes]


async def _vote(server: Process, battles: Sequence[str]) -> Rate:
    ballots = iter(zip(battles, cycle(CHOICES), strict=False))
    took: list[float] = []

    async def client() -> None:
        link = await wire.Link.to(server.port)
        for battle, choice in ballots:
            began = perf_counter()
            body = json.dumps({"choice": choice}).encode()
            reply = await link.ask("POST", f"/api/v1/battles/{battle}/vote", body)
            took.append(perf_counter() - began)
            if reply.status != 200:
                raise RuntimeError(f"a vote was answered {reply.status}: {reply.body[:300]!r}")
        link.close()

    began = perf_counter()
    await asyncio.gather(*(client() for _ in range(CLIENTS)))
    return Rate(perf_counter() - began, took)


def _bare(url: str, number: int) -> Rate:
    """As many bare inserts, from the CPU that the server has."""
    script = ["taskset", "-c", str(SERVER_CPU), sys.executable, str(HERE / "bare.py")]
    done = subprocess.run(
        [*script, url, str(number)], capture_output=True, text=True, timeout=BARE_SECONDS
    )
    if done.returncode:
        raise RuntimeError(f"bare inserts failed: {done.stderr[-500:]}")
    return Rate(**json.loads(done.stdout))
