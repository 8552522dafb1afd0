"""A forest plot: every model's rating with its interval, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape

from .board import Board, Standing
from .printable import printable

ROW, TOP, BOTTOM, MARGIN = 22, 58, 44, 16
PLOT = 520
LETTER = 7.2
LONGEST = 44
INK, FAINT, GRID, ACCENT = "#1c2024", "#60646c", "#d9d9e0", "#0d5cab"
FONT = "'DejaVu Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
TICKS = 8


def forest_svg(boards: Sequence[Board]) -> str:
    """The boards' forest plots, one below the other; models without a rating are left out."""
    drawn = [
        (board, [one for one in board.standings if one.rating is not None]) for board in boards
    ]
    longest = max((len(_label(one)) for _, shown in drawn for one in shown), default=0)
    gutter = MARGIN + int(longest * LETTER) + 60
    width = gutter + PLOT + 170
    parts: list[str] = []
    height = 0
    for board, shown in drawn:
        parts += _board(board, shown, gutter, height)
        height += TOP + ROW * max(len(shown), 1) + BOTTOM
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="{FONT}" font-size="12" fill="{INK}" '
        f'role="img" aria-label="Ratings with intervals">\n'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>\n{body}\n</svg>\n'
    )


def _board(board: Board, shown: Sequence[Standing], gutter: int, top: int) -> list[str]:
    title = f"{printable(board.title)}: {board.votes:,} votes"
    detail = f"{board.system}, {_percent(board.level)} intervals, 400 points to tenfold odds"
    parts = [
        _text(MARGIN, top + 22, title, size=15, weight="bold"),
        _text(MARGIN, top + 40, detail, fill=FAINT),
    ]
    if not shown:
        return [*parts, _text(MARGIN, top + TOP + 14, "no model has a rating", fill=FAINT)]
    low, high, step = _axis(shown)
    bottom = top + TOP + ROW * len(shown)

    def across(points: float) -> float:
        return round(gutter + PLOT * (points - low) / (high - low), 1)

    for tick in range(round((high - low) / step) + 1):
        points = low + tick * step
        x = across(points)
        parts.append(_line(x, top + TOP - 4, x, bottom, GRID))
        parts.append(_text(x, bottom + 16, f"{points:g}", anchor="middle", fill=FAINT))
    for place, one in enumerate(shown):
        parts += _row(one, top + TOP + ROW * place + ROW / 2, gutter, across)
    return parts


def _row(one: Standing, y: float, gutter: int, across: object) -> list[str]:
    assert callable(across)
    assert one.rating is not None
    colour = FAINT if one.preliminary else ACCENT
    rank = "" if one.rank is None else str(one.rank)
    parts = [
        f"<g><title>{escape(_told(one))}</title>",
        _text(MARGIN + 22, y + 4, rank, anchor="end", fill=FAINT),
        _text(MARGIN + 32, y + 4, _label(one), fill=FAINT if one.preliminary else INK),
    ]
    if one.lower is not None and one.upper is not None:
        parts.append(_line(across(one.lower), y, across(one.upper), y, colour, 2))
    parts.append(f'<circle cx="{across(one.rating)}" cy="{y}" r="4" fill="{colour}"/>')
    number = f"{one.rating:.0f}"
    if one.lower is not None and one.upper is not None:
        number += f" ({one.lower:.0f} to {one.upper:.0f})"
    parts.append(_text(gutter + PLOT + 14, y + 4, number, fill=FAINT))
    return [*parts, "</g>"]


def _axis(shown: Sequence[Standing]) -> tuple[float, float, float]:
    """The ends of the axis and the step of its ticks, 1, 2 or 5 times a power of ten."""
    points = [
        bound for one in shown for bound in (one.rating, one.lower, one.upper) if bound is not None
    ]
    low, high = min(points), max(points)
    rough = max((high - low) / TICKS, 1e-6)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return first * step, max(last, first + 1) * step, step


def _label(one: Standing) -> str:
    name = printable(one.model)
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _told(one: Standing) -> str:
    said = f"{printable(one.model)}: {one.rating:.1f}"
    if one.lower is not None:
        said += f", {one.lower:.1f} to {one.upper:.1f}"
    return f"{said}, {one.votes:,} votes"


def _percent(level: float) -> str:
    return f"{100 * level:g} %"


def _text(
    x: float,
    y: float,
    text: str,
    *,
    anchor: str = "start",
    fill: str = INK,
    size: int = 12,
    weight: str = "normal",
) -> str:
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" fill="{fill}" font-size="{size}" '
        f'font-weight="{weight}">{escape(text)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str, width: int = 1) -> str:
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{stroke}" stroke-width="{width}"/>'
    )
