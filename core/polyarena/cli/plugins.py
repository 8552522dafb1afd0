"""polyarena plugins: what is installed, and whether it works."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..errors import BadRequest, ConfigError
from ..faultfile import read_faults
from ..loading import load
from ..plugins import Fault, PluginRecord, Registry
from ..settings import Settings

app = typer.Typer(help="Plugins: what is installed, and whether it works.", no_args_is_help=True)

WIDTH_IN_A_PIPE = 160
FAULTS_SHOWN = 3
COLOURS = {"ok": "green", "broken": "red", "disabled": "yellow"}


@app.command("list")
def list_plugins(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the plugins found, what they bring, why one is broken, and what failed in the server.

    The faults are those of the server that last used this data directory.
    """
    registry, faults = _registry(), _faults()
    if as_json:
        listed = [_as_dict(record, faults) for record in registry.plugins]
        typer.echo(json.dumps(listed, indent=2))
        return
    table = _table("name", "version", "api", "status", "brings", "hooks", "reason", "faults")
    for record in registry.plugins:
        table.add_row(
            escape(record.name),
            escape(record.version),
            escape(record.api),
            f"[{COLOURS[record.status]}]{record.status}[/]",
            _column(_brought(record)),
            _column(hook.removeprefix("polyarena_") for hook in record.hooks),
            escape(record.reason),
            _column(map(_fault_line, faults.get(record.name, ())[-FAULTS_SHOWN:])),
        )
    _print(table)


@app.command("show")
def show_plugin(
    name: Annotated[str, typer.Argument(help="The plugin's name.")],
) -> None:
    """Show one plugin, with the end of the traceback if it is broken."""
    record = _find(_registry(), name)
    table = Table.grid(padding=(0, 2))
    for field, value in asdict(record).items():
        text = ", ".join(value) if isinstance(value, (list, tuple)) else str(value)
        if text:
            table.add_row(f"[bold]{field}[/]", escape(text))
    for fault in _faults().get(record.name, ()):
        table.add_row("[bold]fault[/]", escape(f"{_fault_line(fault)}\n{fault.detail}".strip()))
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
    vertical: Annotated[
        bool, typer.Option("--vertical", help="For an occupation, such as dentistry.")
    ] = False,
) -> None:
    """Write a package with an arena that works, its tests and a README, to start from."""
    from ..scaffold import NewPlugin, write

    plugin = NewPlugin.of(name, title, "vertical" if vertical else "arena")
    registry = _registry()
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


def _settings() -> Settings:
    try:
        return Settings.load().model_copy(update={"strict_plugins": False})
    except ConfigError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def _registry() -> Registry:
    settings = _settings()
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


def _as_dict(record: PluginRecord, faults: Mapping[str, Sequence[Fault]]) -> dict[str, object]:
    mine = [asdict(fault) for fault in faults.get(record.name, ())]
    return {**asdict(record), "faults": mine}


def _faults() -> dict[str, list[Fault]]:
    found: dict[str, list[Fault]] = {}
    for fault in read_faults(_settings().data):
        found.setdefault(fault.plugin, []).append(fault)
    return found


def _fault_line(fault: Fault) -> str:
    when = datetime.fromtimestamp(fault.time, UTC).strftime("%Y-%m-%d %H:%M")
    times = f" ({fault.times} times)" if fault.times > 1 else ""
    return f"{when} {fault.where}: {fault.message}{times}"


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
