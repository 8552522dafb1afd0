"""Tables of plain values, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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

    def csv(self, end: str = "\r\n") -> str:
        """The table as CSV, a cell empty where nothing is known; `end` ends lines."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator=end)
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow([unrun(cell) for cell in row])
        return out.getvalue()


def unrun(cell: Cell) -> Cell:
    """A cell that no spreadsheet runs."""
    # It would run a text that begins with one of these as a formula.
    risky = isinstance(cell, str) and cell and cell[0] in "=+-@\t\r"
    return f"'{cell}" if risky else cell
