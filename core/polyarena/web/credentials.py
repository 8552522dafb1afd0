"""A visitor's credentials: the page where they are seen and managed, and the same as JSON."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from ..services.credentials import DECLARED
from ..services.emails import MINUTES
from ..store.credentials import HeldCredential
from . import credential_views as views
from .context import ServicesDep, Visitor, set_cookie
from .page import page
from .prompt_form import FIELD, text_of
from .prompt_form import Form as PromptForm

router = APIRouter(include_in_schema=False)
api = APIRouter(prefix="/api/v1/credentials")
TextField = Annotated[str, Form()]


class Declaration(BaseModel):
    """What a visitor says of themselves; with a `note`, the operator is asked to confirm it."""

    model_config = ConfigDict(extra="forbid")

    occupation: str
    specialty: str = ""
    note: str = ""


class NewClaim(BaseModel):
    """What a visitor claims: values of the credential's fields, by id."""

    model_config = ConfigDict(extra="forbid")

    specialty: str = ""
    values: dict[str, str] = Field(default_factory=dict, max_length=50)


class Address(BaseModel):
    """Where a code is to be sent; the address is not kept."""

    model_config = ConfigDict(extra="forbid")

    address: str
    specialty: str = ""


class Code(BaseModel):
    """A code as it was sent; case, spaces and hyphens do not matter."""

    model_config = ConfigDict(extra="forbid")

    code: str


@router.get("/credentials")
async def credentials(request: Request, services: ServicesDep, visitor: Visitor) -> Response:
    view = await views.credentials_view(services, visitor)
    answer = page(request, "credentials.html", credentials=view)
    set_cookie(request, answer, visitor)
    return answer


@router.post("/credentials/declare")
async def declare(
    request: Request,
    services: ServicesDep,
    visitor: Visitor,
    occupation: TextField = "",
    specialty: TextField = "",
    note: TextField = "",
) -> Response:
    await services.credentials.declare(visitor, occupation, specialty, note)
    return back(request, visitor)


@router.post("/credentials/claim/{name}")
async def claim(
    request: Request, services: ServicesDep, visitor: Visitor, name: str, form: PromptForm
) -> Response:
    values = {key.removeprefix(FIELD): text_of(form, key) for key in form if key.startswith(FIELD)}
    await services.credentials.claim(visitor, name, text_of(form, "specialty"), values)
    return back(request, visitor)


@router.post("/credentials/email/{occupation}")
async def send_code(
    request: Request,
    services: ServicesDep,
    visitor: Visitor,
    occupation: str,
    address: TextField = "",
    specialty: TextField = "",
) -> Response:
    await services.emails.ask(visitor, occupation, specialty, address)
    return back(request, visitor)


@router.post("/credentials/email/{occupation}/code")
async def give_code(
    request: Request,
    services: ServicesDep,
    visitor: Visitor,
    occupation: str,
    code: TextField = "",
) -> Response:
    await services.emails.confirm(visitor, occupation, code)
    return back(request, visitor)


@router.post("/credentials/{name}/delete")
async def delete(
    request: Request,
    services: ServicesDep,
    visitor: Visitor,
    name: str,
    evidence: TextField = "",
) -> Response:
    await services.credentials.forget(visitor, name, evidence_only=bool(evidence))
    return back(request, visitor)


def back(request: Request, visitor: str) -> Response:
    """Answer a form, and a sign-in elsewhere, with the page of credentials."""
    if "hx-request" in request.headers:
        answer = Response(status_code=204, headers={"hx-redirect": "/credentials"})
    else:
        answer = RedirectResponse("/credentials", 303)
    set_cookie(request, answer, visitor)
    return answer


@api.get("")
async def held(services: ServicesDep, visitor: Visitor) -> list[dict[str, Any]]:
    """The credentials that the visitor holds, never their evidence."""
    return [_fields(one) for one in await services.credentials.of(visitor)]


@api.post("", status_code=201)
async def say(services: ServicesDep, visitor: Visitor, body: Declaration) -> list[dict[str, Any]]:
    """Declare an occupation; the answer is all that the visitor holds."""
    await services.credentials.declare(visitor, body.occupation, body.specialty, body.note)
    return await held(services, visitor)


@api.post("/{name}", status_code=201)
async def check(
    services: ServicesDep, visitor: Visitor, name: str, body: NewClaim
) -> list[dict[str, Any]]:
    """Have a credential checked; the answer is all that the visitor holds."""
    await services.credentials.claim(visitor, name, body.specialty, body.values)
    return await held(services, visitor)


@api.post("/email/{occupation}", status_code=202)
async def mail_code(
    services: ServicesDep, visitor: Visitor, occupation: str, body: Address
) -> dict[str, Any]:
    """Send a code to an address at a listed domain; it works for so many minutes."""
    await services.emails.ask(visitor, occupation, body.specialty, body.address)
    return {"sent": True, "minutes": MINUTES}


@api.post("/email/{occupation}/code", status_code=201)
async def confirm_code(
    services: ServicesDep, visitor: Visitor, occupation: str, body: Code
) -> list[dict[str, Any]]:
    """Give the code that was sent; the answer is all that the visitor holds."""
    await services.emails.confirm(visitor, occupation, body.code)
    return await held(services, visitor)


@api.delete("/{name}", status_code=204)
async def forget(
    services: ServicesDep, visitor: Visitor, name: str, evidence_only: bool = False
) -> None:
    """Delete a credential, or its evidence alone; votes keep the tier they were cast with."""
    await services.credentials.forget(visitor, name, evidence_only=evidence_only)


def _fields(one: HeldCredential) -> dict[str, Any]:
    what = one.qualification
    return {
        "id": one.id,
        "occupation": what.occupation,
        "specialty": what.specialty or None,
        "tier": what.tier.value,
        "checked_by": None if one.kind == DECLARED else one.kind,
        "state": one.state.value,
        "why": one.why or None,
        "asked": one.asked,
        "created": one.created,
        "lapses": one.lapses,
        "evidence": one.evidence,
    }
