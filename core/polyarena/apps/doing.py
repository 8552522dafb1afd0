"""Having a sandbox build an app, and look at it."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from typing import Any, TypeVar

from ..errors import SandboxUnavailable
from ..sandbox import Job, Progress, Result, RunningApp, Sandbox
from .jobs import BUILD, LOOK, TOO_MUCH, ToolDied, build_job, built_of, look_job, seen_of
from .reports import BuiltApp, SeenApp

TRIES = 2

_Told = TypeVar("_Told", BuiltApp, SeenApp)


def expect(sandbox: Sandbox) -> None:
    """Have a sandbox get ready for an app that will come.

    Raises:
        SandboxUnavailable: it cannot run anything, or not what builds apps and looks at them.
    """
    if reason := sandbox.unavailable():
        raise SandboxUnavailable(reason)
    ready = {language.id for language in sandbox.languages() if language.ready}
    if not {BUILD, LOOK} <= ready:
        raise SandboxUnavailable("What builds web apps and looks at them is not there yet.")
    for tool in (BUILD, LOOK):
        sandbox.expect(tool)


async def build(
    sandbox: Sandbox, files: Mapping[str, str | bytes], owner: str = ""
) -> AsyncGenerator[Progress | BuiltApp]:
    """Build an app from its author's files by name; yields how far it is, and the app last.

    Raises:
        BadJob: there are no files, or a name is none inside a folder.
        SandboxBusy, SandboxUnavailable: it could not be built, for no fault of the app's.
    """
    fallen = BuiltApp.failed(TOO_MUCH)
    doing = _insist(sandbox, build_job(files), owner, built_of, fallen)
    async with aclosing(doing) as events:
        async for event in events:
            yield event


async def look(
    sandbox: Sandbox, app: BuiltApp | RunningApp, owner: str = "", **options: Any
) -> AsyncGenerator[Progress | SeenApp]:
    """Look at a built app, or at one that runs; yields how far it is, and what was seen last.

    `options` are `sizes` (some of `DEVICES`), `axe` (whether to examine it) and `walk` (for how
    many seconds to try its controls).

    Raises:
        BadJob: the app has no files.
        SandboxBusy, SandboxUnavailable: it could not be looked at, for no fault of the app's.
    """
    fallen = SeenApp(blank=True, crashed=True)
    doing = _insist(sandbox, look_job(app, **options), owner, seen_of, fallen)
    async with aclosing(doing) as events:
        async for event in events:
            yield event


async def _insist(
    sandbox: Sandbox, job: Job, owner: str, read: Callable[[Result], _Told], fallen: _Told
) -> AsyncGenerator[Progress | _Told]:
    """Do a job, and once more where that failed; a tool that dies each time dies of the app."""
    for left in reversed(range(TRIES)):
        try:
            async with aclosing(sandbox.stream(job, owner)) as events:
                async for event in events:
                    if isinstance(event, Result):
                        yield read(event)
                        return
                    yield event
        except ToolDied:
            continue
        except SandboxUnavailable:
            if not left:
                raise
    yield fallen
