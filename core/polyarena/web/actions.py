"""The forms of the pages: each is a plain POST, answered with a redirect or, to htmx, a part."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from ..arena import Mode
from ..errors import BadRequest
from ..services.live import LiveBattle
from ..side import SIDES, Side
from .context import OwnBattle, ServicesDep, Visitor, services, set_cookie
from .page import page
from .present import battle_view
from .prompt_form import Form as PromptForm
from .prompt_form import base_of, prompt_of, text_of
from .rendering import part_blocks, view_of

router = APIRouter(include_in_schema=False)

ASPECT = "aspect."
TextField = Annotated[str, Form()]


async def _shown(request: Request, live: LiveBattle, *, push: bool = False) -> Response:
    url = f"/battles/{live.battle.id}"
    if "hx-request" not in request.headers:
        return RedirectResponse(url, 303)
    view = await battle_view(services(request), live)
    # The address may still say from which turn the one before went on.
    headers = {"hx-push-url" if push else "hx-replace-url": url}
    return page(request, "_battle.html", battle=view, active=view.arena, headers=headers)


@router.post("/arenas/{arena_id}/battles")
async def begin(
    request: Request,
    services: ServicesDep,
    visitor: Visitor,
    arena_id: str,
    form: PromptForm,
    mode: TextField = Mode.BATTLE.value,
    model_a: TextField = "",
    model_b: TextField = "",
) -> Response:
    if mode not in {one.value for one in Mode}:
        raise BadRequest(f"There is no mode {mode!r}.")
    chosen = [name for name in (model_a, model_b) if name]
    if Mode(mode) is Mode.DIRECT:
        chosen = chosen[:1]
    manifest = services.battles.arena(arena_id).manifest
    prompt = await prompt_of(form, manifest, services.artifacts)
    live = await services.battles.begin(arena_id, prompt, visitor, Mode(mode), chosen)
    answer = await _shown(request, live, push=True)
    set_cookie(request, answer, visitor)
    return answer


@router.post("/battles/{battle_id}/turns")
async def ask(
    request: Request, services: ServicesDep, live: OwnBattle, form: PromptForm
) -> Response:
    prompt = await prompt_of(form, live.arena.manifest, services.artifacts)
    await services.battles.ask(live, prompt, base_of(form))
    return await _shown(request, live)


@router.post("/battles/{battle_id}/edit")
async def edit(
    request: Request, services: ServicesDep, live: OwnBattle, form: PromptForm
) -> Response:
    prompt = await prompt_of(form, live.arena.manifest, services.artifacts)
    await services.battles.edit(live, prompt)
    return await _shown(request, live)


@router.post("/battles/{battle_id}/regenerate")
async def regenerate(request: Request, services: ServicesDep, live: OwnBattle) -> Response:
    await services.battles.edit(live)
    return await _shown(request, live)


@router.post("/battles/{battle_id}/retry")
async def retry(
    request: Request,
    services: ServicesDep,
    live: OwnBattle,
    side: TextField = "",
) -> Response:
    for known in SIDES:
        if known == side:
            await services.battles.retry(live, known)
            return await _shown(request, live)
    raise BadRequest(f"There is no side {side!r}; the sides are a and b.")


@router.post("/battles/{battle_id}/stop")
async def stop(request: Request, services: ServicesDep, live: OwnBattle) -> Response:
    await services.battles.stop(live)
    return (
        Response(status_code=204)
        if "hx-request" in request.headers
        else await _shown(request, live)
    )


@router.post("/battles/{battle_id}/vote")
async def vote(
    request: Request,
    services: ServicesDep,
    live: OwnBattle,
    form: PromptForm,
) -> Response:
    reasons = [reason for reason in form.getlist("reasons") if isinstance(reason, str)]
    aspects = {
        name.removeprefix(ASPECT): text_of(form, name) for name in form if name.startswith(ASPECT)
    }
    flags: dict[str, dict[str, str]] = {
        flag.id: {side: text_of(form, f"flag.{flag.id}.{side}") for side in SIDES}
        for flag in live.arena.manifest.ballot.flags
    }
    expert = {"expert": True, "public": False}.get(text_of(form, "as"))
    choice, comment = text_of(form, "choice"), text_of(form, "comment")
    await services.votes.cast(live, choice, reasons, comment, aspects, flags, expert)
    return await _shown(request, live)


@router.post("/battles/{battle_id}/turns/{number}/{side}/actions/{name}")
async def act(
    request: Request,
    services: ServicesDep,
    live: OwnBattle,
    number: int,
    side: Side,
    name: str,
    form: PromptForm,
) -> Response:
    values = {key: text_of(form, key) for key in form}
    parts = await services.battles.act(live, number, side, name, values)
    view = view_of(live, number, side)
    blocks = [
        block
        for part in parts
        for block in await part_blocks(services.dispatcher, live.arena, part, view)
    ]
    template = "_acted.html" if "hx-request" in request.headers else "acted.html"
    return page(
        request,
        template,
        blocks=blocks,
        back=f"/battles/{live.battle.id}",
        active=live.battle.arena,
        answers=live.arena,
    )


@router.post("/battles/{battle_id}/share")
async def share(request: Request, services: ServicesDep, live: OwnBattle) -> Response:
    await services.battles.share(live)
    return await _shown(request, live)
