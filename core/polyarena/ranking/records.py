"""Boards as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import orjson

from .board import Board, Standing
from .tables import MadeTable

FIRST = ("model", "rating", "lower", "upper", "rank", "votes")
MORE = ("rank_low", "rank_high", "group", "preliminary")


def as_json(boards: Sequence[Board]) -> str:
    """One object with a list of boards, each with its models, effects and notes."""
    whole = {"boards": [_board(board) for board in boards]}
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2).decode()


def as_csv(boards: Sequence[Board]) -> str:
    """One row a model, empty where the votes determine nothing; `category` if there are any."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    several = len(boards) > 1
    writer.writerow([*FIRST, *MORE, *(["category"] if several else [])])
    for board in boards:
        for one in board.standings:
            cells = _record(one)
            row = [_safe(one.model), *list(cells.values())[1:-1], str(one.preliminary).lower()]
            writer.writerow([*row, *([_safe(board.category or "")] if several else [])])
    return out.getvalue()


def table_as_json(table: MadeTable) -> str:
    """One object with the rows, each by column, and notes."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    whole = {"rows": rows, "notes": list(table.notes)}
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2).decode()


def table_as_csv(table: MadeTable) -> str:
    """Its rows, a cell empty where nothing is known."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        writer.writerow([_safe(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def _board(board: Board) -> dict[str, Any]:
    return {
        "category": board.category,
        "system": board.system,
        "level": board.level,
        "votes": board.votes,
        "models": [_record(one) for one in board.standings],
        "effects": [
            {key: _finite(value) for key, value in asdict(one).items()} for one in board.effects
        ],
        "notes": list(board.notes),
    }


def _record(one: Standing) -> dict[str, Any]:
    values = asdict(one)
    return {name: values[name] for name in (*FIRST, *MORE)}


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _safe(text: str) -> str:
    # A spreadsheet runs a cell that begins with one of these as a formula.
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text
