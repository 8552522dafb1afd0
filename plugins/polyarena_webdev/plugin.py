"""Registers the arena `webdev` and the commands `polyarena webdev`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from polyarena import Arena, hookimpl

if TYPE_CHECKING:
    from typer import Typer


@hookimpl
def polyarena_register_arenas() -> Sequence[Arena]:
    from .arena import WebDevArena

    return [WebDevArena()]


@hookimpl
def polyarena_register_commands() -> Sequence[Typer]:
    from .cli import app

    return [app]
