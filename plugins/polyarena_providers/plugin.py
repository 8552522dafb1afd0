"""Registers the providers `openai` and `replay`, each with its table of options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from polyarena import ConfigError, PluginOptions, Provider, hookimpl


@hookimpl
def polyarena_register_providers(options: PluginOptions) -> Sequence[Provider]:
    from .openai import OpenAIProvider
    from .replay import ReplayProvider

    if unknown := set(options) - {"openai", "replay"}:
        raise ConfigError(
            f"plugins.providers has no {min(unknown)!r}; its tables are openai and replay"
        )
    return [OpenAIProvider(_table(options, "openai")), ReplayProvider(_table(options, "replay"))]


def _table(options: PluginOptions, name: str) -> Mapping[str, Any]:
    table = options.get(name, {})
    if not isinstance(table, Mapping):
        raise ConfigError(f"plugins.providers.{name} must be a table, not {table!r}")
    return table
