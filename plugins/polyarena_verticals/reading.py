"""An answer read: its HTML with what stands out marked in it, and the marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

from markupsafe import Markup, escape

from polyarena import Text, default_html

from .marker import Mark, Marker, marks_in

READ = 60_000
MARKED = 1_000
# Inside these, nothing is marked.
_CLOSED = frozenset({"pre", "math"})
# These do not end a run of words.
_INLINE = frozenset({"a", "code", "del", "em", "s", "span", "strong"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as `html` with marks, and the `marks` in it, with those of its links' addresses."""

    html: Markup
    marks: tuple[Mark, ...]


@lru_cache(maxsize=256)
def read(text: str, markers: tuple[Marker, ...]) -> Reading:
    """Read a text that may be anybody's: what comes of it is escaped.

    Only the first `READ` characters of it are searched, and at most `MARKED` things marked.
    """
    parser = _Parser()
    parser.feed(default_html(Text(text=text)))
    parser.close()
    marks: list[Mark] = []
    left = READ
    for run in _runs(parser.pieces):
        words = "".join(piece.text for piece in run)[:left]
        left -= len(words)
        found = marks_in(words, markers)[: MARKED - len(marks)]
        marks += found
        _lay(run, found)
    for address in parser.addresses[:MARKED]:
        marks += marks_in(address[:400], [marker for marker in markers if marker.cites])
    return Reading(Markup("").join(map(_html, parser.pieces)), tuple(marks))


@dataclass(slots=True)
class _Piece:
    """A tag, or words between tags; `marks` are their places in the words."""

    raw: str = ""
    text: str = ""
    ends_run: bool = False
    marks: list[tuple[int, int, Mark]] = field(default_factory=list)


class _Parser(HTMLParser):
    """Takes apart HTML that the server's own sanitiser wrote."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[_Piece] = []
        self.addresses: list[str] = []
        self._closed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._closed += tag in _CLOSED
        self._tag(tag, self.get_starttag_text() or "")
        self.addresses += [value for name, value in attrs if name == "href" and value]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag(tag, self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._closed -= tag in _CLOSED
        self._tag(tag, f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._closed:
            self.pieces.append(_Piece(raw=str(escape(data)), ends_run=True))
        else:
            self.pieces.append(_Piece(text=data))

    def _tag(self, tag: str, raw: str) -> None:
        self.pieces.append(_Piece(raw=raw, ends_run=tag not in _INLINE))


def _runs(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    run: list[_Piece] = []
    for piece in pieces:
        if piece.ends_run and run:
            yield run
            run = []
        elif piece.text:
            run.append(piece)
    if run:
        yield run


def _lay(run: Sequence[_Piece], marks: Sequence[Mark]) -> None:
    """Put marks on the pieces that they are in, wherever tags cut them."""
    start = first = 0
    for piece in run:
        end = start + len(piece.text)
        while first < len(marks) and marks[first].end <= start:
            first += 1
        for mark in marks[first:]:
            if mark.start >= end:
                break
            piece.marks.append((max(mark.start - start, 0), min(mark.end, end) - start, mark))
        start = end


def _html(piece: _Piece) -> Markup:
    if not piece.text:
        return Markup(piece.raw)  # noqa: S704
    parts: list[Markup] = []
    at = 0
    for start, end, mark in piece.marks:
        kind = "odd" if mark.odd else "source" if mark.marker.cites else "term"
        title = f"{mark.marker.title}: {mark.odd}" if mark.odd else mark.marker.title
        parts += [
            escape(piece.text[at:start]),
            Markup('<mark class="found" data-kind="{}" title="{}">{}</mark>').format(
                kind, title, piece.text[start:end]
            ),
        ]
        at = end
    return Markup("").join([*parts, escape(piece.text[at:])])
