"""Options of every command that reads votes from a file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ..votefiles import Reading

Released = Annotated[
    Path, typer.Argument(help="Votes: CSV, JSON lines, Parquet, or a release: folder, .zip, .tar.")
]
A = Annotated[str | None, typer.Option("--a", help="Column of the model on side a.")]
B = Annotated[str | None, typer.Option("--b", help="Column of the model on side b.")]
Winner = Annotated[
    str | None,
    typer.Option("--winner", help="Column that says who won, or columns A,B,TIE[,BOTH_BAD]."),
]
Voter = Annotated[
    str | None, typer.Option("--voter", help="Column that says who voted; '' for none.")
]
Label = Annotated[
    list[str], typer.Option("--label", help="TEXT=a|b|tie|both_bad: what a winner label means.")
]
Where = Annotated[
    list[str], typer.Option("--where", help="COLUMN=VALUE: only these rows; may be repeated.")
]
SkipBad = Annotated[
    bool, typer.Option("--skip-bad", help="Leave out rows that are no votes, and count them.")
]


def make_reading(
    columns: tuple[str | None, str | None, str | None, str | None],
    label: Sequence[str],
    where: Sequence[str],
    skip_bad: bool,
    category: str | None,
    style: bool = False,
    feature: Sequence[str] = (),
) -> Reading:
    """What the options ask to be read; `columns` are those of side a, side b, winner and voter.

    Raises:
        BadParameter: a value that is not of its form.
    """
    from ..votefiles import Reading, VoteFileError, Wanted
    from ..votefiles.winners import given_labels

    a, b, winner, voter = columns
    if (a is None) != (b is None):
        raise typer.BadParameter("--a and --b go together")
    conditions: dict[str, list[str]] = {}
    for text in where:
        column, equals, value = text.partition("=")
        if not equals or not column:
            raise typer.BadParameter(f"{text!r} is not COLUMN=VALUE")
        conditions.setdefault(column, []).append(value)
    try:
        labels = given_labels(label)
    except VoteFileError as error:
        raise typer.BadParameter(str(error)) from None
    wanted = Wanted(a, b, winner, voter)
    return Reading(wanted, conditions, category, style, tuple(feature), labels, skip_bad)


def reading_progress(path: Path) -> AbstractContextManager[Callable[[float], None] | None]:
    """Shows how much of a file has been read, on a terminal alone."""
    return task_progress(f"Reading {path.name}")


@contextmanager
def task_progress(title: str) -> Iterator[Callable[[float], None] | None]:
    """Shows how much of a task is done, from 0 to 1, on a terminal alone."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(escape(title), total=1.0)
        yield lambda done: progress.update(task, completed=done)
