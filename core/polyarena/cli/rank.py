"""`polyarena rank`: ratings of anybody's votes."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..ballot import COMPOSITE
from ..ranking.options import OptionClash, RankOptions, System, Table, Ties
from . import votecolumns as columns

if TYPE_CHECKING:
    from ..ranking.board import Board
    from ..votefiles import Reading, Votes

Category = Annotated[
    str | None, typer.Option(help="Column of categories; a board for each of its values.")
]
Style = Annotated[
    bool, typer.Option("--style", help="Hold style constant: columns such as words_a, words_b.")
]
Feature = Annotated[
    list[str], typer.Option(help="Hold this feature constant, such as words; may be repeated.")
]
Position = Annotated[bool, typer.Option("--position", help="Hold the side constant.")]
Anchor = Annotated[str | None, typer.Option(help="MODEL[=1000]: the model with that rating.")]
TiesOption = Annotated[Ties | None, typer.Option("--ties", help="What ties are; half by default.")]
SystemOption = Annotated[System | None, typer.Option("--system", help="The rating system.")]
Prior = Annotated[float | None, typer.Option(min=0, help="Ties added for every model.")]
Draws = Annotated[int, typer.Option(min=0, help="Intervals from so many draws.")]
MinVotes = Annotated[
    int | None, typer.Option(min=0, help="Models with fewer votes are shown apart.")
]
Level = Annotated[float, typer.Option(help="Level of the intervals.")]
Weighted = Annotated[
    bool,
    typer.Option(
        "--inverse-propensity", help="Weight votes by 1 / the column propensity, or --propensity."
    ),
]
Propensity = Annotated[
    str | None, typer.Option(help="Column of the probability with which the pair was drawn.")
]
WeightCap = Annotated[
    float | None, typer.Option(help="Cut weights to this many times their mean; none by default.")
]
StrataOption = Annotated[
    str | None, typer.Option("--strata", help="Column of voters' strata, for use with --share.")
]
Share = Annotated[list[str], typer.Option(help="STRATUM=SHARE of the population; may be repeated.")]
AspectOption = Annotated[
    str,
    typer.Option("--aspect", help="Rate by this aspect, or by all of them: composite."),
]
VotersOption = Annotated[
    str,
    typer.Option(
        "--voters", help="Of a release, these votes: public, expert, tier-…, specialty-…."
    ),
]
TableOption = Annotated[
    Table | None,
    typer.Option(
        "--table", help="Print this table of the board's pages, as CSV or with --json as JSON."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Plot = Annotated[Path | None, typer.Option(help="Write a forest plot: .html, .svg or .png.")]


def rank(
    file: columns.Released,
    a: columns.A = None,
    b: columns.B = None,
    winner: columns.Winner = None,
    voter: columns.Voter = None,
    label: columns.Label = [],  # noqa: B006
    where: columns.Where = [],  # noqa: B006
    skip_bad: columns.SkipBad = False,
    category: Category = None,
    style: Style = False,
    feature: Feature = [],  # noqa: B006
    position: Position = False,
    anchor: Anchor = None,
    ties: TiesOption = None,
    system: SystemOption = None,
    prior: Prior = None,
    bootstrap: Draws = 0,
    min_votes: MinVotes = None,
    level: Level = 0.95,
    inverse_propensity: Weighted = False,
    propensity: Propensity = None,
    weight_cap: WeightCap = None,
    strata: StrataOption = None,
    share: Share = [],  # noqa: B006
    aspect: AspectOption = "",
    voters: VotersOption = "",
    table: TableOption = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    plot: Plot = None,
) -> None:
    """Rate the models of a file of votes: a table with intervals, JSON, CSV, or a plot."""
    reading = columns.make_reading(
        (a, b, winner, voter), label, where, skip_bad, category, style, feature
    )
    if inverse_propensity and propensity is None:
        propensity = ""
    reading = _weighted(reading, propensity, weight_cap, strata, share)
    if aspect:
        reading = replace(reading, aspects=() if aspect == COMPOSITE else (aspect,))
    styled, weighted = style or bool(feature), propensity is not None or strata is not None
    try:
        options = RankOptions(
            system, ties, styled, position, anchor, prior, level, bootstrap, min_votes, weighted,
            weight_cap, aspect=aspect,
        )  # fmt: skip
    except OptionClash as error:
        raise typer.BadParameter(str(error)) from None
    _check_output(as_json, as_csv, plot)
    if table is not None and (category is not None or plot is not None):
        raise typer.BadParameter("--table goes with neither --category nor --plot")
    votes, options = _read(file, reading, options, voters, table)
    if table is not None:
        _print_table(table, votes, options, as_json)
        return
    boards = _rated(votes, options)
    _print(boards, as_json, as_csv)
    _plot(boards, plot)


def _weighted(
    reading: Reading,
    propensity: str | None,
    cap: float | None,
    strata: str | None,
    share: Sequence[str],
) -> Reading:
    """The same with the columns of weights; an empty propensity is guessed."""
    if cap is not None and propensity is None:
        raise typer.BadParameter("--weight-cap goes with --inverse-propensity or --propensity")
    if (strata is None) != (not share):
        raise typer.BadParameter("--strata and --share go together")
    named = replace(reading.columns, propensity=propensity, strata=strata)
    return replace(reading, columns=named, shares=dict(map(_share, share)))


def _share(text: str) -> tuple[str, float]:
    stratum, _, number = text.rpartition("=")
    try:
        share = float(number)
    except ValueError:
        share = -1
    if not stratum.strip() or not 0 <= share < math.inf:
        raise typer.BadParameter(f"{text!r} is not STRATUM=SHARE, a number from 0 up")
    return stratum.strip(), share


def _read(
    file: Path, reading: Reading, options: RankOptions, voters: str, table: Table | None
) -> tuple[Votes, RankOptions]:
    """The votes, and the options with what a release decides."""
    from ..votefiles import read_votes
    from ..votefiles.folder import is_folder
    from ..votefiles.release import opened_release

    if not is_folder(file):
        if voters:
            raise typer.BadParameter("--voters goes with a release; of other files use --where")
        if table is Table.AGREEMENT:
            raise typer.BadParameter("--table agreement goes with a release")
        with columns.reading_progress(file) as progress:
            return read_votes(file, reading, progress), options
    with opened_release(file) as release, columns.reading_progress(file) as progress:
        if voters:
            reading = release.of_voters(reading, voters)
        reading = release.reading(reading)
        if table is Table.AGREEMENT:
            reading = release.with_experts(reading)
        votes = read_votes(release.table, reading, progress)
    votes = replace(votes, notes=(*release.notes, *votes.notes))
    return votes, options.of_board(release.manifest.minimum_votes, release.manifest.composite)


def _check_output(as_json: bool, as_csv: bool, plot: Path | None) -> None:
    if as_json and as_csv:
        raise typer.BadParameter("--json and --csv do not go together")
    if plot is not None and plot.suffix.lower() not in (".html", ".svg", ".png"):
        raise typer.BadParameter(f"--plot: {plot} does not end in .html, .svg or .png")


def _rated(votes: Votes, options: RankOptions) -> list[Board]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from ..ranking.boards import make_boards

    boards: list[Board] = []
    console = Console(stderr=True)
    look = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*look, console=console, transient=True, disable=not sys.stderr.isatty()) as shown:
        task = shown.add_task("Rating")
        for board in make_boards(votes, options):
            boards.append(board)
            shown.update(task, description=f"Rating: {len(boards)} boards")
    return boards


def _print_table(table: Table, votes: Votes, options: RankOptions, as_json: bool) -> None:
    from ..ranking.records import table_as_json
    from ..ranking.tables import make_table

    try:
        made, notes = make_table(table, votes, options)
    except OptionClash as error:
        raise typer.BadParameter(str(error)) from None
    if as_json:
        typer.echo(table_as_json(made, notes))
    else:
        _print_csv(made.csv("\n"), notes)


def _print_csv(text: str, notes: Sequence[str]) -> None:
    from ..ranking.printable import printable

    typer.echo(text, nl=False)
    for note in notes:
        typer.echo(printable(note), err=True)


def _plot(boards: list[Board], path: Path | None) -> None:
    if path is not None:
        from ..ranking.plot import write_plot

        write_plot(boards, path)
        typer.echo(f"Wrote {path}.", err=True)


def _print(boards: list[Board], as_json: bool, as_csv: bool) -> None:
    from ..ranking.records import as_csv as csv_of
    from ..ranking.records import as_json as json_of

    if as_json:
        typer.echo(json_of(boards))
    elif as_csv:
        _print_csv(csv_of(boards), boards[0].notes)
    else:
        from rich.console import Console

        from ..ranking.table import show

        for board in boards:
            show(board, Console())
