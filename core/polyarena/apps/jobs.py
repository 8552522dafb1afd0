"""The jobs of the tools for web apps, and what their results say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from ..errors import SandboxUnavailable
from ..sandbox import Job, Outcome, Result, RunningApp, SourceFile, Step, StepResult
from ..serving import REACH_PORT
from .reports import DEVICES, BuiltApp, SeenApp

BUILD, LOOK = "web-build", "web-look"
"""The ids of both tools among a sandbox's languages."""

SOURCES, BUNDLE, BUILD_REPORT = "src", "dist", "build.json"
"""Where `BUILD` takes an author's files from, and where it puts the bundle and its report."""

APP, SEEN, LOOK_REPORT = "app", "out", "out/report.json"
"""Where `LOOK` takes a bundle from, and where it puts pictures and its report."""

TOO_MUCH = "The code is too much for the builder."
_OVER: Mapping[Outcome, str] = {
    Outcome.TIME: "Building it took too long, and was ended.",
    Outcome.MEMORY: "Building it took too much memory, and was ended.",
    Outcome.DISK: "Building it took too much room, and was ended.",
    Outcome.PROCESSES: "Building it took too many processes, and was ended.",
    Outcome.OUTPUT: "Building it said too much, and was ended.",
}
_NOT_ALL = "The app is too large: some of its files could not be handed on."
_DIED = b"without an answer"
_BUILT, _BAD = 0, 1
_PATIENT = {"address": f"http://127.0.0.1:{REACH_PORT}/", "quiet": 1200, "rest": 8000}
"""Where an app that runs is, and for how long, in ms, its page must have rested, or may go on."""
_FORWARD = '<!doctype html><meta http-equiv="refresh" content="0;url=./{}">'


class ToolDied(Exception):
    """A tool ended in the midst of its work, for a reason that is not known."""


def build_job(files: Mapping[str, str | bytes]) -> Job:
    """The job that builds an app."""
    return Job(BUILD, _under(SOURCES, files), steps=(Step("build"),))


def look_job(app: BuiltApp | RunningApp, **options: Any) -> Job:
    """The job that looks at an app, from its entry on, or at one that runs."""
    if isinstance(app, RunningApp):
        step = Step("look", arguments=(json.dumps({**_PATIENT, **options}),))
        nothing = SourceFile(f"{APP}/index.html", b"")
        return Job(LOOK, (nothing,), steps=(step,), reach=app)
    files: dict[str, str | bytes] = dict(app.files)
    if "index.html" not in files and app.entry in files:
        files["index.html"] = _FORWARD.format(app.entry)
    step = Step("look", arguments=(json.dumps(options),))
    return Job(LOOK, _under(APP, files), steps=(step,))


def built_of(result: Result) -> BuiltApp:
    """What a build's result says.

    Raises:
        ToolDied: the builder is no more.
        SandboxUnavailable: it failed, and not over the app.
    """
    step = _step(result)
    files = {file.name: file.data for file in result.files}
    said = _said(files.get(BUILD_REPORT, b""))
    if said is None or step.exit_code not in (_BUILT, _BAD):
        if result.outcome in _OVER:
            return BuiltApp.failed(_OVER[result.outcome])
        raise _fault(step)
    front = f"{BUNDLE}/"
    bundle = {n.removeprefix(front): data for n, data in files.items() if n.startswith(front)}
    try:
        app = BuiltApp.model_validate({**said, "files": {}, "environment": result.environment})
    except ValidationError:
        raise _fault(step) from None
    if not app.ok or step.exit_code != _BUILT:
        return app.model_copy(update={"ok": False})
    if app.entry not in bundle or any(each.name.startswith(front) for each in result.omitted):
        return app.model_copy(update={"ok": False, "messages": BuiltApp.failed(_NOT_ALL).messages})
    return app.model_copy(update={"files": bundle})


def seen_of(result: Result) -> SeenApp:
    """What the result of a look says.

    Raises:
        ToolDied: the browser is no more.
        SandboxUnavailable: it failed, and not over the app.
    """
    step = _step(result)
    files = {file.name: file.data for file in result.files}
    said = _said(files.get(LOOK_REPORT, b""))
    if said is None or step.exit_code != 0:
        if result.outcome in _OVER:
            hung = result.outcome is Outcome.TIME
            return SeenApp(blank=True, hung=hung, crashed=not hung)
        raise _fault(step)
    axe, names = said.pop("axe", None), said.pop("shots", None)
    shots = {device: f"{SEEN}/{_of(names, device)}" for device in DEVICES}
    taken = {device: files[name] for device, name in shots.items() if name in files}
    more = {"findings": _of(axe, "violations"), "environment": result.environment}
    try:
        seen = SeenApp.model_validate({**said, **more})
    except ValidationError:
        raise _fault(step) from None
    return seen.model_copy(update={"shots": taken})


def _step(result: Result) -> StepResult:
    if not result.steps:
        raise SandboxUnavailable("A tool for web apps was not started.")
    return result.steps[-1]


def _said(report: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(report)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _of(what: object, name: str) -> Any:
    return what.get(name) if isinstance(what, dict) else None


def _fault(step: StepResult) -> Exception:
    if _DIED in step.stderr:
        return ToolDied()
    said = (step.stdout + step.stderr)[-300:].decode(errors="replace").strip()
    return SandboxUnavailable(f"A tool for web apps failed: {said or 'it left no report'}")


def _under(folder: str, files: Mapping[str, str | bytes]) -> tuple[SourceFile, ...]:
    return tuple(
        SourceFile(f"{folder}/{name}", data if isinstance(data, bytes) else _encoded(data))
        for name, data in files.items()
    )


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
