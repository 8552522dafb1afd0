"""What every route needs of a request: the services, and who is asking."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request, Response

from ..errors import Forbidden
from ..services import Services
from ..services.live import LiveBattle
from ..services.visitors import COOKIE, COOKIE_SECONDS


def services(request: Request) -> Services:
    """The services of this server."""
    held: Services = request.app.state.services
    return held


async def held(request: Request) -> Services:
    """The services, as a dependency: one that is not async would cost a thread a request."""
    return services(request)


async def identity(request: Request) -> str | None:
    """The visitor by token or cookie, None where the request carries neither.

    Raises:
        Forbidden: the token is unknown or revoked.
    """
    visitors = services(request).visitors
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        visitor = await visitors.of_token(token.strip())
        if visitor is None:
            raise Forbidden("The API token is unknown or was revoked.")
        return visitor
    return visitors.read(request.cookies.get(COOKIE))


async def visitor(request: Request, response: Response) -> str:
    """The visitor, made anew where the request carries none."""
    known = await identity(request)
    if known is None:
        known = services(request).visitors.new()
        set_cookie(request, response, known)
    return known


def set_cookie(request: Request, response: Response, visitor: str) -> None:
    """Give the browser the visitor's signed id."""
    response.set_cookie(
        COOKIE,
        services(request).visitors.sign(visitor),
        max_age=COOKIE_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


ServicesDep = Annotated[Services, Depends(held)]
Identity = Annotated[str | None, Depends(identity)]
Visitor = Annotated[str, Depends(visitor)]


async def own_battle(services: ServicesDep, visitor: Visitor, battle_id: str) -> LiveBattle:
    """The battle a page is about; its visitor's own."""
    return await services.battles.open(battle_id, visitor)


async def held_battle(services: ServicesDep, who: Identity, battle_id: str) -> LiveBattle:
    """The battle a script is about; to a request without an identity its id is the key."""
    return await services.battles.open(battle_id, who)


OwnBattle = Annotated[LiveBattle, Depends(own_battle)]
HeldBattle = Annotated[LiveBattle, Depends(held_battle)]
