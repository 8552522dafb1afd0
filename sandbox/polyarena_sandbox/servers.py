"""Apps with a server: their kinds, how each is started, and those that run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from polyarena import BadJob, SandboxBusy
from polyarena.sandbox import ServerApp, ServerKind

from .container import Container
from .limits import Limits
from .protocol import Command, Tunnel, Way, encode
from .served import ServedApp

IMAGE = "server"
PORT = 8000
WAIT_SECONDS = 90.0
"""So long a brief app waits for a place."""

_USUAL = (
    *("numpy", "pandas", "scipy", "scikit-learn", "matplotlib", "plotly", "altair", "pillow"),
    *("httpx", "requests", "jinja2"),
)
_ASGI = ("fastapi", "starlette", "uvicorn", "pydantic", "python-multipart", "websockets")
KINDS: Mapping[str, ServerKind] = MappingProxyType(
    {
        kind.id: kind
        for kind in (
            ServerKind("fastapi", "FastAPI", "main.py", (*_ASGI, *_USUAL)),
            ServerKind("flask", "Flask", "app.py", ("flask", "werkzeug", "itsdangerous", *_USUAL)),
            ServerKind("streamlit", "Streamlit", "app.py", ("streamlit", "pydeck", *_USUAL)),
            ServerKind("gradio", "Gradio", "app.py", ("gradio", *_USUAL)),
        )
    }
)
"""The kinds by id."""

_ENVIRONMENT = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_TEMP_DIR": "/tmp/gradio",  # noqa: S108
    "HF_HUB_OFFLINE": "1",
    "MPLBACKEND": "Agg",
    "MPLCONFIGDIR": "/tmp/matplotlib",  # noqa: S108
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONUNBUFFERED": "1",
}


class Servers:
    """The apps that run, at most `limits.servers`, and beside them as many brief ones as jobs.

    `make` and `discard` are for containers.
    """

    def __init__(
        self,
        limits: Limits,
        make: Callable[[str], Awaitable[Container]],
        discard: Callable[[Container], None],
    ) -> None:
        self._limits = limits
        self._make = make
        self._discard = discard
        self._running: set[ServedApp] = set()
        self._places = limits.servers
        self._brief = asyncio.Semaphore(limits.running)

    async def start(self, app: ServerApp) -> ServedApp:
        """Start an app in a container of its own; a brief one waits for a place.

        Raises:
            BadJob: no such kind, no file to start, or a file's name leaves the work directory.
            SandboxBusy: as many run as may.
            SandboxUnavailable: no container could be made.
        """
        payload = _payload(app, self._limits.of(IMAGE))
        leave = await self._enter(app)
        try:
            container = await self._make(IMAGE)
        except BaseException:
            leave()
            raise

        def discard() -> None:
            leave()
            self._running.discard(served)
            self._discard(container)

        served = ServedApp(container.attached, payload, self._limits.of(IMAGE).bounds, discard)
        self._running.add(served)
        return served

    def end(self) -> None:
        """End all of them."""
        for served in tuple(self._running):
            served.end()

    async def _enter(self, app: ServerApp) -> Callable[[], None]:
        """Take a place; answers what gives it back."""
        most = self._limits.servers
        if app.brief:
            try:
                async with asyncio.timeout(WAIT_SECONDS):
                    await self._brief.acquire()
            except TimeoutError:
                raise SandboxBusy("Too many apps are being looked at. Please try again.") from None
            return self._brief.release
        if not self._places:
            raise SandboxBusy(f"As many apps run as may at once ({most}). Please try again later.")
        self._places -= 1

        def leave() -> None:
            self._places += 1

        return leave


def _payload(app: ServerApp, limits: Limits) -> bytes:
    kind = KINDS.get(app.kind)
    if kind is None:
        raise BadJob(f"There are no apps of the kind {app.kind!r}; there are {', '.join(KINDS)}.")
    if sum(len(file.data) for file in app.files) > limits.disk:
        raise BadJob(f"The files have more than the {limits.disk:,} bytes there are.")
    start = ("python", "/opt/polyarena/serve.py", kind.id, _main(kind, app), str(PORT))
    seconds = limits.seconds if app.seconds is None else min(app.seconds, limits.seconds)
    command = Command("serve", start, b"", seconds)
    return encode(app.files, [command], limits.bounds, _ENVIRONMENT, Tunnel(Way.IN, PORT))


def _main(kind: ServerKind, app: ServerApp) -> str:
    """The file to start: as told, else a usual one, else the only one there is."""
    names = [file.name for file in app.files]
    if app.main:
        if app.main not in names:
            raise BadJob(f"There is no file {app.main!r}, which is to be started.")
        return app.main
    usual = [name for name in (kind.main, "app.py", "main.py", "server.py") if name in names]
    sources = usual or [name for name in names if name.endswith(".py")]
    if not sources:
        raise BadJob(f"There is no Python file to start, such as {kind.main}.")
    return sources[0]
