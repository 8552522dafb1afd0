"""`polyarena votes`: votes into an arena, and out of it."""

from __future__ import annotations

import csv
import hashlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
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


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many votes, the oldest and the newest, and their measures' columns."""

    votes: int
    first: VoteRecord | None
    last: VoteRecord | None
    measures: Mapping[str, tuple[str, str]]
    minimum_votes: int


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
    feature: Annotated[
        list[str],
        typer.Option(help="NAME=COLUMN: the arena's measure of style, and its column of a side."),
    ] = [],  # noqa: B006
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Add a file's votes to an arena; its leaderboard counts them. Twice adds nothing."""
    from ..votefiles import Measuring, read_votes

    reading = columns.make_reading(
        (a, b, winner, voter), label, where, skip_bad, category, True, feature
    )
    reading = replace(reading, measuring=Measuring.KEEP)
    with columns.reading_progress(file) as progress:
        votes = read_votes(file, reading, progress)
    for note in votes.notes:
        typer.echo(note, err=True)
    done, style = _add(votes, arena, file, ask=not yes)
    for note in done.notes:
        typer.echo(note, err=True)
    known = f"; {done.known:,} had been imported before" if done.known else ""
    typer.echo(f"Imported {done.added:,} votes on {done.models} models into {arena}{known}.")
    if style and done.added:
        typer.echo(style)


@app.command("export")
def export(
    arena: ArenaName,
    format: Annotated[Format, typer.Option(help="How they are written.")] = Format.CSV,
    output: Annotated[Path | None, typer.Option(help="A file; the screen by default.")] = None,
    release: Annotated[
        Path | None, typer.Option(help="A new folder for the votes and a manifest with hashes.")
    ] = None,
) -> None:
    """Write an arena's votes, those that do not count with the reason, for `polyarena rank`."""
    if release is not None and output is not None:
        raise typer.BadParameter("--release and --output do not go together")
    if release is None:
        with _writing(output) as out:
            told = run_with_services(lambda s: _export(s, arena, format, out, public=False))
    else:
        with _new_folder(release) as folder:
            table = folder / f"votes.{format.value}"
            with _writing(table) as out:
                told = run_with_services(lambda s: _export(s, arena, format, out, public=True))
            _write_manifest(told, arena, table)
    if place := release or output:
        typer.echo(f"Wrote {told.votes:,} votes to {place}.", err=True)


def _add(votes: Votes, arena: str, file: Path, *, ask: bool) -> tuple[Imported, str]:
    from ..services.imports import ImportService

    with file.open("rb") as opened:
        source = hashlib.file_digest(opened, "sha256").hexdigest()

    async def work(services: Services) -> tuple[Imported, str]:
        secret = services.settings.secret()
        service = ImportService(services.store, services.registry, services.dispatcher, secret)
        controls = await service.controls(arena, votes)
        for note in controls.notes:
            typer.echo(note, err=True)
        question = f"{len(votes):,} votes on {len(votes.comparisons.names)} models into {arena}?"
        if ask:
            typer.confirm(f"Import {question}", abort=True, err=True)
        with columns.task_progress("Importing") as progress:
            done = await service.add(arena, votes, source, controls, progress)
        return done, controls.summary

    return run_with_services(work)


async def _export(
    services: Services, arena: str, format: Format, out: TextIO, *, public: bool
) -> Written:
    import orjson

    from ..services.exports import ExportService

    service = ExportService(services.store, services.registry, services.models)
    survey = await service.survey(arena)
    writer = csv.DictWriter(out, survey.columns, lineterminator="\n")
    if format is Format.CSV:
        writer.writeheader()
    first = last = None
    votes = 0
    async for record in service.records(arena, survey, public=public):
        cells = survey.cells(record)
        if format is Format.JSONL:
            out.write(orjson.dumps(cells).decode() + "\n")
        else:
            writer.writerow({name: _cell(value) for name, value in cells.items()})
        first, last, votes = first or record, record, votes + 1
    minimum_votes = services.settings.leaderboards.minimum_votes
    return Written(votes, first, last, survey.measures, minimum_votes)


def _cell(value: object) -> object:
    return LIST_SEPARATOR.join(value) if isinstance(value, tuple) else value


def _write_manifest(told: Written, arena: str, table: Path) -> None:
    from ..leaderboard import engine
    from ..votefiles.manifest import MANIFEST, FileDigest, Manifest, Range, ReleaseColumns

    with table.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    span = None
    if told.first is not None and told.last is not None:
        span = Range(
            first=told.first.seq, last=told.last.seq, since=told.first.at, until=told.last.at
        )
    manifest = Manifest(
        arena=arena,
        engine=engine(),
        minimum_votes=told.minimum_votes,
        votes=told.votes,
        range=span,
        table=table.name,
        columns=ReleaseColumns(
            a="model_a",
            b="model_b",
            winner="winner",
            voter="voter",
            excluded="excluded",
            categories="categories",
            propensity="propensity",
            features=dict(told.measures),
        ),
        files={table.name: FileDigest(sha256=digest, bytes=table.stat().st_size)},
    )
    with _writing(table.parent / MANIFEST) as out:
        out.write(manifest.told())


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """A folder to write into, which gets its name once everything in it is written."""
    from ..errors import BadRequest

    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise BadRequest(f"{folder} is there already; a release is written into a new folder.")
    try:
        with TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.absolute().parent) as own:
            made = Path(own) / "release"
            made.mkdir()
            yield made
            made.rename(folder)
    except OSError as error:
        raise BadRequest(f"{folder} cannot be written: {error.strerror}") from None


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
