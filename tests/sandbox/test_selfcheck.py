"""The suite that every sandbox must pass."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import pytest

from kit.sandboxes import built, started
from polyarena import SandboxUnavailable
from polyarena.sandbox import Job, Language, Outcome, Progress, Result, Sandbox
from polyarena_sandbox.images import IMAGES
from polyarena_sandbox.selfcheck import CHECKS, Checked, Verdict, selfcheck

pytestmark = pytest.mark.anyio


class Idle(Sandbox):
    """Runs nothing, and says that all went well, or fails."""

    name = "idle"

    def __init__(self, *languages: str, error: Exception | None = None) -> None:
        self._languages = [Language(one, one, "1", "main", ()) for one in languages]
        self._error = error

    def unavailable(self) -> None:
        return None

    def languages(self) -> list[Language]:
        return self._languages

    async def stream(self, job: Job, owner: str = "") -> AsyncGenerator[Progress | Result]:
        if self._error is not None:
            raise self._error
        yield Result(Outcome.OK, (), (), (), "idle", 0, 0)


async def _failed(sandbox: Sandbox) -> list[Checked]:
    checked = [one async for one in selfcheck(sandbox)]
    assert [one.name for one in checked] == [check.name for check in CHECKS]
    return [one for one in checked if one.verdict is not Verdict.PASSED]


@pytest.mark.docker
async def test_docker_passes() -> None:
    built(*IMAGES)
    async with started(warm={"python": 2}, warm_memory="64MB") as sandbox:
        assert await _failed(sandbox) == []


async def test_a_sandbox_that_runs_nothing_fails_with_reasons() -> None:
    failed = await _failed(Idle(*{check.language for check in CHECKS}))
    assert len(failed) > len(CHECKS) - 3
    assert all(one.verdict is Verdict.FAILED and one.message for one in failed)


async def test_what_a_sandbox_raises_is_a_failed_check() -> None:
    failed = await _failed(Idle("python", error=SandboxUnavailable("gone")))
    messages = [one.message for one in failed if one.verdict is Verdict.FAILED]
    assert set(messages) == {"SandboxUnavailable: gone"}


async def test_a_language_that_is_not_built_is_told_apart() -> None:
    failed = await _failed(Idle())
    assert len(failed) == len(CHECKS)
    assert {one.verdict for one in failed} == {Verdict.NOT_BUILT}
