"""A terminal's colours as HTML: classes of the stylesheet, never a style of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from .plaintext import clean_text, only_colours

if TYPE_CHECKING:
    from rich.color import Color
    from rich.style import Style

ESCAPE = "\x1b"


def ansi_html(text: str) -> Markup:
    """Text as a terminal would show it; what is no colour or weight vanishes."""
    if ESCAPE not in text:
        return escape(clean_text(text))
    from rich.style import Style
    from rich.text import Text

    shown = Text.from_ansi(only_colours(text))
    pieces: list[Markup] = []
    at = 0
    for span in shown.spans:
        if not isinstance(span.style, Style) or span.end <= at:
            continue
        pieces.append(escape(clean_text(shown.plain[at : span.start])))
        inner = escape(clean_text(shown.plain[max(at, span.start) : span.end]))
        names = " ".join(_classes(span.style))
        pieces.append(Markup('<span class="{}">{}</span>').format(names, inner) if names else inner)
        at = span.end
    pieces.append(escape(clean_text(shown.plain[at:])))
    return Markup("").join(pieces)


def _classes(style: Style) -> list[str]:
    weights = {
        "bold": style.bold,
        "dim": style.dim,
        "italic": style.italic,
        "underline": style.underline,
        "strike": style.strike,
        "reverse": style.reverse,
    }
    names = [f"ansi-{name}" for name, on in weights.items() if on]
    names += [f"ansi-fg-{n}" for n in _number(style.color)]
    return names + [f"ansi-bg-{n}" for n in _number(style.bgcolor)]


def _number(colour: Color | None) -> list[int]:
    """The nearest of the terminal's sixteen colours, if it is not the terminal's own."""
    if colour is None or colour.is_default:
        return []
    from rich.color import ColorSystem

    number = colour.downgrade(ColorSystem.STANDARD).number
    return [] if number is None else [number]
