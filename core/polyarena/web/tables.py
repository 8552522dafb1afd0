"""Tables that can be had as files."""

from __future__ import annotations

from fastapi import Response

from ..data_table import DataTable


def download(table: DataTable, file: str) -> Response:
    """A table as a CSV file of this name."""
    return Response(
        table.csv(),
        media_type="text/csv",
        headers={"content-disposition": f'attachment; filename="{file}.csv"'},
    )
