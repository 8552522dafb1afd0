"""Web apps in a sandbox: built from the files of an author, and looked at in a browser.

Two tools of a sandbox do that: `BUILD` makes a bundle of static files, `LOOK` opens one in a
browser, takes pictures, notes what it says and does wrong, and tries its controls. What an app
does, however bad, is told by a report; only what goes wrong on our side is raised::

    expect(sandbox)               # while the author is still writing
    async for event in build(sandbox, {"App.jsx": source}):
        ...                       # Queued and Running, and a BuiltApp last
    async for event in look(sandbox, app):
        ...                       # the same, and a SeenApp last

An app with a server of its own (`server_of` says of which kind files are) is started, looked at
and ended by `serve`, whose last event is a ServedApp.
"""

from __future__ import annotations

from .doing import build, expect, look
from .jobs import APP, BUILD, BUILD_REPORT, BUNDLE, LOOK, LOOK_REPORT, SEEN, SOURCES
from .reports import DEVICES, BuildMessage, BuiltApp, FailedRequest, Finding, Said, SeenApp
from .servers import READY_SECONDS, ServedApp, serve, server_of, servers_in

__all__ = [
    "APP",
    "BUILD",
    "BUILD_REPORT",
    "BUNDLE",
    "DEVICES",
    "LOOK",
    "LOOK_REPORT",
    "READY_SECONDS",
    "SEEN",
    "SOURCES",
    "BuildMessage",
    "BuiltApp",
    "FailedRequest",
    "Finding",
    "Said",
    "SeenApp",
    "ServedApp",
    "build",
    "expect",
    "look",
    "serve",
    "server_of",
    "servers_in",
]
