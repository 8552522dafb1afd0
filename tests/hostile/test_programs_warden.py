"""Programs that attack what watches over them, or what it says about them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from kit.attacks import attack, attacked, besieged, told
from polyarena.sandbox import Outcome, Step
from polyarena_sandbox.docker_sandbox import DockerSandbox

pytestmark = [pytest.mark.anyio, pytest.mark.docker]

EVERY = bytes(range(256))
BROKEN = b"\xc3\x28 \xed\xa0\x80 \xf8\x88\x80\x80\x80 \xff\xfe \xe2\x82"
ORDERS = b"\x1b[2J\x1b]0;title\x07\x1b[8m\r\x08\x9b31m\x0e"


@pytest.fixture(scope="module")
async def sandbox() -> AsyncIterator[DockerSandbox]:
    async with besieged() as sandbox:
        yield sandbox


async def test_killing_the_parent_and_the_init_does_nothing(sandbox: DockerSandbox) -> None:
    assert await told(sandbox, "kill_init.py") == b"end\n"


async def test_daemons_are_neither_waited_for_nor_left(sandbox: DockerSandbox) -> None:
    step, _ = await attacked(sandbox, attack("daemon.py", seconds=30))
    assert (step.outcome, step.stdout) == (Outcome.OK, b"end\n")


async def test_output_that_is_held_open_is_not_waited_for(sandbox: DockerSandbox) -> None:
    step, _ = await attacked(sandbox, attack("hold_output.sh", seconds=30))
    assert step.outcome is Outcome.OK
    assert step.stdout.startswith((b"first\n", b"more\n"))


async def test_closing_the_output_does_not_stop_the_clock(sandbox: DockerSandbox) -> None:
    step, _ = await attacked(sandbox, attack("close_output.py"))
    assert (step.outcome, step.stdout) == (Outcome.TIME, b"begun\n")


async def test_binary_output_comes_back_as_it_is(sandbox: DockerSandbox) -> None:
    step, _ = await attacked(sandbox, attack("binary.py"))
    assert step.outcome is Outcome.OK
    assert step.stdout == EVERY + BROKEN + ORDERS
    assert step.stderr == ORDERS + BROKEN + EVERY


async def test_a_forged_protocol_is_output_like_any_other(sandbox: DockerSandbox) -> None:
    step, result = await attacked(sandbox, attack("forge.py", Step("forger")))
    assert [one.name for one in result.steps] == ["forger", "after"]
    assert (result.outcome, result.files, result.omitted) == (Outcome.OK, (), ())
    assert step.stdout == step.stderr
    assert step.stdout.startswith(b"O\0\0\0\x06forgedR\0\0\0\x1c")
    assert len(step.stdout) == 290


async def test_a_container_with_nothing_left_still_reports(sandbox: DockerSandbox) -> None:
    step, result = await attacked(sandbox, attack("starve_init.py", seconds=10))
    assert (step.outcome, step.stdout) == (Outcome.OK, b"end\n")
    assert result.files == ()
