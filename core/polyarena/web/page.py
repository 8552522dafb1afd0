"""Rendering a template with what every page has."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from .context import services
from .present import tabs


def page(
    request: Request,
    template: str,
    *,
    active: str | None = None,
    status: int = 200,
    headers: dict[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """A page, or a part of one, that is never kept by a cache."""
    from polyarena_frontend.pages import render

    held = services(request)
    html = render(
        template,
        site=held.settings.title,
        tabs=tabs(held, active),
        path=request.url.path,
        **context,
    )
    return HTMLResponse(html, status, {"cache-control": "no-store", **(headers or {})})
