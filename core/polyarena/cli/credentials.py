"""`polyarena credentials`: what visitors hold, for the operator to confirm or revoke."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from ..ranking.printable import printable
from .opened import run_with_services

if TYPE_CHECKING:
    from ..services import Services
    from ..store.credentials import HeldCredential

app = typer.Typer(help="Visitors' credentials: confirm or revoke them.", no_args_is_help=True)

Id = Annotated[str, typer.Argument(help="The id that `list` shows.")]


@app.command("list")
def list_(
    asked: Annotated[
        bool, typer.Option("--asked", help="Those alone that you are asked to confirm.")
    ] = False,
) -> None:
    """List credentials, oldest first: id, tier, occupation, specialty, what checked it, state."""
    for one in run_with_services(lambda s: s.credentials.every(asked=asked)):
        typer.echo(_line(one))


@app.command()
def show(id: Id) -> None:
    """Show a credential with its evidence."""

    async def work(services: Services) -> tuple[HeldCredential, Mapping[str, str]]:
        return await services.credentials.one(id), await services.credentials.evidence(id)

    held, evidence = run_with_services(work)
    typer.echo(_line(held))
    for name, text in evidence.items():
        typer.echo(f"{printable(name)}: {' '.join(printable(text).split())}")
    if not evidence:
        typer.echo("No evidence is kept.")


@app.command()
def confirm(id: Id) -> None:
    """Confirm a credential: it is of the operator's tier from now on, and does not lapse."""
    typer.echo(f"Confirmed: {_line(run_with_services(lambda s: s.credentials.confirm(id)))}")


@app.command()
def revoke(
    id: Id, why: Annotated[str, typer.Option(help="What its visitor is told.")] = ""
) -> None:
    """Revoke a credential; votes that were cast with it keep the tier it had."""
    typer.echo(f"Revoked: {_line(run_with_services(lambda s: s.credentials.revoke(id, why)))}")


@app.command()
def erase(
    id: Id,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Delete its evidence alone.")
    ] = False,
) -> None:
    """Delete a credential with its evidence; votes keep the tier they were cast with."""
    run_with_services(lambda s: s.credentials.erase(id, evidence_only=evidence))
    typer.echo(f"Deleted {'the evidence of ' if evidence else ''}{id}.")


def _line(one: HeldCredential) -> str:
    what = one.qualification
    made = datetime.fromtimestamp(one.created, UTC).strftime("%Y-%m-%d")
    state = f"{one.state.value}{', asks for confirmation' if one.asked else ''}"
    cells = (one.id, what.tier.value, what.occupation, what.specialty or "-", one.kind, made, state)
    return "\t".join(map(printable, cells))
