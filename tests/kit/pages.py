"""Templates rendered without a server, and what is in them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from polyarena_frontend import pages

from .views import SITE

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta"})


class Page(HTMLParser):
    """What a page holds: its elements with their attributes, its ids, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def find(self, tag: str, **wanted: str | None) -> list[dict[str, str | None]]:
        return [
            given
            for name, given in self.elements
            if name == tag and all(given.get(key) == value for key, value in wanted.items())
        ]


def render(template: str, **context: Any) -> str:
    """A template with what every page has."""
    return pages.render(template, **{**SITE, **context})
