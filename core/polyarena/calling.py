"""One call of a plugin: isolated, bounded in time, its faults put to it.

Synchronous methods of arenas and providers run in worker threads of their plugin, unless they
are inherited from `Arena` or `Provider`; coroutines run on the event loop. A plugin whose
threads hung `HANGS_ALLOWED` times is quarantined: it is not called again until a restart.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from markupsafe import Markup

from .arena import Arena
from .bounded import CallFailed, Workers, wait
from .errors import PluginError
from .inspection import describe
from .plugins import Registry
from .provider import Provider

HANGS_ALLOWED = 3


class Caller:
    """Calls plugins; `timeout` bounds each call, in seconds."""

    def __init__(self, registry: Registry, timeout: float) -> None:
        self._registry = registry
        self._timeout = timeout
        self._workers: dict[str, Workers] = {}
        self._told: set[str] = set()

    def quarantined(self, plugin: str) -> bool:
        """Whether a plugin hung so often that it is not called any more."""
        workers = self._workers.get(plugin)
        return workers is not None and workers.hangs >= HANGS_ALLOWED

    async def ask(
        self, asked: Arena | Provider, method: str, kinds: tuple[type, ...], *given: object
    ) -> Any:
        """Call a method whose failure means None; `kinds` are what it may answer."""
        bound = getattr(asked, method)
        if inherits(asked, method):
            return bound(*given)
        plugin = self._registry.owner_of(asked)
        where = f"{asked.manifest.id if isinstance(asked, Arena) else asked.name}.{method}"
        try:
            answer = await self.call(plugin, where, partial(bound, *given))
        except PluginError:
            return None
        if answer is None and Markup in kinds:
            return None
        if not isinstance(answer, kinds):
            self.wrong_type(plugin, where, answer, kinds[0].__name__)
            return None
        return answer

    async def call(
        self,
        plugin: str,
        where: str,
        function: Callable[[], Any],
        meant: tuple[type[Exception], ...] = (),
    ) -> Any:
        """Call a plugin; `meant` are errors that are no fault and pass through."""
        if self.quarantined(plugin):
            raise PluginError(plugin, f"The plugin {plugin} is switched off; it hung too often.")
        workers = self._workers.setdefault(plugin, Workers())
        try:
            if inspect.iscoroutinefunction(function):
                return await wait(_deferred(function), self._timeout)
            answer = await workers.run(function, self._timeout)
            return await wait(answer, self._timeout) if inspect.isawaitable(answer) else answer
        except CallFailed as error:
            if isinstance(error.__cause__, meant):
                raise error.__cause__ from None
            message, detail = describe(error)
            self._registry.record(plugin, where, message, detail)
            if self.quarantined(plugin) and plugin not in self._told:
                self._told.add(plugin)
                self._registry.record(plugin, where, "it hung too often and is switched off")
            raise PluginError(plugin, f"The plugin {plugin} failed.") from error

    def failed(self, asked: Arena, method: str, error: Exception) -> None:
        """Put what a method raised to the arena's plugin."""
        self.fault(asked, method, *describe(error))

    def fault(self, asked: Arena, method: str, message: str, detail: str = "") -> None:
        """Put a fault to the arena's plugin."""
        where = f"{asked.manifest.id}.{method}"
        self._registry.record(self._registry.owner_of(asked), where, message, detail)

    def wrong_type(self, plugin: str, where: str, answer: object, due: str) -> None:
        """Put an answer of a wrong type to its plugin."""
        message = f"it answered {type(answer).__name__} where {due} is due"
        self._registry.record(plugin, where, message)

    def close(self) -> None:
        """Let idle worker threads end."""
        for workers in self._workers.values():
            workers.close()


def inherits(asked: Arena | Provider, method: str) -> bool:
    """Whether a method is the one that every arena or provider has."""
    base = Arena if isinstance(asked, Arena) else Provider
    return getattr(getattr(asked, method), "__func__", None) is getattr(base, method)


async def _deferred(function: Callable[[], Awaitable[Any]]) -> Any:
    return await function()
