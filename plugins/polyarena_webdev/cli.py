"""The commands `polyarena webdev`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from .missing import Missing

ARENA = "webdev"
DAY, TIME = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"

app = typer.Typer(
    name="webdev", help="The WebDev arena.", no_args_is_help=True, callback=lambda: None
)


@app.command()
def missing(
    since: Annotated[
        datetime | None,
        typer.Option(formats=[DAY, TIME], help="Battles that began then or later, in UTC."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List libraries that apps asked for and that are not installed, most asked for first.

    For each: how many answers asked for it, in how many battles, and when the last of those began.
    Battles in progress count too, deleted ones do not; no model is named.
    """
    found = asyncio.run(_counted(since))
    if as_json:
        typer.echo(json.dumps([_plain(one) for one in found], indent=2, ensure_ascii=False))
    elif found:
        _print(found)
    else:
        typer.echo("No app asked for a library that is not installed.")


async def _counted(since: datetime | None) -> Sequence[Missing]:
    from polyarena.stored import stored_answers

    from .missing import counted

    began = since.replace(tzinfo=UTC).timestamp() if since else 0.0
    async with aclosing(stored_answers(ARENA, ("app",), began)) as answers:
        return await counted(answers)


def _plain(one: Missing) -> dict[str, object]:
    return {
        "library": one.library,
        "ecosystem": one.ecosystem,
        "kinds": sorted(one.kinds),
        "answers": one.answers,
        "battles": len(one.battles),
        "last": datetime.fromtimestamp(one.last, UTC).isoformat(timespec="seconds"),
    }


def _print(found: Sequence[Missing]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from polyarena.stored import printable

    table = Table("Library", "Of", "Kinds", "Answers", "Battles", "Last", title="Not installed")
    table.columns[0].overflow = "fold"
    for column in table.columns[3:5]:
        column.justify = "right"
    for one in found:
        kinds = ", ".join(sorted(one.kinds))
        last = datetime.fromtimestamp(one.last, UTC).strftime("%Y-%m-%d %H:%M")
        cells = (one.library, one.ecosystem, kinds)
        numbers = (f"{one.answers:,}", f"{len(one.battles):,}", last)
        table.add_row(*(escape(printable(cell)) for cell in cells), *numbers)
    Console().print(table)
