"""`polyarena votes`: votes into an arena, and out of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from . import votecolumns as columns
from .opened import run_with_services
from .votewriting import Format, opened, vote_writer

if TYPE_CHECKING:
    from ..services import Services
    from ..services.exports import Survey, VoteRecord
    from ..services.imports import Imported
    from ..votefiles import Reading, Votes

app = typer.Typer(help="Votes into an arena, and out of it.", no_args_is_help=True)

ArenaName = Annotated[str, typer.Option(help="The arena.")]


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: how many votes, the oldest and the newest, and what was surveyed."""

    votes: int
    first: VoteRecord | None
    last: VoteRecord | None
    survey: Survey
    minimum_votes: int


@app.command("import")
def import_(
    file: columns.Released,
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
    aspect: Annotated[
        list[str],
        typer.Option(help="NAME=COLUMN: an aspect of the ballot; aspect_NAME by default."),
    ] = [],  # noqa: B006
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Add a file's or release's votes to an arena; its boards count them. Twice adds nothing."""
    from ..votefiles import Measuring

    reading = columns.make_reading(
        (a, b, winner, voter), label, where, skip_bad, category, True, feature
    )
    reading = replace(reading, measuring=Measuring.KEEP, aspects=aspect, attached={})
    votes, source = _read(file, reading)
    for note in votes.notes:
        typer.echo(note, err=True)
    done, style = _add(votes, arena, source, ask=not yes)
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
    if format is Format.PARQUET and release is None and output is None:
        raise typer.BadParameter("--format parquet goes with --output or --release")
    if release is None:
        told = run_with_services(lambda s: _export(s, arena, format, output, public=False))
    else:
        with _new_folder(release) as folder:
            table = folder / f"votes.{format.value}"
            told = run_with_services(lambda s: _export(s, arena, format, table, public=True))
            _write_manifest(told, arena, table)
    if place := release or output:
        typer.echo(f"Wrote {told.votes:,} votes to {place}.", err=True)


def _read(file: Path, reading: Reading) -> tuple[Votes, str]:
    """The votes, and the SHA-256 of the file that holds them, in a release its table."""
    from ..votefiles import read_votes
    from ..votefiles.folder import is_folder
    from ..votefiles.release import opened_release

    with ExitStack() as stack:
        table = file
        if is_folder(file):
            release = stack.enter_context(opened_release(file))
            table, reading = release.table, release.reading(reading)
        progress = stack.enter_context(columns.reading_progress(file))
        votes = read_votes(table, reading, progress)
        with table.open("rb") as read:
            return votes, hashlib.file_digest(read, "sha256").hexdigest()


def _add(votes: Votes, arena: str, source: str, *, ask: bool) -> tuple[Imported, str]:
    from ..services.imports import ImportService

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
    services: Services, arena: str, format: Format, output: Path | None, *, public: bool
) -> Written:
    from ..services.exports import ExportService

    service = ExportService(services.store, services.registry, services.models)
    survey = await service.survey(arena)
    first = last = None
    votes = 0
    with vote_writer(output, format, survey.columns, survey.numbers) as write:
        async for record in service.records(arena, survey, public=public):
            write(survey.cells(record))
            first, last, votes = first or record, record, votes + 1
    minimum_votes = services.settings.leaderboards.minimum_votes
    return Written(votes, first, last, survey, minimum_votes)


def _write_manifest(told: Written, arena: str, table: Path) -> None:
    from ..leaderboard import engine
    from ..votefiles.manifest import MANIFEST, FileDigest, Manifest, Range, ReleaseColumns

    with table.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
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
            evidence="evidence",
            flags="flags",
            occupation="occupation",
            tier="tier",
            specialty="specialty",
            expert="expert",
            features=dict(told.survey.measures),
            aspects=dict(told.survey.aspects),
        ),
        composite=dict(told.survey.weights),
        files={table.name: FileDigest(sha256=digest, bytes=table.stat().st_size)},
    )
    with opened(table.parent / MANIFEST) as out:
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
