"""What was seen of an app, put into its part."""

from __future__ import annotations

from collections.abc import Mapping

from polyarena import App, ConsoleLine, File, Image, PictureRefused, Shot, Status, Tools
from polyarena.apps import DEVICES, SeenApp
from polyarena.sandbox import Progress, Queued

from .problems import problems_of

_LEVELS = {"debug": "log", "info": "info", "warning": "warning", "error": "error"}
_DEVICE_WORDS = {"desktop": "wide screen", "tablet": "tablet", "phone": "phone"}


def status(progress: Progress, waiting: str, doing: str) -> Status:
    """How far an app is, in words."""
    if isinstance(progress, Queued):
        return Status(f"Waiting to be {waiting}, place {progress.place}")
    return Status(doing)


async def looked_at(app: App, files: Mapping[str, bytes], seen: SeenApp, tools: Tools) -> App:
    """An app with what was seen of it; without its bundle where its pictures may not be shown.

    Raises:
        StorageError: a picture could not be stored.
    """
    try:
        shots = await _shots(seen, tools)
    except PictureRefused as error:
        refused = (f"The app is not shown: {error}",)
        return app.model_copy(update={"bundle": "", "problems": refused})
    own = [ConsoleLine(text=error, level="error") for error in seen.errors]
    console = [
        ConsoleLine.model_validate({"text": line.text, "level": _LEVELS[line.level]})
        for line in seen.console
    ]
    return app.model_copy(
        update={
            "files": len(files),
            "bytes": sum(map(len, files.values())),
            "shots": shots,
            "problems": (*app.problems, *problems_of(seen)),
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
