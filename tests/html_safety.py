"""What may never be in HTML made from untrusted text."""

from __future__ import annotations

import re
from html.parser import HTMLParser


class _Danger(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "img", "iframe", "svg", "style", "object", "link", "base"}
        for name, value in attrs:
            assert not name.startswith("on")
            assert name not in {"style", "src", "srcset", "id"}
            if name == "href":
                assert value is not None
                assert re.match(r"(?i)(https?|mailto):", value)


def assert_harmless(html: str) -> None:
    """Fail if an element or attribute of `html` could run a script or load something."""
    _Danger(convert_charrefs=True).feed(html)
