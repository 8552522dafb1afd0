"""A sound as HTML: a player that counts how long it was listened to, and what is said in it."""

from __future__ import annotations

from markupsafe import Markup

from polyarena.content import Audio

from .artifacts import artifact_url, readable_size
from .pages import render


def render_audio(part: Audio) -> tuple[Markup, ...]:
    """The one block of a sound."""
    html = render(
        "_audio.html",
        part=part,
        url=artifact_url(part),
        size=readable_size(part.size),
        length=_clock(part.seconds) if part.seconds else "",
    )
    return (Markup(html),)  # noqa: S704


def _clock(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02} min"
