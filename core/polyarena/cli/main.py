"""The `polyarena` command."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from ..errors import PolyarenaError
from . import boards, classify, credentials, models, plugins, rank, serve, tokens, votes
from .extensions import add_plugin_commands, wants_plugins

DATA = "POLYARENA_DATA"

app = typer.Typer(
    name="polyarena",
    help="Blind battles, votes, and leaderboards anyone can check.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("serve")(serve.serve)
app.command("rank")(rank.rank)
app.command("classify")(classify.classify)
app.add_typer(boards.app, name="boards")
app.add_typer(credentials.app, name="credentials")
app.add_typer(models.app, name="models")
app.add_typer(plugins.app, name="plugins")
app.add_typer(tokens.app, name="tokens")
app.add_typer(votes.app, name="votes")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("polyarena"))
        raise typer.Exit


@contextmanager
def _kept_in(data: Path) -> Iterator[None]:
    """Have settings name a data directory, in this process and in those that it starts."""
    before = os.environ.get(DATA)
    os.environ[DATA] = str(data)
    try:
        yield
    finally:
        os.environ.pop(DATA)
        if before is not None:
            os.environ[DATA] = before


@app.callback()
def root(
    context: typer.Context,
    data: Annotated[
        Path | None,
        typer.Option("--data", help="Directory of the database and key, as a server was given it."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Blind battles, votes, and leaderboards anyone can check."""
    if data is not None:
        context.with_resource(_kept_in(data))


def run() -> None:
    """Run the command; what goes wrong on purpose is one line on standard error."""
    try:
        if wants_plugins(app, sys.argv[1:]):
            add_plugin_commands(app)
        app()
    except PolyarenaError as error:
        typer.echo(f"polyarena: {error}", err=True)
        sys.exit(1)
