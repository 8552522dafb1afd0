"""A suite that every sandbox must pass, whatever runs the programs."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from enum import StrEnum

from polyarena.sandbox import Sandbox

from . import check_apps, check_limits, check_runs, check_servers, check_walls
from .checking import Check, CheckFailed

CHECKS: tuple[Check, ...] = (
    *check_runs.CHECKS,
    *check_limits.CHECKS,
    *check_walls.CHECKS,
    *check_apps.CHECKS,
    *check_servers.CHECKS,
)


class Verdict(StrEnum):
    """What came of a check; `not built` where its language's environment is not there."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_BUILT = "not built"


@dataclass(frozen=True, slots=True)
class Checked:
    """A check that was made: by name, what came of it, how many seconds it took, and why."""

    name: str
    verdict: Verdict
    seconds: float
    message: str = ""


async def selfcheck(sandbox: Sandbox) -> AsyncGenerator[Checked]:
    """Make every check of a sandbox that was started, one after the other."""
    for check in CHECKS:
        ready = {language.id for language in sandbox.languages() if language.ready}
        ready |= {kind.id for kind in sandbox.server_kinds() if kind.ready}
        began = time.monotonic()
        if check.language not in ready:
            yield Checked(check.name, Verdict.NOT_BUILT, 0.0)
            continue
        message = ""
        try:
            await check.body(sandbox)
        except CheckFailed as failure:
            message = str(failure)
        except Exception as error:
            message = f"{type(error).__name__}: {error}"
        verdict = Verdict.FAILED if message else Verdict.PASSED
        yield Checked(check.name, verdict, time.monotonic() - began, message)
