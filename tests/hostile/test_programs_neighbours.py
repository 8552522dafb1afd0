"""Ordinary programs beside hostile ones: what they print, and how much longer they take."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from statistics import median

import pytest

from kit.attacks import attack, besieged, told
from kit.sandboxes import under_way
from polyarena.sandbox import Job, Outcome, Step
from polyarena_sandbox.docker_sandbox import DockerSandbox

pytestmark = [pytest.mark.anyio, pytest.mark.docker]

MOST = 2.0
RUNS = 3
MORE_ROUNDS = 4
"""After a first one that was too slow: both are measured again, one after the other."""
AGAIN = 200
"""How often a program that does not last is started anew."""
PATIENT = 30.0
BUSY = attack("busy.py", seconds=PATIENT)
PRINTED = b"2cb9541f7adb501d72433b744e2595ce1241829dc071dc43e5c363b84c5c3c19 100002\n"


@pytest.fixture(scope="module")
async def sandbox() -> AsyncIterator[DockerSandbox]:
    async with besieged(seconds=PATIENT, compile_seconds=PATIENT) as sandbox:
        yield sandbox


def lasting(name: str, *arguments: str) -> Job:
    """A job that starts a program again and again."""
    steps = (Step(f"run {number}", arguments=arguments) for number in range(AGAIN))
    return attack(name, *steps, seconds=PATIENT)


async def times_beside(sandbox: DockerSandbox, other: Job) -> list[float]:
    """How long an ordinary program takes, again and again, while another job runs."""
    times = []
    async with under_way(sandbox, other) as running:
        for _ in range(RUNS):
            began = time.perf_counter()
            result = await sandbox.run(attack("ordinary.py", seconds=PATIENT))
            times.append(time.perf_counter() - began)
            assert (result.outcome, result.steps[0].stdout) == (Outcome.OK, PRINTED)
        assert not running.done()
    return times


async def test_a_hoarder_leaves_others_what_the_kernel_counts_by_user(
    sandbox: DockerSandbox,
) -> None:
    hoarder = attack("hoard.c", Step(arguments=("all",)), seconds=PATIENT)
    async with under_way(sandbox, hoarder) as running:
        for _ in range(RUNS):
            assert await told(sandbox, "hoard.c", "one") == b"end\n"
        assert not running.done()


@pytest.fixture(scope="module")
async def usual(sandbox: DockerSandbox) -> list[float]:
    """The times beside an honest program."""
    return await times_beside(sandbox, BUSY)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(lasting("fork_bomb.py"), id="fork bomb"),
        pytest.param(lasting("fork_bomb.sh"), id="fork bomb of a shell"),
        pytest.param(lasting("memory_children.py"), id="memory bomb"),
        pytest.param(lasting("memory_in_files.py"), id="memory bomb in files"),
        pytest.param(lasting("spin.c"), id="CPU spin"),
        pytest.param(lasting("flood.py", "1", ""), id="billion bytes of output"),
        pytest.param(lasting("flood_all.sh"), id="floods on both streams"),
        pytest.param(lasting("disk.py", "/work"), id="filling the disk"),
        pytest.param(lasting("million_files.py"), id="million small files"),
        pytest.param(lasting("signal_storm.py"), id="storm of signals"),
        pytest.param(lasting("daemon.py"), id="daemons"),
        pytest.param(lasting("repeat.c"), id="compile-time bomb"),
    ],
)
async def test_an_ordinary_program_takes_at_most_twice_its_time_beside(
    sandbox: DockerSandbox, usual: list[float], other: Job
) -> None:
    honest, hostile = [*usual], await times_beside(sandbox, other)
    for _ in range(MORE_ROUNDS):
        if median(hostile) <= MOST * median(honest):
            break
        honest += await times_beside(sandbox, BUSY)
        hostile += await times_beside(sandbox, other)
    assert median(hostile) <= MOST * median(honest), (honest, hostile)
