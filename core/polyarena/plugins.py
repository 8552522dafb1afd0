"""The plugins found, what they bring, and what is wrong with them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

import structlog

from .arena import Arena
from .assets import AssetFolder, BadAssets
from .credential import Credential
from .inspection import Broken, Hook
from .provider import Provider
from .sandbox import Sandbox

FAULTS_KEPT = 200

Brought = Arena | Provider | Sandbox | Credential

_log = structlog.get_logger("polyarena.plugins")


@dataclass(frozen=True, slots=True)
class PluginRecord:
    """One plugin as found. `reason` says why it is broken; `detail` ends its traceback.

    `api` is the version of the API that it says it was written for.
    """

    name: str
    distribution: str = ""
    version: str = ""
    api: str = ""
    status: Literal["ok", "broken", "disabled"] = "ok"
    reason: str = ""
    detail: str = ""
    hooks: tuple[str, ...] = ()
    arenas: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    sandboxes: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """A plugin's fault while serving; `time` is the last occurrence, in seconds since 1970."""

    time: float
    plugin: str
    where: str
    message: str
    detail: str = ""
    times: int = 1


def _log_fault(fault: Fault) -> None:
    _log.error(
        "plugin fault",
        plugin=fault.plugin,
        where=fault.where,
        message=fault.message,
        times=fault.times,
        traceback=fault.detail or None,
    )


