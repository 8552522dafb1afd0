"""Programs that ask the kernel for what nobody in a container needs."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping

import pytest

from kit.attacks import PROGRAMS, attack, besieged, told
from polyarena.sandbox import Outcome, Step, StepResult
from polyarena_sandbox.docker_sandbox import DockerSandbox

pytestmark = [pytest.mark.anyio, pytest.mark.docker]

SYSTEM_CALLS = PROGRAMS / "system_calls.c"
NAMES = re.findall(r'^    \{"(.+)", \w+\},$', SYSTEM_CALLS.read_text(), re.MULTILINE)
NOT_THERE = {"clone3 with new users"}
"""Whose flags a filter cannot see, so that it is refused altogether, and libraries use `clone`."""


@pytest.fixture(scope="module")
async def sandbox() -> AsyncIterator[DockerSandbox]:
    async with besieged() as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
async def called(sandbox: DockerSandbox) -> Mapping[str, StepResult]:
    """How each call ended, by its name; each is made by a process of its own."""
    steps = [Step(name=name, arguments=(name,)) for name in NAMES]
    result = await sandbox.run(attack(SYSTEM_CALLS.name, *steps))
    return {step.name: step for step in result.steps}


@pytest.mark.parametrize("name", NAMES)
async def test_a_system_call_is_refused(called: Mapping[str, StepResult], name: str) -> None:
    refusal = b"ENOSYS\n" if name in NOT_THERE else b"EPERM\n"
    assert (called[name].outcome, called[name].stdout) == (Outcome.OK, refusal)


@pytest.mark.parametrize("machine", ["32 bits", "x32"])
async def test_the_calls_of_another_machine_are_refused(
    sandbox: DockerSandbox, machine: str
) -> None:
    job = attack("other_calls.c", Step(arguments=(machine,)), Step("without", arguments=()))
    _, asked, without = (await sandbox.run(job)).steps
    assert without.outcome is Outcome.OK
    assert asked.signal == "SIGSYS" or asked.stdout == b"refused\n"


async def test_process_1_keeps_its_limits_and_its_turn(sandbox: DockerSandbox) -> None:
    assert await told(sandbox, "init_limits.c") == b"end\n"


async def test_a_program_may_change_its_own(sandbox: DockerSandbox) -> None:
    assert await told(sandbox, "own_limits.py") == b"5 (100, 100)\n"
