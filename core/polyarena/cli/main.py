"""The `polyarena` command."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from ..errors import PolyarenaError
from . import boards, classify, credentials, models, plugins, rank, serve, tokens, votes
from .extensions import add_plugin_commands, wants_plugins

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


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Blind battles, votes, and leaderboards anyone can check."""


def run() -> None:
    """Run the command; what goes wrong on purpose is one line on standard error."""
    try:
        if wants_plugins(app, sys.argv[1:]):
            add_plugin_commands(app)
        app()
    except PolyarenaError as error:
        typer.echo(f"polyarena: {error}", err=True)
        sys.exit(1)
