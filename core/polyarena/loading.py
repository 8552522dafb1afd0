"""Loading the plugins that are installed, each on its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.metadata import EntryPoint, entry_points

import structlog

from .bounded import CallFailed, call
from .errors import ConfigError
from .hookspecs import PROJECT
from .inspection import (
    Broken,
    api_of,
    arenas_of,
    credentials_of,
    hooks_of,
    providers_of,
    refusal,
    sandboxes_of,
)
from .plugins import PluginRecord, Registry
from .settings import Settings

# Importing reads files, which on a cold machine takes longer than answering a hook.
IMPORT_FACTOR = 6

_log = structlog.get_logger("polyarena.plugins")


def load(
    settings: Settings, extra: Mapping[str, object] | None = None, *, discover: bool = True
) -> Registry:
    """Load every plugin installed, then the objects in `extra`, each on its own.

    A plugin at fault is kept out and listed with the reason; the others run. With
    `discover=False` only `extra` is loaded.

    Raises:
        ConfigError: a plugin is at fault and `strict_plugins` is set.
    """
    registry = Registry(sandbox=settings.sandbox)
    for record, source in _found(extra or {}, discover):
        if record.name in settings.disabled_plugins:
            registry.set_aside(replace(record, status="disabled", reason="disabled in settings"))
            continue
        try:
            _load_one(registry, record, source, settings)
        except Broken as fault:
            registry.set_aside(
                replace(record, status="broken", reason=str(fault), detail=fault.detail)
            )
            _log.error("plugin broken", plugin=record.name, reason=str(fault))
    _report(registry, settings)
    return registry


def _found(
    extra: Mapping[str, object], discover: bool
) -> Iterator[tuple[PluginRecord, EntryPoint | object]]:
    found = entry_points(group=PROJECT) if discover else ()
    for point in sorted(found, key=lambda p: (p.name, p.dist.name if p.dist else "")):
        dist = point.dist
        yield (
            PluginRecord(point.name, dist.name if dist else "", dist.version if dist else ""),
            point,
        )
    for name, plugin in extra.items():
        yield PluginRecord(name), plugin


def _load_one(
    registry: Registry, record: PluginRecord, source: EntryPoint | object, settings: Settings
) -> None:
    if any(known.name == record.name for known in registry.plugins):
        raise Broken(f"there is another plugin of the name {record.name!r}")
    timeout = settings.limits.hook
    options = settings.options(record.name)
    try:
        plugin = (
            call(source.load, timeout * IMPORT_FACTOR) if isinstance(source, EntryPoint) else source
        )
        api = call(lambda: api_of(plugin), timeout)
        hooks = call(lambda: hooks_of(plugin, record.name, options), timeout)
    except CallFailed as error:
        if isinstance(error.__cause__, Broken):
            raise error.__cause__ from None
        raise refusal("import", error) from None
    arenas, providers = arenas_of(hooks, timeout), providers_of(hooks, timeout)
    record = replace(record, api=api)
    others = (sandboxes_of(hooks, timeout), credentials_of(hooks, timeout))
    registry.add(record, hooks, arenas, providers, *others)


def _report(registry: Registry, settings: Settings) -> None:
    names = {record.name for record in registry.plugins}
    for name in sorted((settings.disabled_plugins | settings.plugins.keys()) - names):
        _log.warning("settings name a plugin that is not installed", plugin=name)
    if settings.sandbox and settings.sandbox not in registry.sandboxes:
        known = ", ".join(registry.sandboxes) or "none"
        raise ConfigError(f"sandbox: there is no {settings.sandbox!r}; installed are: {known}")
    broken = [record for record in registry.plugins if record.status == "broken"]
    if broken and settings.strict_plugins:
        reasons = "; ".join(f"{record.name}: {record.reason}" for record in broken)
        raise ConfigError(f"strict_plugins: {reasons}")
