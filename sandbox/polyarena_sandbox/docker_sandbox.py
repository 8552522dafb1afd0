"""Programs run in Docker: every job in a container of its own, most often one started ahead."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace

import structlog

from polyarena import BadJob, SandboxError, SandboxUnavailable
from polyarena.sandbox import (
    REACH_PORT,
    Job,
    Language,
    Outcome,
    Progress,
    Queued,
    Result,
    Running,
    RunningApp,
    Sandbox,
    ServerApp,
    ServerKind,
)

from .container import Container
from .containers import Containers
from .engine import Engine, Missing
from .environments import Environments
from .execution import BEAT_SECONDS, Record, execute
from .leftovers import remove_leftovers
from .limits import Limits, warm_bytes
from .pool import WarmPool
from .protocol import Bounds, Command, Tunnel, Way, encode
from .queue import FairQueue
from .recipes import RECIPES, TOOLS, commands, recipe_of
from .servers import IMAGE as SERVER_IMAGE
from .servers import KINDS, Servers

WATCH_SECONDS = 2.0
START_SECONDS = 10.0
FROM_OUTSIDE = (0, 137, 255)
"""The exit codes of a container that was cut off, killed or lost sight of: no program's doing."""
LOOK_EVERY = 5
TIDY_EVERY = 1800
"""Both are rounds of the watch, which are `WATCH_SECONDS` apart."""

log = structlog.get_logger("polyarena.sandbox")


@dataclass(frozen=True, slots=True)
class _Plan:
    """A job as its container is told it."""

    image: str
    commands: tuple[Command, ...]
    bounds: Bounds
    payload: bytes
    reach: RunningApp | None


