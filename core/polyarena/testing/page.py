"""A page as it was rendered, and what is in it."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "track"})
UNSEEN = frozenset({"script", "style", "template", "textarea"})


class Page(HTMLParser):
    """What a page holds: its elements with their attributes, its text, and what is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self._texts: list[str] = []
        self.feed(html)
        self.close()
        self.faults += [f"<{tag}> is never closed" for tag in self.open]

    @property
    def text(self) -> str:
        """The text that a person reads, its spaces folded."""
        return " ".join("".join(self._texts).split())

    def find(self, tag: str, **wanted: str | None) -> list[dict[str, str | None]]:
        """The attributes of the elements of this tag that have all of `wanted`."""
        return [
            given
            for name, given in self.elements
            if name == tag and all(given.get(key) == value for key, value in wanted.items())
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
            self._texts.append(" ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")
        self._texts.append(" ")

    def handle_data(self, data: str) -> None:
        if not UNSEEN & set(self.open):
            self._texts.append(data)
