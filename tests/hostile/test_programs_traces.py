"""What is left on the engine and its machine of hostile programs, while the server lives on."""

from __future__ import annotations

import pytest

from kit.attacks import CLOSE, attack
from kit.sandboxes import built, started, under_way
from kit.traces import following

pytestmark = [pytest.mark.anyio, pytest.mark.docker]

NOT_WARM = {**CLOSE, "warm_memory": 0}


@pytest.fixture(scope="module", autouse=True)
def _images() -> None:
    built("python", "native", "shell")


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("fork_bomb.py", id="fork bomb"),
        pytest.param("memory_bomb.py", id="memory bomb"),
        pytest.param("oom_score.py", id="memory bomb that takes the init"),
        pytest.param("stubborn.py", id="ignoring signals"),
        pytest.param("daemon.py", id="daemons"),
        pytest.param("inodes.py", id="filling the inodes"),
        pytest.param("memory_in_files.py", id="filling the disk"),
        pytest.param("flood_all.sh", id="floods"),
        pytest.param("include_zero.c", id="compile-time bomb"),
    ],
)
async def test_no_container_process_volume_or_file_is_left_of(name: str) -> None:
    with following() as containers:
        async with started(**NOT_WARM) as sandbox:
            await sandbox.run(attack(name))
            await containers.vanish()


@pytest.mark.parametrize("name", ["stubborn.py", "fork_bomb.sh", "repeat.c"])
async def test_nothing_is_left_of_a_program_that_is_cancelled(name: str) -> None:
    with following() as containers:
        async with started(**NOT_WARM) as sandbox:
            async with under_way(sandbox, attack(name)) as running:
                running.cancel()
            await containers.vanish()


async def test_nothing_is_left_of_a_server_that_is_closed_meanwhile() -> None:
    with following() as containers:
        async with started(**CLOSE) as sandbox, under_way(sandbox, attack("fork_bomb.sh")):
            await sandbox.close()
        await containers.vanish()
