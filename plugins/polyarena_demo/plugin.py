"""Registers the provider `demo`; option `pace` multiplies its speed, 0 answers at once."""

from __future__ import annotations

from collections.abc import Sequence

from polyarena import PluginOptions, Provider, hookimpl


@hookimpl
def polyarena_register_providers(options: PluginOptions) -> Sequence[Provider]:
    from .provider import DemoProvider

    return [DemoProvider(options.get("pace", 1))]
