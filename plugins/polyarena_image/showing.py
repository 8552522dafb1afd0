"""How pictures are shown: in equal boxes, and what sets them apart only after the vote."""

from __future__ import annotations

from markupsafe import Markup

from polyarena import Custom, Image, Part, Prompt, Turn, View

from .measures import KIND, read
from .shapes import SQUARE, Shape, shape_of

_ALT = 200


def shown(part: Part, view: View) -> Markup | None:
    """A part as HTML; a picture's own size is in none of it before the vote."""
    if isinstance(part, Image):
        return Markup(
            '<figure class="painting painting-{}"><a href="{}" target="_blank" rel="noopener">'
            '<img src="{}" alt="{}"></a></figure>'
        ).format(_shape(view.prompt).id, part.url, part.url, _alt(view))
    if isinstance(part, Custom) and part.kind == KIND:
        measures = read(part)
        if not view.revealed or measures is None:
            return Markup("")
        return Markup('<p class="painting-size">{} × {}</p>').format(
            measures.width, measures.height
        )
    return None


def waiting(turn: Turn) -> Markup:
    """An empty canvas of the shape that was asked for."""
    return Markup('<div class="painting painting-{} painting-empty"></div>').format(
        shape_of(turn.prompt).id
    )


def _shape(prompt: Prompt | None) -> Shape:
    return SQUARE if prompt is None else shape_of(prompt)


def _alt(view: View) -> str:
    asked = " ".join(view.prompt.text.split())[:_ALT] if view.prompt else ""
    name = f"Picture {view.side.upper()}"
    return f"{name}: {asked}" if asked else name
