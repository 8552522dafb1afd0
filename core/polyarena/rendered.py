"""Parts as they are shown where an arena has no way of its own."""

from __future__ import annotations

from markupsafe import Markup

from .content import Part


def default_html(part: Part) -> Markup:
    """The HTML of a part as it is shown by default: sanitised, balanced, and loading nothing.

    For arenas whose `render` adds to what is shown anyway, such as marks in a text.
    """
    from polyarena_frontend.parts import render_blocks

    return Markup("").join(render_blocks(part))
