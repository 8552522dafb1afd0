"""Programs that look for what is not theirs: the host, its kernel, its network, other programs."""

from __future__ import annotations

import asyncio
import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from kit.attacks import attack, besieged, told
from polyarena.sandbox import Outcome, Step
from polyarena_sandbox.docker_sandbox import DockerSandbox

pytestmark = [pytest.mark.anyio, pytest.mark.docker]


@pytest.fixture(scope="module")
def secret() -> Iterator[str]:
    """What stands in the environment of the server."""
    value = secrets.token_hex(16)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLYARENA_SECRET_KEY", value)
        yield value


@pytest.fixture(scope="module")
async def sandbox(secret: str) -> AsyncIterator[DockerSandbox]:
    async with besieged() as sandbox:
        yield sandbox


@pytest.fixture
def host_file(secret: str) -> Iterator[Path]:
    """A file of the host that anybody on it may read."""
    with tempfile.TemporaryDirectory(dir="/var/tmp") as folder:
        os.chmod(folder, 0o755)
        path = Path(folder, "host.txt")
        path.write_text(secret)
        yield path


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("other_processes.py", id="proc of others"),
        pytest.param("kernel_files.py", id="sys, dev and kernel messages"),
        pytest.param("outside.py", id="writing outside the work directory"),
    ],
)
async def test_nothing_is_reached_by(sandbox: DockerSandbox, name: str) -> None:
    assert await told(sandbox, name) == b"end\n"


async def test_no_file_of_the_host_and_no_socket_of_docker_is_reached(
    sandbox: DockerSandbox, host_file: Path
) -> None:
    assert await told(sandbox, "host_files.py", str(host_file)) == b"end\n"


async def test_nothing_is_reached_on_the_network(sandbox: DockerSandbox) -> None:
    assert await told(sandbox, "network.py") == b"interfaces lo\n"


async def test_a_secret_of_the_server_is_nowhere(
    sandbox: DockerSandbox, secret: str, host_file: Path
) -> None:
    assert os.environ["POLYARENA_SECRET_KEY"] == secret
    assert await told(sandbox, "secrets.sh", stdin=f"{secret}\n".encode()) == b"end\n"


async def test_a_secret_that_is_there_would_be_found(sandbox: DockerSandbox, secret: str) -> None:
    own = Step(stdin=f"{secret}\n".encode(), arguments=(secret,))
    result = await sandbox.run(attack("secrets.sh", own, seconds=10))
    assert b"cmdline" in result.steps[0].stdout


async def test_two_programs_do_not_meet(sandbox: DockerSandbox) -> None:
    def seeking(mine: str, other: str) -> Step:
        return Step(arguments=(mine, other), stdin=b"1.5\n")

    one, other = await asyncio.gather(
        sandbox.run(attack("meeting.py", seeking("left", "right"), seconds=10)),
        sandbox.run(attack("meeting.py", seeking("right", "left"), seconds=10)),
    )
    for result in (one, other):
        assert result.outcome is Outcome.OK, result.steps[0].stderr
        assert result.steps[0].stdout == b"shown\n"


async def test_two_that_are_together_would_meet(sandbox: DockerSandbox) -> None:
    script = "echo 1 | python meeting.py left right & echo 1 | python meeting.py right left; wait"
    both = Step(command=("sh", "-c", script))
    result = await sandbox.run(attack("meeting.py", both, seconds=10))
    lines = set(result.steps[0].stdout.splitlines())
    assert {b"met /tmp", b"met System V", b"met queue", b"met lock", b"met process"} <= lines
    assert sum(line.startswith(b"met socket") for line in lines) == 4
