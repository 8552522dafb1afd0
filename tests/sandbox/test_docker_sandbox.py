"""Programs in real containers."""

from __future__ import annotations

import asyncio
import threading
from contextlib import closing

import docker
import pytest

from kit.sandboxes import (
    SPIN,
    built,
    events_of,
    ours,
    python,
    server_with_a_container,
    started,
    under_way,
    until,
)
from polyarena import BadJob, SandboxBusy, SandboxUnavailable
from polyarena.sandbox import Job, Outcome, Queued, Result, Running, SourceFile, Step
from polyarena_sandbox import environments
from polyarena_sandbox.images import tag

pytestmark = [pytest.mark.anyio, pytest.mark.docker]


@pytest.fixture(scope="module", autouse=True)
def _images() -> None:
    built("python", "native")


async def test_a_program_runs_and_says_what_ran_it() -> None:
    async with started() as sandbox:
        result = await sandbox.run(python("print(input())", Step(stdin=b"hello\n")))
    assert result.outcome is Outcome.OK
    assert result.steps[0].stdout == b"hello\n"
    assert result.environment == tag("python")
    assert 0 < result.steps[0].seconds < result.seconds
    assert result.queued > 0


async def test_a_compiled_program_begins_with_its_compiler() -> None:
    source = b'#include <stdio.h>\nint main(void) { puts("hello"); return 3; }'
    async with started() as sandbox:
        events = await events_of(sandbox, Job("c", (SourceFile("main.c", source),)), "")
    assert [event.step for event in events if isinstance(event, Running)] == ["compile", "run"]
    result = events[-1]
    assert isinstance(result, Result)
    assert result.compiled
    assert (result.outcome, result.steps[1].exit_code) == (Outcome.FAILED, 3)


async def test_a_container_may_do_little_and_holds_nothing_of_ours() -> None:
    options = {"memory": "64MB", "cpus": 0.5, "processes": 16}
    async with started(**options) as sandbox, under_way(sandbox, python(SPIN)):
        (found,) = ours()
    host, config = found["HostConfig"], found["Config"]
    assert host["NetworkMode"] == "none"
    assert host["ReadonlyRootfs"] is True
    assert (host["CapDrop"], host["CapAdd"], host["Privileged"]) == (["ALL"], None, False)
    assert "no-new-privileges:true" in host["SecurityOpt"]
    assert any(option.startswith('seccomp={"defaultAction"') for option in host["SecurityOpt"])
    assert (host["Memory"], host["MemorySwap"]) == (64_000_000, 64_000_000)
    assert (host["NanoCpus"], host["PidsLimit"]) == (500_000_000, 16)
    assert (host["LogConfig"]["Type"], host["IpcMode"]) == ("none", "none")
    assert not host["Binds"]
    assert not found["Mounts"]
    user, group = map(int, config["User"].split(":"))
    assert (user in range(20_000, 60_000), group) == (True, 65_534)
    for folder in ("/work", "/tmp"):
        assert {"nosuid", "nodev", "nr_inodes=4096"} <= set(host["Tmpfs"][folder].split(","))


async def test_containers_have_different_users() -> None:
    async with (
        started(running=2) as sandbox,
        under_way(sandbox, python(SPIN)),
        under_way(sandbox, python(SPIN)),
    ):
        assert len({one["Config"]["User"] for one in ours()}) == 2


async def test_every_run_has_a_container_of_its_own_and_none_is_left() -> None:
    source = "import os; print(os.listdir('/work')); open('/work/trace', 'w')"
    async with started(warm={"python": 1}, warm_memory="32MB") as sandbox:
        for _ in range(3):
            result = await sandbox.run(python(source))
            assert result.steps[0].stdout == b"['main.py']\n"
    assert ours() == []


async def test_a_warm_container_that_died_is_replaced_and_never_handed_out() -> None:
    async with started(warm={"python": 1}, warm_memory="16MiB") as sandbox:
        await until(lambda: sandbox.warm("python") == 1)
        (waiting,) = ours()
        with closing(docker.DockerClient.from_env()) as client:
            client.api.kill(waiting["Id"])
        result = await sandbox.run(python("print(1)"))
        assert result.steps[0].stdout == b"1\n"
        await until(lambda: sandbox.warm("python") == 1)
        assert waiting["Id"] not in [one["Id"] for one in ours()]


