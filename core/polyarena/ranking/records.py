"""Boards as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import orjson

from ..data_table import DataTable, unrun
from .board import Board, Standing

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
            row = [unrun(one.model), *list(cells.values())[1:-1], str(one.preliminary).lower()]
            writer.writerow([*row, *([unrun(board.category or "")] if several else [])])
    return out.getvalue()


def table_as_json(table: DataTable, notes: Sequence[str]) -> str:
    """One object with the rows, each by column, and notes."""
    whole = {"rows": table.records(), "notes": list(notes)}
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2).decode()


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
