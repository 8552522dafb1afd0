"""What HTML from an arena must not hold."""

from __future__ import annotations

import re
from html.parser import HTMLParser

FORBIDDEN_TAGS = frozenset({"script", "style", "object", "embed", "base", "meta", "link", "applet"})
LOADING = frozenset({"src", "srcset", "poster", "background", "data", "xlink:href"})
ADDRESSES = LOADING | {"href", "action", "formaction"}


def markup_faults(html: str) -> tuple[str, ...]:
    """Scripts, event handlers, inline styles, and addresses that run or load something."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return tuple(dict.fromkeys(reader.faults))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN_TAGS:
            self.faults.append(f"the HTML has a <{tag}> element")
        names = {name for name, _ in attrs}
        if tag == "iframe" and "sandbox" not in names:
            self.faults.append("the HTML has an <iframe> without sandbox")
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on"):
            self.faults.append(f"the HTML has an event handler, {name} on <{tag}>")
        if name in ("style", "srcdoc"):
            self.faults.append(f"the HTML has an inline {name} on <{tag}>")
        if name not in ADDRESSES:
            return
        address = re.sub(r"[\x00-\x20]", "", value).lower()
        if address.startswith(("javascript:", "vbscript:", "data:text/html", "data:image/svg")):
            self.faults.append(f"the HTML has an address that runs code, {name} on <{tag}>")
        elif name in LOADING and re.match(r"(https?:)?//", address):
            self.faults.append(f"the HTML loads from another host, {name} on <{tag}>")
