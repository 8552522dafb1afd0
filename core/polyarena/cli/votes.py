"""`polyarena votes`: votes into an arena, and out of it."""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from . import votecolumns as columns
from .opened import run_with_services

if TYPE_CHECKING:
    from ..services import Services
    from ..services.exports import VoteRecord
    from ..services.imports import Imported
    from ..votefiles import Votes

app = typer.Typer(help="Votes into an arena, and out of it.", no_args_is_help=True)

LIST_SEPARATOR = ";"
ArenaName = Annotated[str, typer.Option(help="The arena.")]


class Format(StrEnum):
    """How votes are written."""

    CSV = "csv"
    JSONL = "jsonl"


@app.command("import")
def import_(
    file: columns.File,
    arena: ArenaName,
    a: columns.A = None,
    b: columns.B = None,
    winner: columns.Winner = None,
    voter: columns.Voter = None,
    label: columns.Label = [],  # noqa: B006
    where: columns.Where = [],  # noqa: B006
    skip_bad: columns.SkipBad = False,
    category: Annotated[
        str | None, typer.Option(help="Column of the arena's categories, joined by semicolons.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Add a file's votes to an arena; its leaderboard counts them. Twice adds nothing."""
    reading = columns.make_reading((a, b, winner, voter), label, where, skip_bad, category)
    from ..votefiles import read_votes

    with columns.reading_progress(file) as progress:
        votes = read_votes(file, reading, progress)
    for note in votes.notes:
        typer.echo(note, err=True)
    question = f"Import {len(votes):,} votes on {len(votes.comparisons.names)} models into {arena}?"
    if not yes:
        typer.confirm(question, abort=True, err=True)
    done = _add(votes, arena, file)
    for note in done.notes:
        typer.echo(note, err=True)
    known = f"; {done.known:,} had been imported before" if done.known else ""
    typer.echo(f"Imported {done.added:,} votes on {done.models} models into {arena}{known}.")


@app.command("export")
def export(
    arena: ArenaName,
    format: Annotated[Format, typer.Option(help="How they are written.")] = Format.CSV,
    output: Annotated[Path | None, typer.Option(help="A file; the screen by default.")] = None,
) -> None:
    """Write an arena's votes, those that do not count with the reason, for `polyarena rank`."""
    with _writing(output) as out:
        count = run_with_services(lambda services: _export(services, arena, format, out))
    if output is not None:
        typer.echo(f"Wrote {count:,} votes to {output}.", err=True)


def _add(votes: Votes, arena: str, file: Path) -> Imported:
    from ..services.imports import ImportService

    with file.open("rb") as opened:
        source = hashlib.file_digest(opened, "sha256").hexdigest()

    async def work(services: Services) -> Imported:
        service = ImportService(services.store, services.registry, services.settings.secret())
        with columns.task_progress("Importing") as progress:
            return await service.add(arena, votes, source, progress)

    return run_with_services(work)


async def _export(services: Services, arena: str, format: Format, out: TextIO) -> int:
    import orjson

    from ..services.exports import COLUMNS, ExportService

    service = ExportService(services.store, services.registry, services.models)
    writer = csv.writer(out, lineterminator="\n")
    count = 0
    async for record in service.records(arena):
        if format is Format.JSONL:
            out.write(orjson.dumps(record).decode() + "\n")
        else:
            if not count:
                writer.writerow(COLUMNS)
            writer.writerow(_cells(record, COLUMNS))
        count += 1
    if not count and format is Format.CSV:
        writer.writerow(COLUMNS)
    return count


def _cells(record: VoteRecord, names: tuple[str, ...]) -> Iterator[object]:
    for name in names:
        value = getattr(record, name)
        yield LIST_SEPARATOR.join(value) if isinstance(value, tuple) else value


@contextmanager
def _writing(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        yield sys.stdout
        return
    from ..errors import BadRequest

    try:
        with output.open("w", newline="", encoding="utf-8") as file:
            yield file
    except OSError as error:
        raise BadRequest(f"{output} cannot be written: {error.strerror}") from None
