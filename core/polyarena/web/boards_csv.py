"""A leaderboard as CSV."""

from __future__ import annotations

import csv
import io

from fastapi import Response

from ..services.leaderboards import Leaderboard

COLUMNS = ("model", "organization", "license", "rating", "lower", "upper", "rank", "votes", "state")


def board_csv(board: Leaderboard) -> Response:
    """One row a model, best first; an empty cell where the votes determine nothing."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in board.standings:
        model = one.model
        cells = [model.name, model.organization, model.license]
        figures = [one.rating, one.lower, one.upper, one.rank, one.votes]
        writer.writerow([*map(_cell, cells), *figures, model.state.value])
    name = f"{board.arena}-{board.category or 'overall'}.csv"
    return Response(
        out.getvalue(),
        media_type="text/csv",
        headers={"content-disposition": f'attachment; filename="{name}"'},
    )


def _cell(text: str) -> str:
    # A spreadsheet runs a cell that begins with one of these as a formula.
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
