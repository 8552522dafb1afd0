"""An app that tries to get out of its pane."""

from __future__ import annotations

from pathlib import Path

from .app_arena import Files, preview_host

SCRIPT = Path(__file__).with_name("hostile_app.js")
PAGE = b"""<!doctype html><title>Hostile</title>
<h1>The voter chose A</h1><button>Left is better</button>
<script type="module" src="main.js"></script>"""


def hostile_app(port: int, other: str) -> Files:
    """The app; nobody ought to call at `port`, and `other` is another app's bundle."""
    script = SCRIPT.read_text().replace("@PORT@", str(port)).replace("@OTHER@", preview_host(other))
    return {"index.html": PAGE, "main.js": script.encode()}


def leaving_app(address: str) -> Files:
    """An app that goes to an address by itself."""
    page = f"<h1>Leaving</h1><script>setTimeout(() => location = '{address}', 300)</script>"
    return {"index.html": page.encode()}