class DockerSandbox(Sandbox):
    """Runs programs in containers of Docker, or of whatever speaks its API.

    Nothing is asked of the engine before `start`. From then on it is watched: while it is away
    `unavailable` says so, and once it is back everything goes on by itself.
    """

    name = "docker"

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._queue = FairQueue(limits.running, limits.waiting)
        # For every run one that carries it and one that makes or kills, and a few to spare.
        self._engine = Engine(limits.host, 2 * limits.running + 3, self._lost)
        self._containers = Containers(self._engine, limits)
        self._pool: WarmPool[Container] = WarmPool(
            self._make,
            self._containers.discard,
            limits.warm,
            limits.warm_memory,
            self._queue.idle,
            warm_bytes,
        )
        self._servers = Servers(limits, self._make, self._containers.discard)
        self._environments = Environments(self._engine, limits.host, self._pool.allow)
        self._busy: set[Container] = set()
        self._watching: asyncio.Task[None] | None = None
        self._tidying: asyncio.Task[None] | None = None
        self._looked = asyncio.Event()
        self._rounds = 0

    def unavailable(self) -> str | None:
        """Why nothing can be run now, and the remedy."""
        return self._engine.problem or self._environments.problem

    def languages(self) -> Sequence[Language]:
        """What can be run."""
        ready = self._environments.ready
        every = (*RECIPES.values(), *TOOLS.values())
        return [replace(one.language, ready=ready(one.image)) for one in every]

    def expect(self, language: str) -> None:
        """Keep containers ready for jobs of a language."""
        self._pool.expect(recipe_of(language).image)

    def server_kinds(self) -> Sequence[ServerKind]:
        """The kinds of apps with a server that can be run."""
        ready = self._environments.ready(SERVER_IMAGE)
        return [replace(kind, ready=ready) for kind in KINDS.values()]

    async def serve(self, app: ServerApp) -> RunningApp:
        """Start an app with a server in a container of its own."""
        self._check(SERVER_IMAGE)
        return await self._servers.start(app)

    def warm(self, image: str) -> int:
        """How many containers of an image wait."""
        return self._pool.ready(image)

    async def start(self) -> None:
        """Look for the engine, clear up after servers that died, then build and fill up.

        Returns once the engine was looked for; the rest goes on in the background.
        """
        self._watching = asyncio.create_task(self._watch())
        self._pool.start()
        with suppress(TimeoutError):
            async with asyncio.timeout(START_SECONDS):
                await self._looked.wait()

    async def close(self) -> None:
        """End what runs and remove every container."""
        for task in (self._watching, self._tidying):
            if task is not None:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        await self._environments.close()
        self._servers.end()
        for container in tuple(self._busy):
            self._discard(container)
        await self._pool.close()
        await self._containers.fewer(0)
        self._engine.close()

    async def stream(self, job: Job, owner: str = "") -> AsyncGenerator[Progress | Result]:
        """Run a job once it is its turn."""
        plan = self._plan(job)
        self._check(plan.image)
        joined = time.monotonic()
        turn = self._queue.join(owner)
        taking: asyncio.Task[Container] | None = None
        try:
            while place := turn.place:
                yield Queued(place)
                await turn.change(place, BEAT_SECONDS)
                self._check(plan.image)
            taking = asyncio.create_task(self._obtain(plan.image))
            while not (await asyncio.wait({taking}, timeout=BEAT_SECONDS))[0]:
                yield Queued(1)
                self._check(plan.image)
            container, began, record = taking.result(), time.monotonic(), Record()
            async with aclosing(self._execute(container, plan, record)) as names:
                async for name in names:
                    yield Running(name)
            ended = time.monotonic()
            await self._conclude(container, record)
            self._discard(container, behind=True)
            turn.leave()
            yield record.result(container.tag, queued=began - joined, seconds=ended - began)
        finally:
            turn.leave()
            if taking is not None:
                self._give_back(taking)

    def _plan(self, job: Job) -> _Plan:
        recipe = recipe_of(job.language)
        limits = self._limits.of(recipe.image)
        if sum(len(file.data) for file in job.files) > limits.disk:
            raise BadJob(f"The files have more than the {limits.disk:,} bytes there are.")
        steps = commands(recipe, job, limits)
        tunnel = Tunnel(Way.OUT, REACH_PORT) if job.reach else None
        payload = encode(job.files, steps, limits.bounds, recipe.environment, tunnel)
        return _Plan(recipe.image, steps, limits.bounds, payload, job.reach)

    def _check(self, image: str) -> None:
        if reason := self._engine.problem or self._environments.lack(image):
            raise SandboxUnavailable(reason)

    async def _obtain(self, image: str) -> Container:
        await self._containers.fewer(2 * self._limits.running)
        container = await self._pool.take(image)
        self._busy.add(container)
        return container

    async def _make(self, image: str) -> Container:
        try:
            return await self._containers.make(image)
        except Missing:
            self._environments.forget(image)
            self._pool.forbid(image)
            raise SandboxUnavailable(f"The environment {image!r} is gone.") from None

    def _execute(self, container: Container, plan: _Plan, record: Record) -> AsyncGenerator[str]:
        attached, run = container.attached, self._engine.run
        return execute(attached, plan.payload, plan.commands, plan.bounds, run, record, plan.reach)

    async def _conclude(self, container: Container, record: Record) -> None:
        """Find out why a container ended before its work was done."""
        if record.finished:
            return
        state = await self._containers.state(container)
        if state.get("Running"):
            raise SandboxUnavailable("The environment did not answer in time.")
        code = state.get("ExitCode")
        if record.begun and state.get("OOMKilled"):
            record.stop(Outcome.MEMORY, time.monotonic())
        elif record.begun and code not in FROM_OUTSIDE:
            record.stop(Outcome.FAILED, time.monotonic())
        else:
            raise SandboxUnavailable(f"The environment ended by itself (exit code {code}).")

    def _discard(self, container: Container, *, behind: bool = False) -> None:
        if container in self._busy:
            self._busy.remove(container)
            self._containers.discard(container, behind=behind)

    def _give_back(self, taking: asyncio.Task[Container]) -> None:
        if not taking.cancel() and not taking.cancelled() and not taking.exception():
            self._discard(taking.result())

    def _lost(self) -> None:
        """End everything that waits for an engine which went away."""
        self._rounds = 0
        self._pool.drop()
        self._servers.end()
        for container in tuple(self._busy):
            container.attached.close()

    async def _watch(self) -> None:
        while True:
            if not await self._engine.check():
                self._looked.set()
            elif self._tidying is None or self._tidying.done():
                self._tidying = asyncio.create_task(self._tidy())
            await asyncio.sleep(WATCH_SECONDS)

    async def _tidy(self) -> None:
        number, self._rounds = self._rounds, self._rounds + 1
        try:
            if number % LOOK_EVERY == 0 and not self._environments.complete:
                await self._environments.look()
                if self._limits.build:
                    self._environments.build()
            self._looked.set()
            self._containers.try_again()
            if number % TIDY_EVERY == 0:
                await self._engine.call(remove_leftovers, behind=True)
        except SandboxError as error:
            log.warning("the sandbox could not be looked after", reason=str(error))
