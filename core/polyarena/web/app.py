"""The ASGI application."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

from anyio import to_thread
from fastapi import FastAPI, Request, Response

from ..content import Text
from ..preview_host import site_origins
from ..services import open_services
from ..settings import Settings
from . import (
    actions,
    api,
    apps,
    artifacts,
    board_api,
    board_pages,
    credentials,
    institutions,
    pages,
    plugin_files,
    problems,
    use,
)
from .page import page
from .preview import PreviewHosts
from .security import CSP, BodyLimit, SameOrigin, SecurityHeaders
from .static import built_files

# Swagger UI writes style attributes; no other page may.
DOCS_CSP = CSP.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")


def make_app(settings: Settings, extra: Mapping[str, object] | None = None) -> FastAPI:
    """The application for these settings; `extra` are plugins given as objects."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with open_services(settings, extra) as services:
            app.state.services = services
            await to_thread.run_sync(_warm)
            yield

    app = FastAPI(
        title=settings.title,
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    app.include_router(api.router)
    app.include_router(apps.router)
    app.include_router(artifacts.router)
    app.include_router(board_pages.router)
    app.include_router(pages.router)
    app.include_router(actions.router)
    app.include_router(board_api.router)
    app.include_router(use.router)
    app.include_router(credentials.router)
    app.include_router(credentials.api)
    app.include_router(institutions.router)
    app.include_router(plugin_files.router)
    app.add_api_route("/api/docs", _docs, include_in_schema=False)
    app.add_api_route("/healthz", _health, include_in_schema=False)
    app.mount("/static", built_files(), "static")
    problems.install(app)
    limits = settings.limits
    app.add_middleware(BodyLimit, limit=limits.request_bytes, with_files=limits.upload_bytes)
    app.add_middleware(SameOrigin)
    app.add_middleware(SecurityHeaders)
    origins = site_origins(settings.preview_host, settings.public_url)
    # Added last, it comes first: no request for an app's host gets any further.
    app.add_middleware(PreviewHosts, preview_host=settings.preview_host, origins=origins)
    return app


def _warm() -> None:
    """Import and compile now what the first page would else wait for."""
    from polyarena_frontend import pages as templates
    from polyarena_frontend.parts import render_blocks

    templates.warm()
    render_blocks(Text(text="Some *words*, `code` and $x$."))


async def _docs(request: Request) -> Response:
    return page(
        request,
        "docs.html",
        openapi_url="/api/openapi.json",
        headers={"content-security-policy": DOCS_CSP},
    )


async def _health() -> dict[str, str]:
    return {"status": "ok"}
