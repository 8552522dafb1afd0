"""Registers the demo providers; option `pace` multiplies their speed, 0 answers at once."""

from __future__ import annotations

from collections.abc import Sequence

from polyarena import PluginOptions, Provider, hookimpl


@hookimpl
def polyarena_register_providers(options: PluginOptions) -> Sequence[Provider]:
    from .painters.provider import PainterProvider
    from .provider import DemoProvider

    pace = options.get("pace", 1)
    return [DemoProvider(pace), PainterProvider(pace)]