class Registry:
    """What the loaded plugins bring.

    `on_fault` is told of a fault the 1st, 2nd, 4th, 8th … time that it occurs; `sandbox` is the
    name of the one to use.
    """

    def __init__(
        self, on_fault: Callable[[Fault], None] = _log_fault, *, sandbox: str = ""
    ) -> None:
        self._on_fault = on_fault
        self._chosen = sandbox
        self._records: list[PluginRecord] = []
        self._arenas: dict[str, Arena] = {}
        self._providers: dict[str, Provider] = {}
        self._sandboxes: dict[str, Sandbox] = {}
        self._credentials: dict[str, Credential] = {}
        self._owners: dict[int, str] = {}
        self._assets: dict[str, AssetFolder] = {}
        self._screens: list[Hook] = []
        self._image_screens: list[Hook] = []
        self._commands: list[Hook] = []
        self._faults: dict[tuple[str, str, str], Fault] = {}
        self._keep: Callable[[Sequence[Fault]], None] | None = None

    @property
    def plugins(self) -> tuple[PluginRecord, ...]:
        """Every plugin found, by name."""
        return tuple(sorted(self._records, key=lambda record: record.name))

    @property
    def arenas(self) -> Mapping[str, Arena]:
        """Arenas by id, in the order of their manifests."""
        return MappingProxyType(self._arenas)

    @property
    def providers(self) -> Mapping[str, Provider]:
        """Providers by name."""
        return MappingProxyType(self._providers)

    @property
    def sandboxes(self) -> Mapping[str, Sandbox]:
        """Sandboxes by name."""
        return MappingProxyType(self._sandboxes)

    @property
    def sandbox(self) -> Sandbox | None:
        """The sandbox in use: the one that the settings name, else the first by name."""
        if self._chosen in self._sandboxes or not self._sandboxes:
            return self._sandboxes.get(self._chosen)
        return self._sandboxes[min(self._sandboxes)]

    @property
    def credentials(self) -> Mapping[str, Credential]:
        """Credentials that can be checked, by name."""
        return MappingProxyType(self._credentials)

    @property
    def screens(self) -> tuple[Hook, ...]:
        """The hooks that screen prompts, in the order in which they are asked."""
        return tuple(self._screens)

    @property
    def image_screens(self) -> tuple[Hook, ...]:
        """The hooks that screen pictures, in the order in which they are asked."""
        return tuple(self._image_screens)

    @property
    def commands(self) -> tuple[Hook, ...]:
        """The hooks that add commands, by plugin."""
        return tuple(self._commands)

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The faults recorded while serving, the latest last; a repeated one is counted."""
        return tuple(self._faults.values())

    @property
    def assets(self) -> Mapping[tuple[str, str], AssetFolder]:
        """The plugins' files, by plugin and digest."""
        return {(folder.plugin, folder.digest): folder for folder in self._assets.values()}

    def assets_of(self, arena: str) -> AssetFolder | None:
        """What the pages of an arena load, by its id."""
        return self._assets.get(arena)

    def owner_of(self, thing: Brought) -> str:
        """The name of the plugin that registered this.

        Raises:
            KeyError: no loaded plugin did.
        """
        return self._owners[id(thing)]

    def add(
        self,
        record: PluginRecord,
        hooks: Sequence[Hook],
        arenas: Sequence[Arena],
        providers: Sequence[Provider],
        sandboxes: Sequence[Sandbox] = (),
        credentials: Sequence[Credential] = (),
    ) -> None:
        """Take in what a plugin brings.

        Raises:
            Broken: something of it has the id of another's, or an arena's files cannot be had.
        """
        self._refuse_duplicates("sandbox", [s.name for s in sandboxes], self._sandboxes)
        self._refuse_duplicates("arena", [a.manifest.id for a in arenas], self._arenas)
        self._refuse_duplicates("provider", [p.name for p in providers], self._providers)
        self._refuse_duplicates("credential", [c.name for c in credentials], self._credentials)
        self._assets |= _assets(record.name, arenas)
        self._arenas |= {arena.manifest.id: arena for arena in arenas}
        ordered = sorted(self._arenas.items(), key=lambda item: (item[1].manifest.order, item[0]))
        self._arenas = dict(ordered)
        self._providers |= {provider.name: provider for provider in providers}
        self._sandboxes |= {sandbox.name: sandbox for sandbox in sandboxes}
        self._credentials |= {credential.name: credential for credential in credentials}
        brought = (*arenas, *providers, *sandboxes, *credentials)
        self._owners |= {id(thing): record.name for thing in brought}
        self._screens += [hook for hook in hooks if hook.name == "polyarena_screen_prompt"]
        self._screens.sort(key=lambda hook: hook.order)
        self._image_screens += [hook for hook in hooks if hook.name == "polyarena_screen_image"]
        self._image_screens.sort(key=lambda hook: hook.order)
        self._commands += [hook for hook in hooks if hook.name == "polyarena_register_commands"]
        loaded = replace(
            record,
            hooks=tuple(hook.name for hook in hooks),
            arenas=tuple(arena.manifest.id for arena in arenas),
            providers=tuple(provider.name for provider in providers),
            sandboxes=tuple(sandbox.name for sandbox in sandboxes),
            credentials=tuple(credential.name for credential in credentials),
        )
        self._records.append(loaded)

    def keep_faults(self, keep: Callable[[Sequence[Fault]], None]) -> None:
        """Hand the faults to `keep`, now and whenever `on_fault` is told of one."""
        self._keep = keep
        keep(self.faults)

    def set_aside(self, record: PluginRecord) -> None:
        """List a plugin that is broken or disabled."""
        self._records.append(record)

    def record(self, plugin: str, where: str, message: str, detail: str = "") -> None:
        """Keep a fault for the operator."""
        key = (plugin, where, message)
        before = self._faults.pop(key, None)
        times = before.times + 1 if before else 1
        self._faults[key] = Fault(time.time(), plugin, where, message, detail, times)
        if len(self._faults) > FAULTS_KEPT:
            del self._faults[next(iter(self._faults))]
        if times & (times - 1) == 0:
            self._on_fault(self._faults[key])
            if self._keep:
                self._keep(self.faults)

    def _refuse_duplicates(
        self, kind: str, ids: Sequence[str], taken: Mapping[str, Brought]
    ) -> None:
        for index, name in enumerate(ids):
            if name in ids[:index]:
                raise Broken(f"it registers the {kind} {name!r} twice")
            if name in taken:
                owner = self.owner_of(taken[name])
                raise Broken(f"the {kind} {name!r} is registered by the plugin {owner!r} already")


def _assets(plugin: str, arenas: Sequence[Arena]) -> dict[str, AssetFolder]:
    found = {}
    for arena in arenas:
        if arena.manifest.assets is None:
            continue
        try:
            found[arena.manifest.id] = AssetFolder.read(plugin, arena.manifest.assets)
        except BadAssets as fault:
            raise Broken(f"the assets of {type(arena).__name__}: {fault}") from None
    return found
