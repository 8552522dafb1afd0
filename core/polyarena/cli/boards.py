"""`polyarena boards`: snapshots of leaderboards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from .opened import run_with_services

if TYPE_CHECKING:
    from ..services import Services
    from ..services.recomputing import Recomputed
    from ..store.snapshots import Snapshot

app = typer.Typer(help="Leaderboards: their snapshots, taken and checked.", no_args_is_help=True)

Arena = Annotated[str, typer.Argument(help="The arena's id.")]


@app.command()
def snapshot(
    arena: Arena,
    points: Annotated[
        int,
        typer.Option(
            min=1,
            max=1000,
            help="Take this many, evenly over the votes so far.",
        ),
    ] = 1,
) -> None:
    """Store the arena's boards as they stand; with --points, as they stood along the way."""
    taken = run_with_services(lambda s: s.snapshots.backfill(arena, points))
    typer.echo(f"Stored {taken} snapshot(s).")


@app.command("list")
def list_(
    arena: Arena,
    category: Annotated[str, typer.Option(help="A category; all votes by default.")] = "",
    control: Annotated[str, typer.Option(help="`style`, or nothing.")] = "",
    aspect: Annotated[
        str, typer.Option(help="An aspect of the ballot, `composite`, or nothing.")
    ] = "",
    voters: Annotated[
        str, typer.Option(help="`public`, `expert`, `tier-…`, `specialty-…`; everybody by default.")
    ] = "",
) -> None:
    """List the snapshots of a board, oldest first."""

    async def work(services: Services) -> list[Snapshot]:
        return await services.snapshots.history(arena, category or None, control, aspect, voters)

    for one in run_with_services(work):
        typer.echo(f"{one.id}\t{one.votes} votes\t{one.first_seq}-{one.last_seq}\t{one.digest}")


@app.command()
def check(arena: Arena) -> None:
    """Recompute every snapshot of an arena from its votes; exit 1 if one differs."""

    async def work(services: Services) -> list[Recomputed]:
        services.leaderboards.categories(arena)
        return [
            await services.snapshots.recompute(one) for one in await services.snapshots.ids(arena)
        ]

    found = run_with_services(work)
    for one in found:
        if not one.equal:
            board = one.snapshot
            named = (board.category or "overall", board.control, board.aspect, board.voters)
            votes = "the same votes" if one.counts_match else "other votes"
            typer.echo(
                f"snapshot {board.id} ({' '.join(filter(None, named))}) differs by "
                f"{one.difference:.3g}, from {votes}; it was made by {board.engine}",
                err=True,
            )
    equal = sum(one.equal for one in found)
    typer.echo(f"{equal} of {len(found)} snapshot(s) recomputed to the same board.")
    if equal < len(found):
        raise typer.Exit(1)
