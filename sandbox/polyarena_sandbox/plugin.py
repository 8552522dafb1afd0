"""Registers the sandbox `docker`."""

from __future__ import annotations

from collections.abc import Sequence

from polyarena import PluginOptions, hookimpl
from polyarena.sandbox import Sandbox


@hookimpl
def polyarena_register_sandboxes(options: PluginOptions) -> Sequence[Sandbox]:
    return []
