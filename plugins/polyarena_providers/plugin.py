"""Registers the providers, each with its table of options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from polyarena import ConfigError, PluginOptions, Provider, hookimpl


@hookimpl
def polyarena_register_providers(options: PluginOptions) -> Sequence[Provider]:
    from .images import ImagesProvider
    from .jobs import JobsProvider
    from .openai import OpenAIProvider
    from .replay import ReplayProvider

    known = (OpenAIProvider, ImagesProvider, JobsProvider, ReplayProvider)
    if unknown := set(options) - {kind.name for kind in known}:
        tables = ", ".join(kind.name for kind in known)
        raise ConfigError(f"plugins.providers has no {min(unknown)!r}; its tables are: {tables}")
    return [kind(_table(options, kind.name)) for kind in known]


def _table(options: PluginOptions, name: str) -> Mapping[str, Any]:
    table = options.get(name, {})
    if not isinstance(table, Mapping):
        raise ConfigError(f"plugins.providers.{name} must be a table, not {table!r}")
    return table
