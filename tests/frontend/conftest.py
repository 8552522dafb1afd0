"""A build of which only the names are there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from polyarena_frontend import pages

BUILT = (
    *("app.js", "app.css", "theme.js", "favicon.svg", "docs.js", "docs.css"),
    *("swagger-ui.js", "swagger-ui.css"),
)


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Templates name files that nobody has built."""
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({name: f"hashed-{name}" for name in BUILT}))
    monkeypatch.setattr(pages, "MANIFEST", manifest)
