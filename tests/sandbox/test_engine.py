"""Engines that are not there, go away, or hang."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.engine_door import EngineDoor
from kit.sandboxes import SPIN, built, ours, python, started, under_way, until
from polyarena import SandboxUnavailable
from polyarena.sandbox import Outcome

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.docker,
    # docker-py leaves a socket that could not connect to be collected.
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]


@pytest.fixture(scope="module", autouse=True)
def _images() -> None:
    built("python")


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    yield
    gc.collect()


async def test_an_engine_that_goes_away_is_told_and_all_goes_on_when_it_is_back(
    tmp_path: Path,
) -> None:
    with EngineDoor(tmp_path) as door:
        door.open()
        async with started(host=door.url, warm={"python": 1}, warm_memory="16MiB") as sandbox:
            async with under_way(sandbox, python(SPIN)) as running:
                door.shut()
                async with asyncio.timeout(5):
                    with pytest.raises(SandboxUnavailable, match="cannot be reached"):
                        await running
            assert "DOCKER_HOST" in (sandbox.unavailable() or "")
            with pytest.raises(SandboxUnavailable, match="cannot be reached"):
                await sandbox.run(python("print(1)"))
            door.open()
            await until(lambda: sandbox.unavailable() is None)
            assert (await sandbox.run(python("print(1)"))).outcome is Outcome.OK
            await until(lambda: len(ours()) == 1)
    assert ours() == []


async def test_an_engine_that_hangs_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for constant in ("PING_SECONDS", "CALL_SECONDS"):
        monkeypatch.setattr(f"polyarena_sandbox.engine.{constant}", 1)
    with EngineDoor(tmp_path) as door:
        door.open()
        async with started(host=door.url) as sandbox:
            async with under_way(sandbox, python(SPIN)) as running:
                door.freeze()
                with pytest.raises(SandboxUnavailable, match="cannot be reached"):
                    await running
            door.open()
            await until(lambda: sandbox.unavailable() is None)
            await until(lambda: not ours())


async def test_without_an_engine_it_starts_and_says_the_remedy(tmp_path: Path) -> None:
    with EngineDoor(tmp_path) as door:
        async with started(host=door.url) as sandbox:
            assert "No such file" in (sandbox.unavailable() or "")
            assert not any(language.ready for language in sandbox.languages())
            with pytest.raises(SandboxUnavailable, match="DOCKER_HOST"):
                await sandbox.run(python("print(1)"))
            door.open()
            await until(lambda: sandbox.unavailable() is None)
            await until(lambda: any(language.ready for language in sandbox.languages()))
            assert (await sandbox.run(python("print(1)"))).outcome is Outcome.OK
