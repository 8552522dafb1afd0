"""Commands that plugins add."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence

import typer

from ..inspection import Broken, commands_of
from ..loading import load
from ..settings import Settings


def wants_plugins(app: typer.Typer, arguments: Sequence[str]) -> bool:
    """Whether a command line may need a plugin's command: the core has none of that name."""
    words = iter(arguments)
    for word in words:
        if word == "--data":
            next(words, None)
        elif not word.startswith("-"):
            return word not in _names(app)
    return True


def add_plugin_commands(app: typer.Typer) -> None:
    """Add what the installed plugins bring; a plugin at fault is named and left out.

    Raises:
        ConfigError: a setting is wrong.
    """
    settings = Settings.load().model_copy(update={"strict_plugins": False})
    # A plugin that prints while it is imported must not end up in a command's output.
    with contextlib.redirect_stdout(sys.stderr):
        registry = load(settings)
    for hook in registry.commands:
        try:
            groups = commands_of((hook,), settings.limits.hook)
        except Broken as fault:
            typer.echo(f"polyarena: the commands of {hook.plugin}: {fault}", err=True)
            continue
        for group in groups:
            name = group.info.name
            if name in _names(app):
                message = f"{hook.plugin} brings a command {name!r}, which exists already"
                typer.echo(f"polyarena: {message}", err=True)
            else:
                app.add_typer(group)


def _names(app: typer.Typer) -> set[str | None]:
    groups = {
        group.name or (group.typer_instance and group.typer_instance.info.name)
        for group in app.registered_groups
    }
    return {command.name for command in app.registered_commands} | {
        name for name in groups if isinstance(name, str)
    }