async def test_cancelling_kills_at_once_and_makes_room() -> None:
    async with started(running=1) as sandbox:
        async with under_way(sandbox, python(SPIN)) as running:
            running.cancel()
            result = await sandbox.run(python("print(1)"))
            assert result.outcome is Outcome.OK
        await until(lambda: not ours())


async def test_the_queue_tells_the_place_and_refuses_when_full() -> None:
    async with started(running=1, waiting=2) as sandbox:
        async with under_way(sandbox, python(SPIN)) as running:
            first = asyncio.create_task(events_of(sandbox, python("print(1)"), "a"))
            second = asyncio.create_task(events_of(sandbox, python("print(2)"), "b"))
            await asyncio.sleep(0.05)
            with pytest.raises(SandboxBusy):
                await sandbox.run(python("print(3)"), "c")
            running.cancel()
        assert (await first)[0] == Queued(1)
        events = await second
        assert events[:2] == [Queued(2), Queued(1)]
        result = events[-1]
        assert isinstance(result, Result)
        assert result.queued > 0


async def test_jobs_that_cannot_be_run_are_refused_before_they_wait() -> None:
    large = (SourceFile("main.py", b"#"), SourceFile("large", bytes(2 << 20)))
    async with started(disk="1MiB") as sandbox:
        with pytest.raises(BadJob, match="1,048,576"):
            await sandbox.run(Job("python", large))
        with pytest.raises(BadJob, match="python"):
            await sandbox.run(Job("cobol", large[:1]))


async def test_a_container_that_ends_in_mid_run_is_no_fault_of_the_program() -> None:
    async with started() as sandbox, under_way(sandbox, python(SPIN)) as running:
        with closing(docker.DockerClient.from_env()) as client:
            client.api.kill(ours()[0]["Id"])
        with pytest.raises(SandboxUnavailable, match="ended by itself"):
            await running


async def test_closing_ends_what_runs() -> None:
    async with started() as sandbox, under_way(sandbox, python(SPIN)) as running:
        await sandbox.close()
        with pytest.raises(SandboxUnavailable):
            await running
        assert ours() == []


async def test_an_environment_that_is_not_built_is_said_to_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(environments, "is_built", lambda client, image: False)
    async with started() as sandbox:
        assert "polyarena sandbox build python" in (sandbox.unavailable() or "")
        assert not any(language.ready for language in sandbox.languages())
        with pytest.raises(SandboxUnavailable, match="polyarena sandbox build python"):
            await sandbox.run(python("print(1)"))


async def test_what_is_not_built_is_built_in_the_background(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    released = threading.Event()

    def build(client: object, image: str, report: object) -> None:
        if image != "python":
            raise SandboxUnavailable("no space is left")
        released.wait()

    monkeypatch.setattr(environments, "is_built", lambda client, image: False)
    monkeypatch.setattr(environments, "build", build)
    async with started(build=True) as sandbox:
        with pytest.raises(SandboxUnavailable, match="is being built"):
            await sandbox.run(python("print(1)"))
        released.set()
        await until(lambda: any(language.ready for language in sandbox.languages()))
        assert (await sandbox.run(python("print(1)"))).outcome is Outcome.OK
        with pytest.raises(SandboxUnavailable, match="no space is left"):
            await sandbox.run(Job("c", (SourceFile("main.c", b"int main() {}"),)))


async def test_what_a_crashed_server_left_is_removed_and_a_living_ones_is_not() -> None:
    with server_with_a_container() as crashed, server_with_a_container() as living:
        assert len(ours(crashed.label)) == len(ours(living.label)) == 1
        crashed.process.kill()
        crashed.process.wait()
        async with started():
            await until(lambda: not ours(crashed.label))
            assert len(ours(living.label)) == 1
    async with started():
        await until(lambda: not ours(living.label))
