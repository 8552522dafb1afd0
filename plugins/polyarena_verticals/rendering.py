"""An answer as it is shown: what stands out marked in it, its sources listed below."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from .evidence import cited
from .marker import Mark, Marker
from .reading import read

LISTED = 40


def rendered(text: str, markers: tuple[Marker, ...]) -> Markup:
    """The HTML of an answer, with its sources, if it names any."""
    reading = read(text, markers)
    sources = cited(reading.marks)
    return Markup("{}{}").format(reading.html, _listed(sources)) if sources else reading.html


def _listed(sources: Sequence[Mark]) -> Markup:
    odd = sum(bool(mark.odd) for mark in sources)
    count = "1 source" if len(sources) == 1 else f"{len(sources)} sources"
    state = f"{odd} with a form that is wrong" if odd else "well-formed"
    items = Markup("").join(map(_item, sources[:LISTED]))
    return Markup(
        '<aside class="found-sources" aria-label="Sources named in this answer">'
        '<p class="found-head"><strong>{}</strong> <span data-odd="{}">{}</span></p>'
        "<ul>{}</ul>"
        '<p class="found-note">Only the form was checked. Whether a source exists and says so is '
        "for you to judge.</p></aside>"
    ).format(count, "yes" if odd else "no", state, items)


def _item(mark: Mark) -> Markup:
    shown = mark.text if len(mark.text) <= 160 else f"{mark.text[:159]}…"
    named = Markup("<span>{}</span>").format(shown)
    if mark.link:
        named = Markup(
            '<a href="{}" target="_blank" rel="noopener noreferrer nofollow">{}</a>'
        ).format(mark.link, shown)
    odd = Markup('<em class="found-odd">{}</em>').format(mark.odd) if mark.odd else ""
    return Markup('<li><span class="found-kind">{}</span>{}{}</li>').format(
        mark.marker.title, named, odd
    )
