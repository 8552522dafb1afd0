"""An app with a server: started, looked at while it runs, and put into a part."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import structlog

from polyarena import App, BadRequest, ConsoleLine, SandboxBusy, Status, Tools
from polyarena.apps import SeenApp, look
from polyarena.sandbox import BRIEF_SECONDS, RunningApp, ServerApp, SourceFile

from .kinds import SERVED
from .looking import looked_at, status
from .sources import Sources, language_of_file

READY_SECONDS = 40.0
SPARE_SECONDS = 2.0
LINES_SHOWN = 20
LINE_SHOWN = 300
_TITLES = {kind.id: kind.title for kind in SERVED}
_IMPORTS = {
    kind: re.compile(rf"^\s*(?:import|from)\s+{kind}\b", re.MULTILINE)
    for kind in ("streamlit", "gradio", "flask", "fastapi")
}
"""What each kind imports; of several the first, which may bring the others along."""
_USUAL = ("app.py", "main.py", "server.py", "streamlit_app.py", "run.py")
_MISSING = re.compile(r"No module named ['\"]([\w.]+)['\"]")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")

log = structlog.get_logger("polyarena.webdev")


def is_served(sources: Sources) -> bool:
    """Whether files make an app with a server in Python."""
    return bool(_started(sources)[0])


async def make_served(sources: Sources, tools: Tools) -> AsyncGenerator[Status | App]:
    """Start an app and look at it; yields how far it is, and the app last.

    Raises:
        BadJob: a file's name is none that can be started.
        SandboxError: that could not be done, for no fault of the app's.
        StorageError: it could not be stored.
    """
    kind, main = _started(sources)
    files = {name: text.encode("utf-8", "replace") for name, text in sources.items()}
    given = tuple(SourceFile(name, data) for name, data in files.items())
    app = App(kind=_TITLES[kind], server=kind, entry=main, libraries=_libraries(sources))
    yield Status("Starting it")
    began = time.monotonic()
    running = await tools.sandbox.serve(ServerApp(kind, given, main, seconds=BRIEF_SECONDS))
    try:
        if not await running.ready(READY_SECONDS):
            yield _unstarted(app, running)
            return
        app = app.model_copy(update={"figures": {"start_seconds": time.monotonic() - began}})
        try:
            bundle = await tools.keep_bundle(files)
        except BadRequest as error:
            yield app.model_copy(update={"problems": (f"It could not be kept: {error}",)})
            return
        seen = SeenApp()
        async with aclosing(look(tools.sandbox, running, tools.owner)) as looks:
            async for sight in looks:
                if isinstance(sight, SeenApp):
                    seen = sight
                else:
                    yield status(sight, "looked at", "Looking at it in a browser")
        if running.ended and time.monotonic() - began > BRIEF_SECONDS - SPARE_SECONDS:
            raise SandboxBusy("The app had to wait too long to be looked at.")
        fallen = ("It ended while it was looked at.",) if running.ended else ()
    finally:
        await running.close()
    yield Status("Done")
    app = app.model_copy(update={"bundle": bundle, "problems": fallen})
    yield await looked_at(app, files, seen, tools)


def _started(sources: Sources) -> tuple[str, str]:
    """The kind of an app by what it imports, and the file that is started; empty if it is none."""
    python = [name for name in sources if language_of_file(name) == "python"]
    python.sort(key=lambda name: _USUAL.index(name) if name in _USUAL else len(_USUAL))
    for kind, imports in _IMPORTS.items():
        for name in python:
            if imports.search(sources[name]):
                return kind, name
    return "", ""


def _libraries(sources: Sources) -> tuple[str, ...]:
    text = "\n".join(text for name, text in sources.items() if language_of_file(name) == "python")
    return tuple(kind for kind, imports in _IMPORTS.items() if imports.search(text))


def _unstarted(app: App, running: RunningApp) -> App:
    """An app that did not begin to answer, with what it printed."""
    said = [line for line in _COLOUR.sub("", running.output).splitlines() if line.strip()]
    missing = list(dict.fromkeys(_MISSING.findall("\n".join(said))))
    if missing:
        log.warning("an app asked for libraries that are not installed", names=missing)
    return app.model_copy(
        update={
            "problems": tuple(_why(running, said, missing)),
            "console": tuple(
                ConsoleLine(text=line[:LINE_SHOWN], level="error") for line in said[-LINES_SHOWN:]
            ),
            "figures": {"missing": len(missing)},
        }
    )


def _why(running: RunningApp, said: Sequence[str], missing: Sequence[str]) -> list[str]:
    if missing:
        return [f"It asks for libraries that are not installed here: {', '.join(missing[:8])}."]
    what = "It ended when it was started." if running.ended else "It did not begin to answer."
    return [f"{what} It said last: {said[-1][:LINE_SHOWN]}" if said else what]
