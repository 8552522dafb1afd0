"""The pictures of a prompt, as HTML."""

from __future__ import annotations

from markupsafe import Markup

from polyarena.content import Image

from .artifacts import artifact_url, thumb_url
from .messages import catalogue


def prompt_picture(part: Image) -> Markup:
    """A small picture that leads to the whole one, and a word on how the models see it."""
    words = catalogue().text
    return Markup(
        '<figure class="picture"><a class="zoom" href="{}" target="_blank" rel="noopener"'
        ' data-zoom="{}" data-size="{}x{}"><img src="{}" width="{}" height="{}" alt="{}"></a>'
        "{}</figure>"
    ).format(
        artifact_url(part),
        part.alt or part.filename,
        part.width,
        part.height,
        thumb_url(part),
        part.width,
        part.height,
        part.alt or words("battle.picture", name=part.filename),
        _note(part),
    )


def _note(part: Image) -> Markup:
    if not part.fitted:
        return Markup()
    words, first = catalogue().text, part.fitted[0]
    if len(part.fitted) > 1:
        said = words("battle.sees_frames", count=len(part.fitted))
    elif first.frame:
        said = words("battle.sees_still")
    elif (first.width, first.height) != (part.width, part.height):
        said = words("battle.sees_size", width=first.width, height=first.height)
    else:
        return Markup()
    return Markup("<figcaption>{}</figcaption>").format(said)
