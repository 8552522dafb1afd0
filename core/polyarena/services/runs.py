"""One side answering: a task of its own, apart from any HTTP connection."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace

import structlog

from ..content import File, Image
from ..dispatch import Dispatcher
from ..errors import Failure, NotFound, PluginError, ProviderError, SandboxError, StorageError
from ..identity import names_itself
from ..model import Model
from ..painted import with_stored
from ..plugins import Registry
from ..provider import (
    Delta,
    Event,
    FileReady,
    Finish,
    ModelRequest,
    PartReady,
    PictureReady,
    Provider,
    Status,
)
from ..sandbox import Sandbox
from ..settings import Limits
from ..side import Answer, Side, SideStatus
from ..store import Store
from ..store import battles as stored
from .artifacts import ArtifactService
from .bundles import BundleService
from .fitting import as_given
from .live import LiveBattle
from .tools import ArenaTools

PASSED_ON = (
    ProviderError,
    StorageError,
    NotFound,
    asyncio.CancelledError,
    TimeoutError,
    GeneratorExit,
)

log = structlog.get_logger("polyarena.runs")


@dataclass(slots=True)
class SideRun:
    """What `Arena.respond` is given; holds the side's clock.

    `seconds` is what the model took, without what the arena did with its answer.
    """

    model: Model
    provider: Provider | None
    registry: Registry
    limits: Limits
    tools: ArenaTools
    began: float = 0.0
    first: float | None = None
    seconds: float | None = None
    length: int = 0

    @property
    def owner(self) -> str:
        """Stands for the person behind the battle."""
        return self.tools.owner

    @property
    def sandbox(self) -> Sandbox:
        """The sandbox in use."""
        return self.tools.sandbox

    async def keep(self, data: bytes, filename: str) -> Image | File:
        """Store bytes."""
        return await self.tools.keep(data, filename)

    async def fetch(self, url: str) -> Image:
        """Store the picture at an address."""
        return await self.tools.fetch(url)

    async def keep_bundle(self, files: Mapping[str, bytes]) -> str:
        """Store a built app's files."""
        return await self.tools.keep_bundle(files)

    async def load(self, part: Image | File) -> bytes:
        """The bytes of a stored part."""
        return await self.tools.load(part)

    async def rendition(self, picture: Image, width: int, height: int) -> Image:
        """Store a picture once more at another size."""
        return await self.tools.rendition(picture, width, height)

    async def stream(self, request: ModelRequest) -> AsyncGenerator[Event]:
        """Stream the model, what it makes stored; a fault in the provider is a `ProviderError` too.

        The clock stops with what the model made, before it is stored, or with its last word.
        """
        if self.provider is None:
            raise ProviderError(
                Failure.UNREACHABLE, f"no provider named {self.model.provider!r} is installed"
            )
        try:
            messages = as_given(request.messages)
            asked = replace(request, messages=messages, load=self.tools.load)
            async with aclosing(self.provider.stream(self.model, asked)) as events:
                async for event in events:
                    made = isinstance(event, (PictureReady, FileReady))
                    if self.seconds is None and (made or isinstance(event, Finish)):
                        self.seconds = asyncio.get_running_loop().time() - self.began
                        self.first = self.seconds if made and self.first is None else self.first
                    if made:
                        event = await with_stored(event, self.tools)
                    yield event
        except PASSED_ON:
            raise
        except Exception as error:
            owner = self.registry.owner_of(self.provider)
            self.registry.record(owner, "Provider.stream", f"{type(error).__name__}: {error}")
            raise ProviderError(Failure.PLUGIN, f"{owner} failed: {error}") from error

    def note(self, event: Event, now: float) -> None:
        """Keep the clock and the length bound.

        Raises:
            ProviderError: the answer is longer than `limits.answer` characters.
        """
        if isinstance(event, PartReady) or (isinstance(event, Delta) and event.text):
            self.first = now - self.began if self.first is None else self.first
        if isinstance(event, Delta):
            self.length += len(event.text)
            if self.length > self.limits.answer:
                raise ProviderError(Failure.ENDLESS, f"more than {self.limits.answer} characters")


