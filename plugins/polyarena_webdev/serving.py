"""An app with a server: started, looked at while it runs, and put into a part."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

import structlog

from polyarena import App, BadRequest, ConsoleLine, Status, Tools
from polyarena.apps import ServedApp, serve, server_of, servers_in
from polyarena.sandbox import Running

from .kinds import SERVED
from .looking import looked_at, status
from .problems import missing_words
from .sources import Sources

LINES_SHOWN = 20
LINE_SHOWN = 300
_TITLES = {kind.id: kind.title for kind in SERVED}
_START = Running("serve")

log = structlog.get_logger("polyarena.webdev")


def is_served(sources: Sources) -> bool:
    """Whether files make an app with a server in Python."""
    return bool(server_of(sources)[0])


async def make_served(sources: Sources, tools: Tools) -> AsyncGenerator[Status | App]:
    """Start an app and look at it; yields how far it is, and the app last.

    Raises:
        BadJob: a file's name is none that can be started.
        SandboxError: that could not be done, for no fault of the app's.
        StorageError: it could not be stored.
    """
    kind, main = server_of(sources)
    files = {name: text.encode("utf-8", "replace") for name, text in sources.items()}
    served: ServedApp | None = None
    async with aclosing(serve(tools.sandbox, kind, files, main, tools.owner)) as events:
        async for event in events:
            if isinstance(event, ServedApp):
                served = event
            elif event == _START:
                yield Status("Starting it")
            else:
                yield status(event, "looked at", "Looking at it in a browser")
    assert served is not None
    if served.missing:
        log.warning("an app asked for libraries that are not installed", names=served.missing)
    app = _told(served, servers_in(sources))
    if served.seen is None:
        yield app
        return
    try:
        bundle = await tools.keep_bundle(files)
    except BadRequest as error:
        yield app.model_copy(update={"problems": (f"It could not be kept: {error}",)})
        return
    yield Status("Done")
    yield await looked_at(app.model_copy(update={"bundle": bundle}), files, served.seen, tools)


def _told(served: ServedApp, libraries: Sequence[str]) -> App:
    """An app with what came of its start."""
    app = App(
        kind=_TITLES[served.kind],
        server=served.kind,
        entry=served.main,
        libraries=tuple(libraries),
        missing=served.missing,
        figures={"missing": len(served.missing)},
    )
    asked = (missing_words(served.missing),) if served.missing else ()
    if served.seen is None:
        said = [line for line in served.output.splitlines() if line.strip()]
        shown = [ConsoleLine(text=each[:LINE_SHOWN]) for each in said[-LINES_SHOWN:]]
        # The last line is the one that says what was wrong; what leads up to it is no error each.
        last = [line.model_copy(update={"level": "error"}) for line in shown[-1:]]
        update = {"problems": asked or (served.fault,), "console": (*shown[:-1], *last)}
        return app.model_copy(update=update)
    ended = ("It ended while it was looked at.",) if served.ended else ()
    figures = {**app.figures, "start_seconds": served.seconds}
    return app.model_copy(update={"problems": (*asked, *ended), "figures": figures})
