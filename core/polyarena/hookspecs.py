"""The hooks a plugin may implement.

A hook's arguments may be left out by an implementation that does not need them. Hooks that
answer something may be `async`; the dispatcher awaits them, bounds their time, and names the
plugin in whose hook a fault occurred.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from .arena import Arena
    from .content import Prompt
    from .provider import Provider
    from .settings import PluginOptions

PROJECT = "polyarena"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a prompt is not taken, in words for the person who asked it."""

    message: str


@hookspec
def polyarena_register_arenas() -> Sequence[Arena]:  # type: ignore[empty-body]
    """Answer the arenas that this plugin brings.

    Called once, at start. Two arenas of the same id disable the plugin that came second.
    """


@hookspec
def polyarena_register_providers(options: PluginOptions) -> Sequence[Provider]:  # type: ignore[empty-body]
    """Answer the providers that this plugin brings.

    Called once, at start. `options` is the plugin's own table in polyarena.toml, `[plugins.NAME]`.
    """


@hookspec
def polyarena_screen_prompt(
    arena: str, prompt: Prompt, options: PluginOptions
) -> Objection | Awaitable[Objection | None] | None:
    """Object to a prompt before anything of it is stored or sent; None lets it pass.

    The first objection wins. Fails closed: a hook that raises or takes too long refuses the
    prompt, and says that it could not be checked. May be `async`.
    """
