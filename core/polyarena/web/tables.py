"""Tables that can be had as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Response

Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class DataTable:
    """Named columns and rows of plain values; None where nothing is known."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]

    def records(self) -> list[dict[str, Cell]]:
        """The rows as mappings, for JSON."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def json(self, **context: Any) -> dict[str, Any]:
        """The table as a JSON object, with what it is about."""
        return {**context, "table": self.name, "rows": self.records()}

    def csv(self, file: str) -> Response:
        """The table as a CSV download; an empty cell where nothing is known."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow([_cell(cell) for cell in row])
        return Response(
            out.getvalue(),
            media_type="text/csv",
            headers={"content-disposition": f'attachment; filename="{file}.csv"'},
        )


def _cell(cell: Cell) -> Cell:
    # A spreadsheet runs a text that begins with one of these as a formula.
    risky = isinstance(cell, str) and cell and cell[0] in "=+-@\t\r"
    return f"'{cell}" if risky else cell
