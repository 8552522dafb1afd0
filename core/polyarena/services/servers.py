"""Apps with a server that run for visitors: started on a word of theirs, and stopped again."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

import httpcore
import structlog

from ..bundle import LABEL
from ..content import App
from ..cookies import Jar
from ..errors import AppGone, BadRequest, NotFound, SandboxBusy, SandboxUnavailable
from ..plugins import Registry
from ..sandbox import RunningApp, ServerApp, SourceFile
from ..settings import Apps
from ..side import Side
from .app_streams import pool_of
from .bundles import BundleService
from .live import LiveBattle

TEND_SECONDS = 1.0
SPARED_SECONDS = 20.0
"""So long after it was used an app is not stopped to make room for another."""
SAID_LENGTH = 300

log = structlog.get_logger("polyarena.servers")


@dataclass(frozen=True, slots=True)
class Place:
    """Which app is meant: one side's of a battle's turn."""

    battle: str
    turn: int
    side: Side
    bundle: str


@dataclass(eq=False)
class Shown:
    """An app that runs for a visitor; `pool` holds its connections for requests.

    `open` requests and `sockets` are under way.
    """

    label: str
    place: Place
    visitor: str
    app: RunningApp
    pool: httpcore.AsyncConnectionPool
    used: float = field(default_factory=time.monotonic)
    stop_at: float = float("inf")
    open: int = 0
    sockets: int = 0
    cookies: Jar = field(default_factory=Jar)

    def touch(self) -> None:
        """Take note that it is used."""
        self.used = time.monotonic()


class ServerService:
    """Runs the apps that visitors have started.

    A label that nobody can guess stands for each run, and is told to whoever started it.
    """

    def __init__(self, registry: Registry, bundles: BundleService, rules: Apps) -> None:
        self._registry = registry
        self._bundles = bundles
        self._rules = rules
        self._shown: dict[str, Shown] = {}
        self._starting: dict[Place, asyncio.Task[Shown]] = {}
        self._tending: asyncio.Task[None] | None = None

    @property
    def running(self) -> int:
        """How many run."""
        return len(self._shown)

    async def start(
        self, live: LiveBattle, number: int, side: Side, bundle: str, visitor: str
    ) -> str:
        """Start an app of a battle, unless it runs; answers the label of its run.

        Raises:
            NotFound: the battle has no such app, or it was deleted.
            AppGone: it ended, or did not begin to answer; the message says what it printed.
            SandboxBusy: as many run as may, and all of them are in use.
            SandboxUnavailable: it could not be run.
        """
        app = _find(live, number, side, bundle)
        place = Place(live.battle.id, number, side, bundle)
        for shown in self._shown.values():
            if shown.place == place and not shown.app.ended:
                shown.touch()
                return shown.label
        task = self._starting.get(place)
        if task is None:
            task = self._starting[place] = asyncio.create_task(self._start(place, app, visitor))
            task.add_done_callback(lambda done: self._started(place, done))
        return (await asyncio.shield(task)).label

    def find(self, label: str) -> Shown:
        """The app of a run.

        Raises:
            AppGone: it does not run any more, or never did.
        """
        shown = self._shown.get(label)
        if shown is None or shown.app.ended:
            raise AppGone("This app does not run any more. Start it again with Run.")
        return shown

    def voted(self, battle: str) -> None:
        """Stop a battle's apps in a while: a vote was cast."""
        for shown in self._shown.values():
            if shown.place.battle == battle:
                shown.stop_at = time.monotonic() + self._rules.after_vote

    async def stop(self, battle: str) -> None:
        """Stop a battle's apps now: it is deleted."""
        await self._stop_all(lambda shown: shown.place.battle == battle)

    async def close(self) -> None:
        """Stop everything."""
        tasks = [*self._starting.values(), *((self._tending,) if self._tending else ())]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._stop_all(lambda shown: True)

    async def _start(self, place: Place, app: App, visitor: str) -> Shown:
        sandbox = self._registry.sandbox
        if sandbox is None:
            raise SandboxUnavailable("No sandbox is installed here.")
        files = await self._bundles.load(place.bundle)
        sources = tuple(SourceFile(name, data) for name, data in files.items())
        await self._make_room(visitor)
        wanted = ServerApp(app.server, sources, app.entry)
        try:
            running = await sandbox.serve(wanted)
        except SandboxBusy:
            if not await self._evict():
                raise
            running = await sandbox.serve(wanted)
        try:
            if not await running.ready(self._rules.start):
                raise AppGone(_why(running))
        except BaseException:
            await running.close()
            raise
        pool = pool_of(running, self._rules.requests)
        shown = Shown(secrets.token_hex(LABEL // 2), place, visitor, running, pool)
        self._shown[shown.label] = shown
        if self._tending is None:
            self._tending = asyncio.create_task(self._tend())
        return shown

    def _started(self, place: Place, done: asyncio.Task[Shown]) -> None:
        del self._starting[place]
        if not done.cancelled():
            done.exception()

    async def _make_room(self, visitor: str) -> None:
        """Stop the visitor's own apps that were used least lately, those beyond their number."""
        own = [shown for shown in self._shown.values() if shown.visitor == visitor]
        own.sort(key=lambda shown: shown.used)
        for shown in own[: len(own) - self._rules.each + 1]:
            await self._stop(shown)

    async def _evict(self) -> bool:
        """Stop the app that nobody has used for longest; false where all are in use."""
        before = time.monotonic() - SPARED_SECONDS
        idle = [shown for shown in self._shown.values() if shown.used < before]
        if not idle:
            return False
        await self._stop(min(idle, key=lambda shown: (bool(shown.open), shown.used)))
        return True

    async def _stop_all(self, chosen: Callable[[Shown], bool]) -> None:
        for shown in [shown for shown in self._shown.values() if chosen(shown)]:
            await self._stop(shown)

    async def _stop(self, shown: Shown) -> None:
        self._shown.pop(shown.label, None)
        await shown.app.close()
        # What still streams from it ends with its connections.
        with suppress(RuntimeError):
            await shown.pool.aclose()

    async def _tend(self) -> None:
        while True:
            await asyncio.sleep(TEND_SECONDS)
            await self._stop_all(self._is_due)

    def _is_due(self, shown: Shown) -> bool:
        now = time.monotonic()
        idle = now - shown.used > self._rules.idle
        return shown.app.ended or idle or now > shown.stop_at


def _find(live: LiveBattle, number: int, side: Side, bundle: str) -> App:
    if 0 <= number < len(live.battle.turns) and side in live.battle.sides:
        for part in live.battle.turns[number].answers[side].parts:
            if isinstance(part, App) and part.bundle == bundle:
                if not part.server:
                    raise BadRequest("This app has no server; it runs in the browser alone.")
                return part
    raise NotFound("The battle has no such app.")


def _why(app: RunningApp) -> str:
    """Why an app does not answer, with the last line that it printed."""
    said = app.output.strip().splitlines()[-1:]
    last = f" It said last: {said[0][:SAID_LENGTH]}" if said else ""
    return ("The app ended at once." if app.ended else "The app does not answer.") + last
