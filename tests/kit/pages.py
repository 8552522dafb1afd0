"""Templates rendered without a server, and what is in them."""

from __future__ import annotations

from typing import Any

from polyarena.testing import Page
from polyarena_frontend import pages

from .views import SITE

__all__ = ["Page", "render"]


def render(template: str, **context: Any) -> str:
    """A template with what every page has."""
    return pages.render(template, **{**SITE, **context})
