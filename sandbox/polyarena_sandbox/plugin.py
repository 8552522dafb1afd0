"""Registers the sandbox `docker`, and the commands `polyarena sandbox`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from polyarena import PluginOptions, hookimpl
from polyarena.sandbox import Sandbox

if TYPE_CHECKING:
    from typer import Typer


@hookimpl
def polyarena_register_sandboxes(options: PluginOptions) -> Sequence[Sandbox]:
    from .docker_sandbox import DockerSandbox
    from .limits import Limits

    return [DockerSandbox(Limits.read(options))]


@hookimpl
def polyarena_register_commands(options: PluginOptions) -> Sequence[Typer]:
    from .cli import group

    return [group(options)]
