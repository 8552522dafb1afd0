"""A plot of boards as a file: SVG, a page of its own, or PNG."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Any

from ..errors import PolyarenaError
from .board import Board, Standing
from .forest import forest_svg
from .printable import printable

KINDS = (".html", ".svg", ".png")
STYLE = (
    "body{font:14px/1.5 system-ui,sans-serif;margin:2rem;color:#1c2024;background:#fff}"
    "svg{max-width:100%;height:auto}table{border-collapse:collapse;margin:1rem 0}"
    "th,td{padding:.25rem .75rem;border-bottom:1px solid #d9d9e0;text-align:right}"
    "th:nth-child(2),td:nth-child(2){text-align:left}"
)
HEAD = ("rank", "model", "rating", "lower", "upper", "votes", "rank spread")


class PlotError(PolyarenaError):
    """The plot cannot be written."""

    code = "plot"


def write_plot(boards: Sequence[Board], path: Path) -> None:
    """Write the boards' forest plots; the ending of the name says as what.

    Raises:
        PlotError: a name with another ending, a file that cannot be written, or, for PNG, a
            library that is not installed.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise PlotError(f"{path}: a plot is written as {', '.join(KINDS)}")
    svg = forest_svg(boards)
    makers: dict[str, Callable[[str], bytes]] = {
        ".svg": str.encode,
        ".png": _png,
        ".html": lambda drawn: _page(boards, drawn),
    }
    data = makers[kind](svg)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise PlotError(f"{path} cannot be written: {error.strerror}") from None


def _png(svg: str) -> bytes:
    try:
        resvg: Any = import_module("resvg_py")
    except ImportError:
        raise PlotError(
            "a PNG needs resvg-py: pip install 'polyarena[plot]'; .svg and .html need nothing"
        ) from None
    return bytes(resvg.svg_to_bytes(svg_string=svg, zoom=2))


def _page(boards: Sequence[Board], svg: str) -> bytes:
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    tables = "\n".join(_section(board) for board in boards)
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Ratings</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>Ratings</h1>\n"
        f"{svg}\n{tables}\n</body>\n</html>\n"
    )
    return page.encode()


def _section(board: Board) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in HEAD)
    rows = "\n".join(_row(one) for one in board.standings)
    notes = "".join(f"<li>{escape(printable(note))}</li>" for note in board.notes)
    title = escape(printable(board.title))
    return (
        f"<h2>{title}: {board.votes:,} votes</h2>\n<table>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>\n<ul>{notes}</ul>"
    )


def _row(one: Standing) -> str:
    points = [
        "" if number is None else f"{number:.1f}" for number in (one.rating, one.lower, one.upper)
    ]
    spread = "" if one.rank_low is None else f"{one.rank_low}–{one.rank_high}"
    rank = "" if one.rank is None else str(one.rank)
    cells = [rank, printable(one.model), *points, f"{one.votes:,}", spread]
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