class Runner:
    """Starts sides and sees them through to a stored answer."""

    def __init__(
        self,
        store: Store,
        registry: Registry,
        dispatcher: Dispatcher,
        limits: Limits,
        artifacts: ArtifactService,
        bundles: BundleService,
    ) -> None:
        self._store = store
        self._artifacts = artifacts
        self._bundles = bundles
        self._registry = registry
        self._dispatcher = dispatcher
        self._limits = limits

    def start(self, live: LiveBattle, side: Side) -> None:
        """Let a waiting side answer."""
        live.stopping = False
        live.battle = live.battle.start(side)
        live.open_side(side)
        live.tasks[side] = asyncio.create_task(self._see_through(live, side))

    async def stop(self, live: LiveBattle) -> None:
        """Stop every side that is answering; what they said so far stays."""
        live.stopping = True
        tasks = [task for task in live.tasks.values() if not task.done()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def tools(self, live: LiveBattle) -> ArenaTools:
        """What a battle's arena may work with."""
        visitor, arena = live.battle.visitor, live.battle.arena
        return ArenaTools(self._registry, self._artifacts, self._bundles, visitor, arena)

    async def _see_through(self, live: LiveBattle, side: Side) -> None:
        try:
            answer = await self._answer(live, side)
        except asyncio.CancelledError:
            answer = self._cut_short(live, side)
        battle = live.battle.end(side, answer)
        number = len(battle.turns) - 1
        try:
            await self._store.write(lambda c: stored.put_answer(c, battle, number, side))
        except StorageError as error:
            log.error("an answer was not stored", battle=battle.id, side=side, error=str(error))
            answer = Answer(SideStatus.FAILED, live.parts(side), failure=Failure.INTERRUPTED)
        # The other side may have ended meanwhile, so the event is applied to the battle as it is.
        live.battle = live.battle.end(side, answer)
        live.touched = asyncio.get_running_loop().time()
        live.close_side(side, live.battle.turn.answers[side])

    def _cut_short(self, live: LiveBattle, side: Side) -> Answer:
        if live.stopping:
            return Answer(SideStatus.STOPPED, live.parts(side), finish="stopped")
        return Answer(SideStatus.FAILED, live.parts(side), failure=Failure.INTERRUPTED)

    async def _answer(self, live: LiveBattle, side: Side) -> Answer:
        model = live.models[side]
        provider = self._registry.providers.get(model.provider)
        tools = self.tools(live)
        run = SideRun(model, provider, self._registry, self._limits, tools)
        try:
            finish = await self._stream(live, side, run)
            return self._finished(live, side, run, finish)
        except ProviderError as error:
            log.warning(
                "a side failed",
                battle=live.battle.id,
                side=side,
                model=model.name,
                failure=error.failure.value,
                detail=error.detail,
            )
            return Answer(SideStatus.FAILED, live.parts(side), failure=error.failure)

    async def _stream(self, live: LiveBattle, side: Side, run: SideRun) -> Finish:
        loop = asyncio.get_running_loop()
        asked = live.turn_of(side, len(live.battle.turns) - 1)
        run.began = loop.time()
        end = run.began + self._limits.total
        # Moving a timer costs more than reading a token, so it is moved now and then.
        slack = self._limits.between_tokens / 20
        moved = -math.inf
        try:
            request = await self._dispatcher.prepare(live.arena, asked, run.model)
            async with (
                asyncio.timeout(self._limits.first_token) as clock,
                aclosing(live.arena.respond(request, run)) as events,
            ):
                async for event in events:
                    now = loop.time()
                    if now - moved >= slack:
                        moved = now
                        clock.reschedule(min(now + self._limits.between_tokens + slack, end))
                    run.note(event, now)
                    if isinstance(event, Finish):
                        return event
                    self._take(live, side, event)
        except TimeoutError:
            over = loop.time() >= end
            raise ProviderError(Failure.ENDLESS if over else Failure.SILENT, "time-out") from None
        except SandboxError as error:
            raise ProviderError(Failure.SANDBOX, str(error)) from error
        except (StorageError, NotFound) as error:
            raise ProviderError(Failure.INTERRUPTED, str(error)) from error
        except (ProviderError, PluginError) as error:
            if isinstance(error, PluginError):
                raise ProviderError(Failure.PLUGIN, str(error)) from error
            raise
        except Exception as error:
            owner = self._registry.owner_of(live.arena)
            self._registry.record(owner, "Arena.respond", f"{type(error).__name__}: {error}")
            raise ProviderError(Failure.PLUGIN, f"{owner} failed: {error}") from error
        raise ProviderError(Failure.CUT, "the stream ended without a finish reason")

    def _take(self, live: LiveBattle, side: Side, event: Event) -> None:
        match event:
            case Delta(text):
                if text:
                    live.add_text(side, text)
            case PartReady(part):
                live.add_part(side, part)
            case Status(text):
                live.record("status", side=side, text=text[:200])
            case _:
                raise TypeError(f"respond yielded {type(event).__name__}, which is no event")

    def _finished(self, live: LiveBattle, side: Side, run: SideRun, finish: Finish) -> Answer:
        answer = Answer(
            SideStatus.DONE,
            live.parts(side),
            finish=finish.reason,
            first_token=run.first,
            seconds=run.seconds,
            tokens=finish.tokens_out,
        )
        if not answer.usable:
            raise ProviderError(Failure.EMPTY, "an empty answer")
        text = live.battle.turn.prompt.text
        return replace(answer, names_itself=names_itself(run.model, answer.blind.written, text))
