"""Errors as a person, a page or a script reads them; nothing of the inside gets out."""

from __future__ import annotations

from http import HTTPStatus

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from markupsafe import Markup
from starlette.exceptions import HTTPException

from ..errors import PolyarenaError
from .page import page
from .views import ErrorView

log = structlog.get_logger("polyarena.web")
PROBLEM = Markup('<p class="problem" role="alert">{}</p>')
UNEXPECTED = "Something went wrong on our side; nothing you wrote was taken. Please try again."


def install(app: FastAPI) -> None:
    """Answer every error in the form its reader expects."""
    app.add_exception_handler(PolyarenaError, _on_polyarena)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_unexpected)


def problem(request: Request, status: int, code: str, message: str) -> Response:
    """The error as JSON, as a fragment for htmx, or as a page."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"code": code, "message": message}}, status)
    if "hx-request" in request.headers:
        return HTMLResponse(PROBLEM.format(message), status)
    title = HTTPStatus(status).phrase
    return page(request, "error.html", status=status, error=ErrorView(status, title, message))


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
