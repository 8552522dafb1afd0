"""Rendering a template with what every page has."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from .context import services
from .present import tabs
from .security import framing


def page(
    request: Request,
    template: str,
    *,
    active: str | None = None,
    status: int = 200,
    headers: dict[str, str] | None = None,
    apps: bool = False,
    **context: Any,
) -> HTMLResponse:
    """A page, or a part of one, that is never kept by a cache; it may show `apps` in frames."""
    from polyarena_frontend.pages import render

    held = services(request)
    html = render(
        template,
        site=held.settings.title,
        tabs=tabs(held, active),
        path=request.url.path,
        **context,
    )
    policy = framing(held.settings.preview_host) if apps else {}
    return HTMLResponse(html, status, {"cache-control": "no-store", **policy, **(headers or {})})
