"""The pages that show something."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import QueryParams

from ..arena import Mode
from ..content import Part
from ..errors import BadRequest, Conflict, NotFound
from ..services import Services
from ..services.artifacts import ALT_LIMIT, part_of
from ..side import Side
from .acting import action_views, both_pictures, both_sources, compare_url, compared
from .arena_page import arena_view, specialty_of
from .context import Identity, OwnBattle, ServicesDep, Visitor, set_cookie
from .html_stream import HtmlFollower
from .page import page
from .present import battle_view, history_view
from .prompt_form import FIELD, kept_file
from .sse import EventStream

router = APIRouter(include_in_schema=False)
HISTORY_PAGE = 30
KEPT_LIMIT = 20


@router.get("/")
async def home(services: ServicesDep) -> Response:
    """The first arena."""
    for name in services.registry.arenas:
        return RedirectResponse(f"/arenas/{name}", 302)
    raise NotFound("No arena is installed; `polyarena plugins list` shows what was found and why.")


async def _arena(
    request: Request, services: ServicesDep, visitor: str, arena_id: str, mode: Mode
) -> Response:
    arena = services.battles.arena(arena_id)
    if mode not in arena.manifest.modes:
        raise NotFound(f"The {arena_id} arena has no {mode.value} mode.")
    query = request.query_params
    chosen = tuple(query[key] for key in ("model_a", "model_b") if query.get(key))
    prompt = query.get("prompt", "")[: arena.manifest.prompt_limit]
    fields = arena.manifest.fields
    theirs = await specialty_of(services, visitor, arena.manifest)
    inputs = {
        one.id: query.get(FIELD + one.id, theirs.get(one.id, ""))[: one.limit] for one in fields
    }
    files = await _stored(services, query)
    view = await arena_view(services, arena, mode, prompt, chosen, inputs, files, first=theirs)
    answer = page(request, "arena.html", arena=view, active=arena_id, answers=arena)
    set_cookie(request, answer, visitor)
    return answer


async def _stored(services: Services, query: QueryParams) -> list[Part]:
    found: list[Part] = []
    for value in query.getlist("kept")[:KEPT_LIMIT]:
        with suppress(BadRequest, NotFound):
            file = kept_file(value)
            alt = query.get(f"alt.{file.artifact}", "")[:ALT_LIMIT]
            known = await services.artifacts.known(file.artifact)
            found.append(part_of(known, file.filename, alt))
    return found


@router.get("/arenas/{arena_id}")
async def arena(
    request: Request, services: ServicesDep, visitor: Visitor, arena_id: str
) -> Response:
    return await _arena(request, services, visitor, arena_id, Mode.BATTLE)


@router.get("/arenas/{arena_id}/{mode}")
async def arena_in_mode(
    request: Request,
    services: ServicesDep,
    visitor: Visitor,
    arena_id: str,
    mode: Literal["side-by-side", "direct"],
) -> Response:
    return await _arena(request, services, visitor, arena_id, Mode(mode))


@router.get("/battles/{battle_id}")
async def battle(
    request: Request, services: ServicesDep, live: OwnBattle, base: int | None = None
) -> Response:
    if base is not None:
        live.battle.check_base(base)
    view = await battle_view(services, live, base=base)
    return page(request, "battle.html", battle=view, active=view.arena, answers=live.arena)


@router.get("/battles/{battle_id}/events")
async def battle_events(services: ServicesDep, visitor: Identity, battle_id: str) -> Response:
    live = await services.battles.open(battle_id, visitor or "")
    return EventStream(HtmlFollower(services.dispatcher, live).events())


@router.get("/battles/{battle_id}/turns/{number}/{side}/actions")
async def actions(
    request: Request, services: ServicesDep, live: OwnBattle, number: int, side: Side
) -> Response:
    if not 0 <= number < len(live.battle.turns) or side not in live.battle.sides:
        raise NotFound("The battle has no such answer.")
    forms = await action_views(services, live, number, side)
    return page(request, "_actions.html", actions=forms, side=side)


@router.get("/battles/{battle_id}/turns/{number}/compare")
async def compare_sides(
    request: Request, services: ServicesDep, live: OwnBattle, number: int
) -> Response:
    from polyarena_frontend.compare import compare

    if not 0 <= number < len(live.battle.turns) or not compare_url(live, number):
        raise NotFound("The battle has no such comparison.")
    if not live.battle.turns[number].over:
        raise Conflict("The answers are not finished.")
    sources = await both_sources(services, live, number)
    template = "_compare.html" if "hx-request" in request.headers else "compare.html"
    return page(
        request,
        template,
        comparisons=await asyncio.to_thread(compare, *sources),
        pairs=both_pictures(live, number),
        compared=compared(live.arena),
        number=number,
        back=f"/battles/{live.battle.id}",
        active=live.battle.arena,
    )


@router.get("/shared/{token}")
async def shared(request: Request, services: ServicesDep, token: str) -> Response:
    live = await services.battles.shared(token)
    view = await battle_view(services, live, read_only=True)
    return page(request, "shared.html", battle=view, active=view.arena, answers=live.arena)


@router.get("/history")
async def history(
    request: Request,
    services: ServicesDep,
    visitor: Visitor,
    q: str = "",
    before: float | None = None,
) -> Response:
    rows, total = await services.battles.history(visitor, q.strip(), before, HISTORY_PAGE)
    view = await history_view(services, rows, total, q.strip(), HISTORY_PAGE)
    template = "_history.html" if "hx-request" in request.headers else "history.html"
    return page(request, template, history=view)


@router.post("/history/delete")
async def delete_history(request: Request, services: ServicesDep, visitor: Visitor) -> Response:
    await services.battles.erase(visitor)
    return _to_history(request)


@router.post("/battles/{battle_id}/delete")
async def delete_battle(
    request: Request, services: ServicesDep, visitor: Visitor, battle_id: str
) -> Response:
    await services.battles.erase(visitor, battle_id)
    return _to_history(request)


def _to_history(request: Request) -> Response:
    if "hx-request" in request.headers:
        return HTMLResponse("", headers={"hx-redirect": "/history"})
    return RedirectResponse("/history", 303)
