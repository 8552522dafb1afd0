"""What Polyarena calls."""

from __future__ import annotations

from collections.abc import Sequence

from polyarena import Arena, Provider, hookimpl

POLYARENA_API = "1.0"


@hookimpl
def polyarena_register_arenas() -> Sequence[Arena]:
    from .arena import SearchArena

    return [SearchArena()]


@hookimpl
def polyarena_register_providers() -> Sequence[Provider]:
    from .demo import ShelfProvider

    return [ShelfProvider()]
