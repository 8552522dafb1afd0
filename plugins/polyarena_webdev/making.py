"""An app of static files: built, looked at, and put into a part."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

import structlog

from polyarena import (
    App,
    BadRequest,
    ConsoleLine,
    File,
    Image,
    PictureRefused,
    Shot,
    Status,
    Tools,
)
from polyarena.apps import DEVICES, BuiltApp, SeenApp, build, look
from polyarena.sandbox import Progress, Queued

from .kinds import STATIC
from .problems import faults_of, problems_of
from .sources import Sources

_TITLES = {kind.id: kind.title for kind in STATIC}
_LEVELS = {"debug": "log", "info": "info", "warning": "warning", "error": "error"}
_DEVICE_WORDS = {"desktop": "wide screen", "tablet": "tablet", "phone": "phone"}

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
                yield _status(event, "built", "Building")
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
                yield _status(sight, "looked at", "Looking at it in a browser")
    yield Status("Done")
    yield await _looked_at(app, bundle, built, seen, tools)


def _status(progress: Progress, waiting: str, doing: str) -> Status:
    if isinstance(progress, Queued):
        return Status(f"Waiting to be {waiting}, place {progress.place}")
    return Status(doing)


def _unbuilt(built: BuiltApp) -> App:
    return App(
        kind=_TITLES.get(built.kind, "App"),
        problems=faults_of(built),
        figures={"build_seconds": built.seconds, "missing": len(built.missing)},
        libraries=built.libraries,
    )


async def _looked_at(app: App, bundle: str, built: BuiltApp, seen: SeenApp, tools: Tools) -> App:
    try:
        shots = await _shots(seen, tools)
    except PictureRefused as error:
        return app.model_copy(update={"problems": (f"The app is not shown: {error}",)})
    own = [ConsoleLine(text=error, level="error") for error in seen.errors]
    console = [
        ConsoleLine.model_validate({"text": line.text, "level": _LEVELS[line.level]})
        for line in seen.console
    ]
    return app.model_copy(
        update={
            "bundle": bundle,
            "entry": built.entry,
            "files": len(built.files),
            "bytes": sum(map(len, built.files.values())),
            "shots": shots,
            "problems": (*faults_of(built), *problems_of(seen)),
            "console": (*own, *console),
            "figures": {**app.figures, **_figures(seen)},
        }
    )


async def _shots(seen: SeenApp, tools: Tools) -> tuple[Shot, ...]:
    shots = []
    for device in DEVICES:
        if device not in seen.shots:
            continue
        kept: Image | File = await tools.keep(seen.shots[device], f"{device}.png")
        if isinstance(kept, Image):
            alt = f"The app on a {_DEVICE_WORDS[device]}"
            shots.append(Shot(device=device, image=kept.model_copy(update={"alt": alt})))
    return tuple(shots)


def _figures(seen: SeenApp) -> dict[str, float]:
    errors = sum(line.level == "error" for line in seen.console)
    found: dict[str, float] = {
        "clicked": seen.clicked,
        "dead_controls": len(seen.dead_controls),
        "errors": len(seen.errors) + errors,
        "failed_requests": len(seen.failed_requests),
        "blank": float(seen.blank),
        "stuck": float(seen.hung or seen.crashed),
    }
    if seen.first_paint_ms is not None:
        found["first_paint_ms"] = seen.first_paint_ms
    if seen.findings is not None:
        found["accessibility"] = len(seen.findings)
    return found
