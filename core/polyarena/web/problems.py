"""Errors as a person, a page or a script reads them; nothing of the inside gets out."""

from __future__ import annotations

from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from markupsafe import Markup
from starlette.exceptions import HTTPException

from ..errors import PolyarenaError, PromptRefused
from .page import page
from .suggestion import suggestion_view
from .views import ErrorView

log = structlog.get_logger("polyarena.web")
PROBLEM = Markup('<p class="problem" role="alert">{}</p>')
UNEXPECTED = "Something went wrong on our side; nothing you wrote was taken. Please try again."


def install(app: FastAPI) -> None:
    """Answer every error in the form its reader expects."""
    app.add_exception_handler(PolyarenaError, _on_polyarena)
    app.add_exception_handler(PromptRefused, _on_refused)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_unexpected)


def problem(request: Request, status: int, code: str, message: str) -> Response:
    """The error as JSON, as a fragment for htmx, or as a page."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"code": code, "message": message}}, status)
    if "hx-request" in request.headers:
        return HTMLResponse(PROBLEM.format(message), status)
    error = ErrorView(status, HTTPStatus(status).phrase, message)
    return page(request, "error.html", status=status, error=error)


async def _on_refused(request: Request, refused: Exception) -> Response:
    """A refused prompt, with the one that would be taken in its place, if any is known."""
    assert isinstance(refused, PromptRefused)
    status, code, message = refused.status, refused.code, str(refused)
    if refused.suggestion is not None and request.url.path.startswith("/api/"):
        parts = [part.model_dump(mode="json") for part in refused.suggestion.parts]
        told = {"code": code, "message": message, "suggestion": parts}
        return JSONResponse({"error": told}, status)
    suggestion = suggestion_view(request, refused)
    if suggestion is None:
        return problem(request, status, code, message)
    error = ErrorView(status, HTTPStatus(status).phrase, message, suggestion=suggestion)
    template = "_refused.html" if "hx-request" in request.headers else "error.html"
    return page(request, template, status=status, error=error)


async def _on_polyarena(request: Request, error: Exception) -> Response:
    assert isinstance(error, PolyarenaError)
    return problem(request, error.status, error.code, str(error))


async def _on_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = "; ".join(
        f"{'.'.join(str(step) for step in fault['loc'][1:]) or fault['loc'][0]}: {fault['msg']}"
        for fault in error.errors()[:5]
    )
    return problem(request, 422, "bad_request", faults)


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    message = "There is nothing at this address." if error.status_code == 404 else error.detail
    return problem(request, error.status_code, "http", message)


async def _on_unexpected(request: Request, error: Exception) -> Response:
    log.error("unexpected error", path=request.url.path, exc_info=error)
    return problem(request, 500, "error", UNEXPECTED)
