"""Rendering a template with what every page has."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from ..arena import Arena
from .acting import shows_apps
from .arena_page import tabs
from .context import services
from .security import framing


def page(
    request: Request,
    template: str,
    *,
    active: str | None = None,
    status: int = 200,
    headers: dict[str, str] | None = None,
    answers: Arena | None = None,
    **context: Any,
) -> HTMLResponse:
    """A page, or a part of one, that is never kept by a cache.

    A page that shows `answers` of an arena loads the arena's own scripts and styles, and may show
    apps in frames where the arena has any.
    """
    from polyarena_frontend.pages import render

    held = services(request)
    own = held.registry.assets_of(answers.manifest.id) if answers else None
    html = render(
        template,
        site=held.settings.title,
        tabs=tabs(held, active),
        path=request.url.path,
        has_occupations=bool(held.credentials.occupations),
        own_modules=tuple(map(own.url, own.modules)) if own else (),
        own_styles=tuple(map(own.url, own.styles)) if own else (),
        **context,
    )
    framed = answers is not None and shows_apps(answers)
    policy = framing(held.settings.preview_host) if framed else {}
    return HTMLResponse(html, status, {"cache-control": "no-store", **policy, **(headers or {})})
