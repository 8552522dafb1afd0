"""Whose fault it is when a container ends before it has told of its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import docker
import pytest

from kit.attacks import PROGRAMS
from kit.sandboxes import built, ours, python, started, under_way
from kit.warden import compiled, image
from polyarena import SandboxUnavailable
from polyarena.sandbox import Job, Outcome, Step
from polyarena_sandbox import container

pytestmark = [pytest.mark.anyio, pytest.mark.docker]


@pytest.fixture(scope="module", autouse=True)
def _impostor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Containers whose process 1 does as a step's argument says."""
    built("python")
    folder = tmp_path_factory.mktemp("impostor")
    with (
        image(compiled(folder, PROGRAMS / "impostor.c")) as tag,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(container, "tag", lambda image: tag)
        yield


def ending(how: str) -> Job:
    return python("", Step(arguments=(how,)))


@pytest.mark.parametrize("how", ["leave 1", "leave 2", "crash"])
async def test_a_container_that_ends_in_mid_step_is_the_programs_failure(how: str) -> None:
    async with started() as sandbox:
        result = await sandbox.run(ending(how))
    (step,) = result.steps
    assert (result.outcome, step.outcome) == (Outcome.FAILED, Outcome.FAILED)
    assert (step.name, step.exit_code, step.signal) == ("run", None, "SIGKILL")
    assert step.stdout_cut


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        pytest.param("never begin", "ended by itself", id="before the step"),
        pytest.param("leave 0", "ended by itself", id="cut off"),
        pytest.param("leave 255", "ended by itself", id="lost sight of"),
        pytest.param("babble", "was not understood", id="speaking otherwise"),
    ],
)
async def test_other_ends_are_no_fault_of_the_program(how: str, reason: str) -> None:
    async with started() as sandbox:
        with pytest.raises(SandboxUnavailable, match=reason):
            await sandbox.run(ending(how))


async def test_a_container_that_is_killed_from_outside_is_no_fault_of_the_program() -> None:
    async with started() as sandbox, under_way(sandbox, ending("wait")) as running:
        with closing(docker.from_env()) as client:
            client.api.kill(ours()[0]["Id"])
        with pytest.raises(SandboxUnavailable, match="ended by itself"):
            await running
