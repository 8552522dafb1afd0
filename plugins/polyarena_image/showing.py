"""How pictures are shown: alike until the vote, and what sets them apart only after it."""

from __future__ import annotations

from markupsafe import Markup

from polyarena import (
    Custom,
    Failure,
    Image,
    ModelRequest,
    Part,
    PictureRefused,
    Prompt,
    ProviderError,
    Run,
    Turn,
    View,
)

from .measures import KIND, read
from .shapes import SQUARE, Shape, seen_size, shape_of

_ALT = 200


async def blind(picture: Image, request: ModelRequest, run: Run) -> Image:
    """A picture that is seen at the same size and in the same format as the other's until the vote.

    Raises:
        ProviderError: it cannot be made so.
    """
    try:
        seen = await run.rendition(picture, *seen_size(request))
    except PictureRefused as error:
        raise ProviderError(Failure.PICTURE, str(error)) from None
    return picture.model_copy(update={"blind": seen})


def shown(part: Part, view: View) -> Markup | None:
    """A part as HTML; the measures are withheld until the vote."""
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
