"""`polyarena rank`: ratings of anybody's votes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..ranking.options import OptionClash, RankOptions, System, Ties
from . import votecolumns as columns

if TYPE_CHECKING:
    from ..ranking.board import Board
    from ..votefiles import Votes

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
Prior = Annotated[float, typer.Option(min=0, help="Ties added for every model.")]
Draws = Annotated[int, typer.Option(min=0, help="Intervals from so many draws.")]
MinVotes = Annotated[int, typer.Option(min=0, help="Models with fewer votes are shown apart.")]
Level = Annotated[float, typer.Option(help="Level of the intervals.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
Plot = Annotated[Path | None, typer.Option(help="Write a forest plot: .html, .svg or .png.")]


def rank(
    file: columns.File,
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
    prior: Prior = 0.0,
    bootstrap: Draws = 0,
    min_votes: MinVotes = 0,
    level: Level = 0.95,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    plot: Plot = None,
) -> None:
    """Rate the models of a file of votes: a table with intervals, JSON, CSV, or a plot."""
    named = (a, b, winner, voter)
    reading = columns.make_reading(named, label, where, skip_bad, category, style, feature)
    styled = style or bool(feature)
    try:
        options = RankOptions(
            system, ties, styled, position, anchor, prior, level, bootstrap, min_votes
        )
    except OptionClash as error:
        raise typer.BadParameter(str(error)) from None
    _check_output(as_json, as_csv, plot)
    from ..votefiles import read_votes

    with columns.reading_progress(file) as progress:
        votes = read_votes(file, reading, progress)
    boards = _rated(votes, options)
    _print(boards, as_json, as_csv)
    _plot(boards, plot)


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


def _plot(boards: list[Board], path: Path | None) -> None:
    if path is not None:
        from ..ranking.plot import write_plot

        write_plot(boards, path)
        typer.echo(f"Wrote {path}.", err=True)


def _print(boards: list[Board], as_json: bool, as_csv: bool) -> None:
    from ..ranking.printable import printable
    from ..ranking.records import as_csv as csv_of
    from ..ranking.records import as_json as json_of

    if as_json:
        typer.echo(json_of(boards))
    elif as_csv:
        typer.echo(csv_of(boards), nl=False)
        for note in boards[0].notes:
            typer.echo(printable(note), err=True)
    else:
        from rich.console import Console

        from ..ranking.table import show

        for board in boards:
            show(board, Console())
