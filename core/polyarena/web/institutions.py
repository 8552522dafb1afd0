"""Signing in at an institution: the way there, and the way back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from .context import ServicesDep, Visitor, set_cookie
from .credentials import back
from .page import page

router = APIRouter(prefix="/credentials/institution", include_in_schema=False)
COOKIE = "polyarena_sign_in"
COOKIE_SECONDS = 15 * 60


@router.post("/{name}")
async def sign_in(
    request: Request,
    services: ServicesDep,
    visitor: Visitor,
    name: str,
    occupation: Annotated[str, Form()] = "",
    specialty: Annotated[str, Form()] = "",
) -> Response:
    """Lead to the institution.

    By a link where there are no scripts: the content security policy, which lets no form lead
    away, counts a redirect after a form as such.
    """
    root = (services.settings.public_url or str(request.base_url)).rstrip("/")
    returning = f"{root}{router.prefix}/{name}/back"
    where, begun = await services.institutions.begin(
        visitor, name, occupation, specialty, returning
    )
    if "hx-request" in request.headers:
        answer = Response(status_code=204, headers={"hx-redirect": where})
    else:
        title = dict(services.institutions.of(occupation))[name]
        answer = page(request, "sign_in.html", institution=title, where=where)
    set_cookie(request, answer, visitor)
    answer.set_cookie(
        COOKIE,
        begun,
        max_age=COOKIE_SECONDS,
        path=router.prefix,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return answer


@router.get("/{name}/back")
async def signed_in(
    request: Request, services: ServicesDep, visitor: Visitor, name: str
) -> Response:
    """Take what the institution sent the browser back with."""
    kept = request.cookies.get(COOKIE, "")
    await services.institutions.finish(visitor, name, kept, request.query_params)
    answer = back(request, visitor)
    answer.delete_cookie(COOKIE, path=router.prefix)
    return answer
