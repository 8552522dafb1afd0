"""Apps with a server: known by what they import, started, and looked at while they run."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass

from ..errors import SandboxBusy
from ..sandbox import BRIEF_SECONDS, Progress, Running, Sandbox, ServerApp, SourceFile
from .doing import look
from .reports import SeenApp

READY_SECONDS = 40.0
SPARE_SECONDS = 2.0
NAMES_READ = 200
LINE_SHOWN = 300
_IMPORTS = {
    kind: re.compile(rf"^\s*(?:import|from)\s+{kind}\b", re.MULTILINE)
    for kind in ("streamlit", "gradio", "flask", "fastapi")
}
"""What each kind imports; of several the first, which may bring the others along."""
_USUAL = ("app.py", "main.py", "server.py", "streamlit_app.py", "run.py")
_MISSING = re.compile(r"No module named ['\"]([\w.]+)['\"]")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class ServedApp:
    """What came of an app with a server; `seen` is None where it did not begin to answer.

    `kind` and `main` are what was started, `seconds` how long that took. `ended` says that it ended
    by itself, `output` what it printed, its errors last and without colours. `missing` are modules
    that it asked for in vain.
    """

    kind: str
    main: str
    seconds: float
    ended: bool
    output: str
    missing: tuple[str, ...]
    seen: SeenApp | None

    @property
    def fault(self) -> str:
        """Why it did not begin to answer, with the last line that it printed; or nothing."""
        if self.seen is not None:
            return ""
        what = "It ended when it was started." if self.ended else "It did not begin to answer."
        said = self.output.strip().splitlines()[-1:]
        return f"{what} It said last: {said[0].strip()[:LINE_SHOWN]}" if said else what


def server_of(files: Mapping[str, str | bytes]) -> tuple[str, str]:
    """The kind of an app with a server by what it imports, and the file to start.

    Both are empty where the files make no such app.
    """
    python = _python(files)
    for kind, imports in _IMPORTS.items():
        for name, text in python.items():
            if imports.search(text):
                return kind, name
    return "", ""


def servers_in(files: Mapping[str, str | bytes]) -> tuple[str, ...]:
    """The kinds of apps with a server of which any file imports what makes them."""
    texts = _python(files).values()
    return tuple(kind for kind, imports in _IMPORTS.items() if any(map(imports.search, texts)))


async def serve(
    sandbox: Sandbox,
    kind: str,
    files: Mapping[str, bytes],
    main: str = "",
    owner: str = "",
    *,
    ready: float = READY_SECONDS,
) -> AsyncGenerator[Progress | ServedApp]:
    """Start an app, look at it, and end it; yields how far it is, and what came of it last.

    It may take `ready` seconds until it answers. The step `serve` is its start.

    Raises:
        BadJob: no such kind, no file to start, or a file's name is none inside a folder.
        SandboxBusy, SandboxUnavailable: that could not be done, for no fault of the app's.
    """
    given = tuple(SourceFile(name, data) for name, data in files.items())
    yield Running("serve")
    began = time.monotonic()
    seen: SeenApp | None = None
    running = await sandbox.serve(ServerApp(kind, given, main, seconds=BRIEF_SECONDS))
    try:
        answers = await running.ready(ready)
        seconds = time.monotonic() - began
        if answers:
            async with aclosing(look(sandbox, running, owner)) as looks:
                async for sight in looks:
                    if isinstance(sight, SeenApp):
                        seen = sight
                    else:
                        yield sight
        ended = running.ended
        if answers and ended and time.monotonic() - began > BRIEF_SECONDS - SPARE_SECONDS:
            raise SandboxBusy("The app had to wait too long to be looked at.")
        output = _COLOUR.sub("", running.output)
    finally:
        await running.close()
    missing = tuple(dict.fromkeys(_MISSING.findall(output)))[:NAMES_READ]
    yield ServedApp(kind, main, seconds, ended, output, missing, seen)


def _python(files: Mapping[str, str | bytes]) -> dict[str, str]:
    """The texts of Python files by name, of those that are usually started first."""
    names = [name for name in files if name.lower().endswith(".py")]
    names.sort(key=lambda name: _USUAL.index(name) if name in _USUAL else len(_USUAL))
    return {name: _text(files[name]) for name in names}


def _text(data: str | bytes) -> str:
    return data if isinstance(data, str) else data.decode(errors="replace")
