"""The roster: who takes part, from the command line, polyarena.toml and the providers."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import Connection

from ..errors import ConfigError, UnknownModel
from ..model import SHOWN, Model, ModelState
from ..plugins import Registry
from ..settings import Settings, config_path
from ..store import Store
from ..store import models as stored
from ..store.models import RosterEntry

FRESH_SECONDS = 1.0

log = structlog.get_logger("polyarena.models")


class ModelService:
    """Reads and changes the roster; what another process changed is seen within a second."""

    def __init__(self, store: Store, registry: Registry, settings: Settings) -> None:
        self._store = store
        self._registry = registry
        self._settings = settings
        self._configured = _modified(config_path())
        self._read_at = 0.0
        self._entries: list[RosterEntry] = []

    async def sync(self) -> None:
        """Bring the roster in line with polyarena.toml and the models that providers bring."""
        sources: dict[str, Sequence[Model]] = {"config": self._settings.models}
        for name, provider in self._registry.providers.items():
            brought = provider.models()
            shown = [m for m in brought if self._settings.demo or not m.fallback]
            sources[f"provider:{name}"] = shown
        for source, models in sources.items():
            await self._store.write(partial(_replace, source=source, models=models))
        self._read_at = 0.0

    async def entries(self) -> list[RosterEntry]:
        """Every entry there ever was, current ones first of each name."""
        if time.monotonic() - self._read_at > FRESH_SECONDS:
            await self._reread_config()
            self._entries = await self._store.read(lambda c: stored.roster(c, everything=True))
            self._read_at = time.monotonic()
        return self._entries

    async def current(self) -> list[Model]:
        """The models that are in the roster now."""
        return [entry.model for entry in await self.entries() if entry.current]

    async def shown(self) -> list[Model]:
        """The models whose names anyone may read now."""
        return [model for model in await self.current() if model.state in SHOWN]

    async def drawable(self) -> list[Model]:
        """The models whose state lets them be drawn, fallbacks too."""
        return [model for model in await self.current() if model.drawable]

    async def by_entry(self) -> Mapping[str, Model]:
        """Models by entry id, former ones too."""
        return {entry.model.entry: entry.model for entry in await self.entries()}

    async def choose(self, name: str) -> Model:
        """A model that a person may choose by name.

        Raises:
            UnknownModel: there is none of that name that may be chosen.
        """
        for model in await self.shown():
            if model.name == name and model.drawable:
                return model
        raise UnknownModel(f"No model named {name!r} can be chosen here.")

    async def find(self, name: str) -> Model:
        """A model of the roster by name, for the operator.

        Raises:
            UnknownModel: there is none of that name.
        """
        for model in await self.current():
            if model.name == name:
                return model
        raise UnknownModel(
            f"There is no model named {name!r}; `polyarena models list` shows the roster."
        )

    async def add(self, model: Model, source: str = "cli") -> None:
        """Add a model, or change the one of its name.

        Raises:
            ConfigError: its provider is not installed, or finds its configuration wrong.
        """
        provider = self._registry.providers.get(model.provider)
        if provider is None:
            known = ", ".join(sorted(self._registry.providers)) or "none"
            raise ConfigError(
                f"no provider named {model.provider!r} is installed; there is {known}"
            )
        problem = provider.check(model)
        if problem:
            raise ConfigError(f"model {model.name!r}: {problem}")
        await self._store.write(lambda c: stored.put(c, model, source))
        self._read_at = 0.0

    async def set_state(self, name: str, state: ModelState) -> None:
        """Change a model's state."""
        await self.find(name)
        for entry in await self.entries():
            if entry.current and entry.model.name == name:
                changed = entry.model.model_copy(update={"state": state})
                source = "cli" if entry.source == "config" else entry.source
                await self._store.write(partial(stored.put, model=changed, source=source))
        self._read_at = 0.0

    async def remove(self, name: str) -> None:
        """Take a model out of the roster; its votes stay."""
        await self.find(name)
        await self._store.write(lambda c: stored.remove(c, name))
        self._read_at = 0.0

    async def _reread_config(self) -> None:
        modified = _modified(config_path())
        if modified == self._configured:
            return
        self._configured = modified
        try:
            self._settings = Settings.load(data=self._settings.data)
        except ConfigError as error:
            log.error("polyarena.toml was changed but cannot be read", error=str(error))
            return
        await self.sync()


def _replace(connection: Connection, source: str, models: Sequence[Model]) -> None:
    kept = {
        entry.model.name: entry for entry in stored.roster(connection) if entry.source == source
    }
    for model in models:
        known = kept.get(model.name)
        # An operator's set-state on a model that a provider brings must outlive a restart.
        if known and known.model.entry == model.entry and source != "config":
            model = model.model_copy(update={"state": known.model.state})
        stored.put(connection, model, source)
    stored.remove_missing(connection, source, [model.name for model in models])


def _modified(path: Path) -> float | None:
    try:
        return path.stat().st_mtime
    except OSError:
        return None
