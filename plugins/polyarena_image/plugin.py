"""Registers the arena `image`."""

from __future__ import annotations

from collections.abc import Sequence

from polyarena import Arena, hookimpl


@hookimpl
def polyarena_register_arenas() -> Sequence[Arena]:
    from .arena import ImageArena

    return [ImageArena()]
