"""Registers the arena `text`.

Option: `judge`, the name of a model that tells which occupational groups a prompt belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence

from polyarena import Arena, PluginOptions, hookimpl


@hookimpl
def polyarena_register_arenas(options: PluginOptions) -> Sequence[Arena]:
    from .arena import TextArena
    from .judge import Judge

    return [TextArena(Judge.of(options))]
