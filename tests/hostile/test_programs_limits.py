"""Programs that take whatever there is: processes, memory, time, output, disk, a compiler."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import AsyncIterator

import pytest

from kit.attacks import attack, attacked, besieged
from polyarena.sandbox import Outcome, SourceFile, Step
from polyarena_sandbox.docker_sandbox import DockerSandbox
from polyarena_sandbox.limits import Limits

pytestmark = [pytest.mark.anyio, pytest.mark.docker]

OUTPUT = Limits().output
LISTED = 64


@pytest.fixture(scope="module")
async def sandbox() -> AsyncIterator[DockerSandbox]:
    async with besieged() as sandbox:
        yield sandbox


@pytest.mark.parametrize(
    ("name", "outcome"),
    [
        pytest.param("fork_bomb.py", Outcome.PROCESSES, id="fork bomb"),
        pytest.param("fork_bomb.sh", Outcome.TIME, id="fork bomb of a shell"),
        pytest.param("thread_bomb.c", Outcome.PROCESSES, id="threads"),
        pytest.param("memory_bomb.py", Outcome.MEMORY, id="memory bomb"),
        pytest.param("memory_children.py", Outcome.MEMORY, id="memory bomb in children"),
        pytest.param("memory_in_files.py", Outcome.MEMORY, id="memory bomb in files"),
        pytest.param("spin.c", Outcome.TIME, id="CPU spin"),
        pytest.param("sleep.sh", Outcome.TIME, id="sleep past the limit"),
        pytest.param("stubborn.py", Outcome.TIME, id="ignoring SIGTERM and all other signals"),
        pytest.param("signal_storm.py", Outcome.TIME, id="a storm of signals to the init"),
        pytest.param("disk_many.py", Outcome.DISK, id="filling the disk with small files"),
        pytest.param("disk_ahead.c", Outcome.DISK, id="reserving a terabyte"),
        pytest.param("inodes.py", Outcome.DISK, id="filling the inodes"),
        pytest.param("million_files.py", Outcome.DISK, id="a million small files"),
    ],
)
async def test_a_program_that_takes_too_much_is_stopped(
    sandbox: DockerSandbox, name: str, outcome: Outcome
) -> None:
    step, result = await attacked(sandbox, attack(name))
    assert step.outcome is outcome, step.stderr[-300:]
    assert b"written" not in step.stdout
    assert len(result.files) <= Limits().files
    assert len(result.omitted) <= LISTED
    assert sum(len(file.data) for file in result.files) <= Limits().files_total


async def test_memory_is_the_reason_too_where_the_init_was_taken_for_the_program(
    sandbox: DockerSandbox,
) -> None:
    result = await sandbox.run(attack("oom_score.py"))
    assert result.outcome is Outcome.MEMORY


@pytest.mark.parametrize("folder", ["/work", "/tmp", "/dev/shm"])
async def test_filling_a_disk_ends_the_program(sandbox: DockerSandbox, folder: str) -> None:
    step, result = await attacked(sandbox, attack("disk.py", Step(arguments=(folder,))))
    assert step.outcome is Outcome.DISK
    assert result.files == ()


@pytest.mark.parametrize(
    ("stream", "end"),
    [
        pytest.param("1", "\n", id="lines"),
        pytest.param("1", "", id="no newline"),
        pytest.param("2", "", id="standard error"),
        pytest.param("1", "\x1b[31m", id="colours"),
    ],
)
async def test_a_billion_bytes_of_output_are_cut(
    sandbox: DockerSandbox, stream: str, end: str
) -> None:
    step, _ = await attacked(sandbox, attack("flood.py", Step(arguments=(stream, end))))
    assert step.outcome is Outcome.OUTPUT
    assert (step.stdout_cut, step.stderr_cut) == (stream == "1", stream == "2")
    assert len(step.stdout + step.stderr) == OUTPUT


async def test_floods_on_both_streams_are_cut(sandbox: DockerSandbox) -> None:
    step, _ = await attacked(sandbox, attack("flood_all.sh"))
    assert step.outcome is Outcome.OUTPUT
    assert max(len(step.stdout), len(step.stderr)) == OUTPUT


@pytest.mark.parametrize(
    ("name", "outcomes"),
    [
        pytest.param("repeat.c", {Outcome.TIME}, id="timing out"),
        pytest.param("macros.c", {Outcome.MEMORY, Outcome.TIME}, id="macros"),
        pytest.param("templates.cpp", {Outcome.MEMORY, Outcome.TIME}, id="templates"),
        pytest.param("include_zero.c", {Outcome.MEMORY}, id="an include of /dev/zero"),
        pytest.param("include_itself.c", {Outcome.OUTPUT}, id="an include of itself"),
        pytest.param("errors.c", {Outcome.OUTPUT}, id="a million errors"),
        pytest.param("large_object.c", {Outcome.FAILED, Outcome.DISK}, id="a large object"),
    ],
)
async def test_a_compile_time_bomb_ends_the_compiler(
    sandbox: DockerSandbox, name: str, outcomes: set[Outcome]
) -> None:
    result = await sandbox.run(attack(name))
    (step,) = result.steps
    assert step.name == "compile"
    assert step.outcome in outcomes, step.stderr[-300:]
    assert not result.compiled
    assert result.files == ()


@pytest.fixture(scope="module")
def bombs() -> list[SourceFile]:
    zeros = bytes(100_000_000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("zeros", zeros)
    members = gzip.compress(zeros, 1) * 10
    return [SourceFile("bomb.zip", buffer.getvalue()), SourceFile("bomb.gz", members)]


@pytest.mark.parametrize(
    ("where", "outcome"), [("to disk", Outcome.DISK), ("to memory", Outcome.MEMORY)]
)
async def test_a_zip_bomb_is_unpacked_only_so_far(
    sandbox: DockerSandbox, bombs: list[SourceFile], where: str, outcome: Outcome
) -> None:
    job = attack("zip_bomb.py", Step(arguments=(where,)), files=bombs, seconds=10)
    step, result = await attacked(sandbox, job)
    assert step.outcome is outcome, step.stderr[-300:]
    assert result.files == ()
