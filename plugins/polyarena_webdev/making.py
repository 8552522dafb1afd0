"""An app of static files: built, looked at, and put into a part."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

import structlog

from polyarena import App, BadRequest, Status, Tools
from polyarena.apps import BuiltApp, SeenApp, build, look

from .kinds import STATIC
from .looking import looked_at, status
from .problems import faults_of
from .sources import Sources

_TITLES = {kind.id: kind.title for kind in STATIC}

log = structlog.get_logger("polyarena.webdev")


async def make_static(sources: Sources, tools: Tools) -> AsyncGenerator[Status | App]:
    """Build an app and look at it; yields how far it is, and the app last.

    Raises:
        BadJob: a file's name is none that can be built.
        SandboxError: that could not be done, for no fault of the app's.
        StorageError: it could not be stored.
    """
    built = BuiltApp.failed("")
    async with aclosing(build(tools.sandbox, sources, tools.owner)) as builds:
        async for event in builds:
            if isinstance(event, BuiltApp):
                built = event
            else:
                yield status(event, "built", "Building")
    if built.missing:
        log.warning("an app asked for libraries that are not installed", names=built.missing)
    app = _unbuilt(built)
    if not built.ok:
        yield app
        return
    try:
        bundle = await tools.keep_bundle(built.files)
    except BadRequest as error:
        yield app.model_copy(update={"problems": (f"It could not be kept: {error}",)})
        return
    seen = SeenApp()
    async with aclosing(look(tools.sandbox, built, tools.owner)) as looks:
        async for sight in looks:
            if isinstance(sight, SeenApp):
                seen = sight
            else:
                yield status(sight, "looked at", "Looking at it in a browser")
    yield Status("Done")
    app = app.model_copy(update={"bundle": bundle, "entry": built.entry})
    yield await looked_at(app, built.files, seen, tools)


def _unbuilt(built: BuiltApp) -> App:
    return App(
        kind=_TITLES.get(built.kind, "App"),
        problems=faults_of(built),
        figures={"build_seconds": built.seconds, "missing": len(built.missing)},
        libraries=built.libraries,
        missing=built.missing,
    )
