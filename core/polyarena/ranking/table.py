"""A board as a table on a terminal."""

from __future__ import annotations

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from .board import Board, Standing
from .printable import printable

NOTHING = "–"


def show(board: Board, console: Console) -> None:
    """Print the table, the effects if there are any, and the notes."""
    parts: list[RenderableType] = [_table(board)]
    if board.effects:
        parts.append(_effects(board))
    parts += [Text(printable(note), style="dim") for note in board.notes]
    console.print(Group(*parts), "")


def _table(board: Board) -> Table:
    title = Text(f"{printable(board.title)}: {board.votes:,} votes, {board.system}", style="bold")
    table = Table(title=title, title_justify="left")
    for name in ("rank", "spread"):
        table.add_column(name, justify="right")
    table.add_column("model", overflow="fold")
    for name in ("rating", f"{100 * board.level:g}% interval", "votes"):
        table.add_column(name, justify="right")
    if board.groups > 1:
        table.add_column("group", justify="right")
    for place, one in enumerate(board.standings):
        if one.preliminary and (place == 0 or not board.standings[place - 1].preliminary):
            table.add_section()
        table.add_row(*_cells(one, board.groups > 1), style="dim" if one.preliminary else None)
    return table


def _cells(one: Standing, grouped: bool) -> list[Text]:
    spread = NOTHING if one.rank_low is None else f"{one.rank_low}–{one.rank_high}"
    interval = NOTHING if one.lower is None else f"{one.lower:.1f} – {one.upper:.1f}"
    cells = [
        NOTHING if one.rank is None else str(one.rank),
        spread if one.rank_low != one.rank_high or one.rank_low is None else str(one.rank_low),
        printable(one.model),
        NOTHING if one.rating is None else f"{one.rating:.1f}",
        interval,
        f"{one.votes:,}",
    ]
    return [Text(cell) for cell in [*cells, *([str(one.group)] if grouped else [])]]


def _effects(board: Board) -> Table:
    table = Table("effect", title="Effects in log-odds", title_justify="left")
    table.add_column("value", justify="right")
    table.add_column("interval", justify="right")
    for one in board.effects:
        interval = f"{one.lower:.3f} – {one.upper:.3f}"
        table.add_row(Text(printable(one.name)), f"{one.value:.3f}", interval)
    return table
