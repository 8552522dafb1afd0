"""polyarena plugins: what is installed, and whether it works."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..errors import BadRequest, ConfigError
from ..plugins import PluginRecord, Registry, load
from ..settings import Settings

app = typer.Typer(help="Plugins: what is installed, and whether it works.", no_args_is_help=True)

WIDTH_IN_A_PIPE = 160
COLOURS = {"ok": "green", "broken": "red", "disabled": "yellow"}


@app.command("list")
def list_plugins(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the plugins found, with their arenas and providers, and why one is broken."""
    registry = _registry()
    if as_json:
        typer.echo(json.dumps([_as_dict(record) for record in registry.plugins], indent=2))
        return
    table = _table("name", "version", "api", "status", "brings", "hooks", "reason")
    for record in registry.plugins:
        table.add_row(
            escape(record.name),
            escape(record.version),
            escape(record.api),
            f"[{COLOURS[record.status]}]{record.status}[/]",
            _column(_brought(record)),
            _column(hook.removeprefix("polyarena_") for hook in record.hooks),
            escape(record.reason),
        )
    _print(table)


@app.command("show")
def show_plugin(
    name: Annotated[str, typer.Argument(help="The plugin's name.")],
) -> None:
    """Show one plugin, with the end of the traceback if it is broken."""
    record = _find(_registry(), name)
    table = Table.grid(padding=(0, 2))
    for field, value in _as_dict(record).items():
        text = ", ".join(value) if isinstance(value, (list, tuple)) else str(value)
        if text:
            table.add_row(f"[bold]{field}[/]", escape(text))
    _print(table)


@app.command("check")
def check_plugin(
    name: Annotated[str, typer.Argument(help="The name of a plugin, or the id of an arena.")],
) -> None:
    """Try a plugin's arenas on ordinary and odd prompts; exit code 1 if one does not conform."""
    from ..testing import check_arena

    registry = _registry()
    if name in registry.arenas:
        arenas: tuple[str, ...] = (name,)
    else:
        record = _find(registry, name)
        if record.status != "ok":
            typer.echo(f"{record.name} is {record.status}: {record.reason}", err=True)
            raise typer.Exit(1)
        arenas = record.arenas
    table = _table("arena", "where", "problem")
    for arena in arenas:
        with contextlib.redirect_stdout(sys.stderr):
            problems = check_arena(registry.arenas[arena])
        for problem in problems:
            table.add_row(escape(arena), escape(problem.where), escape(problem.message))
    if table.row_count:
        _print(table)
        raise typer.Exit(1)
    checked = f"arena {', '.join(arenas)} conforms" if arenas else "it loads; it has no arena"
    typer.echo(f"{name}: {checked}.")


@app.command("new")
def new_plugin(
    name: Annotated[str, typer.Argument(help="Its name, such as my-arena; also the arena's id.")],
    title: Annotated[str, typer.Option(help="What its tab says; else made of the name.")] = "",
    into: Annotated[
        Path | None, typer.Option(help="The folder to write; else one of its name, here.")
    ] = None,
) -> None:
    """Write a package with an arena that works, its tests and a README, to start from."""
    from ..scaffold import NewPlugin, write

    plugin, registry = NewPlugin.of(name, title), _registry()
    taken = {*registry.arenas, *(record.name for record in registry.plugins)}
    if plugin.name in taken:
        raise BadRequest(f"There is a plugin or an arena {plugin.name!r} already; take another.")
    folder = into or Path(plugin.name)
    for path in write(plugin, folder):
        typer.echo(f"  {path}")
    typer.echo(
        f"\nNext, in {folder}:\n"
        "  pip install -e '.[test]'\n"
        f"  polyarena plugins check {plugin.name}\n"
        "  pytest\n"
        f"  polyarena serve     # then open /arenas/{plugin.name}"
    )


def _registry() -> Registry:
    try:
        settings = Settings.load().model_copy(update={"strict_plugins": False})
    except ConfigError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    # A plugin that prints while it is imported must not end up in the JSON.
    with contextlib.redirect_stdout(sys.stderr):
        return load(settings)


def _find(registry: Registry, name: str) -> PluginRecord:
    for record in registry.plugins:
        if record.name == name:
            return record
    names = ", ".join(record.name for record in registry.plugins) or "none"
    typer.echo(f"There is no plugin {name!r}; installed: {names}.", err=True)
    raise typer.Exit(1)


def _brought(record: PluginRecord) -> Iterable[str]:
    brought = {
        "arena": record.arenas,
        "provider": record.providers,
        "sandbox": record.sandboxes,
        "credential": record.credentials,
    }
    return (f"{kind} {name}" for kind, names in brought.items() for name in names)


def _as_dict(record: PluginRecord) -> dict[str, object]:
    return asdict(record)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _column(values: Iterable[str]) -> str:
    return escape("\n".join(values))


def _print(table: Table) -> None:
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH_IN_A_PIPE)
    console.print(table)
