"""`polyarena tokens`: API tokens for scripts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from .opened import run_with_services

app = typer.Typer(help="API tokens for scripts.", no_args_is_help=True)


@app.command()
def create(label: Annotated[str, typer.Argument(help="What the token is for.")]) -> None:
    """Make a token and print it; it is shown this once."""
    from ..store import tokens

    typer.echo(run_with_services(lambda s: s.store.write(lambda c: tokens.create(c, label[:80]))))


@app.command("list")
def list_() -> None:
    """List the tokens, never their texts."""
    from ..store import tokens

    for token in run_with_services(lambda s: s.store.read(tokens.every)):
        state = "revoked" if token.revoked else "valid"
        made = datetime.fromtimestamp(token.created, UTC).strftime("%Y-%m-%d")
        typer.echo(f"{token.id}  {made}  {state:8}{token.label}")


@app.command()
def revoke(token_id: Annotated[str, typer.Argument(help="The id that `list` shows.")]) -> None:
    """Revoke a token at once."""
    from ..errors import NotFound
    from ..store import tokens

    if not run_with_services(lambda s: s.store.write(lambda c: tokens.revoke(c, token_id))):
        raise NotFound(f"There is no valid token {token_id!r}; `polyarena tokens list` shows them.")
    typer.echo(f"Revoked {token_id}.")
