"""The hooks a plugin may implement.

Each is a function of the plugin's module, or a method of its object, marked with `@hookimpl`.
Arguments that an implementation does not need may be left out. Every call is bounded in time
(`limits.hook` in the settings), and a fault is put to the plugin in whose hook it occurred.
Synchronous hooks run in a thread; one that is `async` runs on the event loop and must not block.
"""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pluggy

if TYPE_CHECKING:
    from typer import Typer

    from .arena import Arena
    from .content import Prompt
    from .credential import Credential
    from .provider import Provider
    from .sandbox import Sandbox
    from .settings import PluginOptions

PROJECT = "polyarena"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a prompt or a picture is not taken, in words for the person who sent it.

    `suggestion` is a prompt that would be taken in its place; the person may send it as it is.
    """

    message: str
    suggestion: Prompt | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is stored: its bytes, of `media_type`, lie at `path`.

    `artifact` is their SHA-256. `perceptual` is the picture's perceptual hash, 16 hexadecimal
    digits; those of pictures that look alike differ in few bits. `asked` says that it came with a
    prompt, and not with an answer.
    """

    artifact: str
    media_type: str
    perceptual: str
    path: Path
    asked: bool


@hookspec
def polyarena_register_arenas(options: PluginOptions) -> Sequence[Arena]:  # type: ignore[empty-body]
    """Answer the arenas that this plugin brings.

    Called once, at start; may not be `async`. `options` is the plugin's own table in
    polyarena.toml, `[plugins.NAME]`. Two arenas of the same id disable the plugin that
    came second, by name.
    """


@hookspec
def polyarena_register_providers(options: PluginOptions) -> Sequence[Provider]:  # type: ignore[empty-body]
    """Answer the providers that this plugin brings.

    Called once, at start; may not be `async`. `options` is the plugin's own table in
    polyarena.toml, `[plugins.NAME]`. Two providers of the same name disable the plugin that came
    second, by name.
    """


@hookspec
def polyarena_register_sandboxes(options: PluginOptions) -> Sequence[Sandbox]:  # type: ignore[empty-body]
    """Answer the sandboxes that this plugin brings.

    Called once, at start; may not be `async`, and must not wait for an engine: `Sandbox.start`
    is for that. `options` is the plugin's own table in polyarena.toml. Where several sandboxes
    are installed, `sandbox` in the settings names the one to use.
    """


@hookspec
def polyarena_register_credentials(options: PluginOptions) -> Sequence[Credential]:  # type: ignore[empty-body]
    """Answer the credentials that this plugin can check: ways of showing an occupation.

    Called once, at start; may not be `async`. `options` is the plugin's own table in
    polyarena.toml. Visitors see those of the occupations that installed arenas name. Two
    credentials of the same name disable the plugin that came second, by name.
    """


@hookspec
def polyarena_register_commands(options: PluginOptions) -> Sequence[Typer]:  # type: ignore[empty-body]
    """Answer the command groups that this plugin adds to `polyarena`, each with a name.

    Called when the command line asks for help or for a command that the core does not have; may
    not be `async`. `options` is the plugin's own table in polyarena.toml. A group whose name is
    taken is left out, with a warning.
    """


@hookspec
def polyarena_screen_prompt(
    arena: str, prompt: Prompt, options: PluginOptions
) -> Objection | Awaitable[Objection | None] | None:
    """Object to a prompt before anything of it is stored or sent; None lets it pass.

    Called for every turn, with the id of the `arena`, the `prompt` and the plugin's own `options`.
    The first objection wins; plugins are asked by name, `tryfirst` and `trylast` apart. Fails
    closed: a hook that raises, takes too long or answers anything else refuses the prompt, and
    the person is told that it could not be checked. May be `async`.
    """


@hookspec
def polyarena_screen_image(
    arena: str, picture: Picture, options: PluginOptions
) -> Objection | Awaitable[Objection | None] | None:
    """Object to a picture of a prompt or of an answer before anybody is shown it.

    Called for every picture, with the id of the `arena`, the `picture` as it is stored and the
    plugin's own `options`. The first objection wins, and it fails closed, as with
    `polyarena_screen_prompt`. May be `async`.
    """
