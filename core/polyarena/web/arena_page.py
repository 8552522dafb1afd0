"""An arena's page before a battle, and the tabs that lead there."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from urllib.parse import urlencode

from ..arena import Arena, ArenaManifest, Mode, Starter
from ..content import Part
from ..model import Model
from ..services import Services
from . import views
from .fields import field_views, kept_fields, kept_views
from .prompt_form import FIELD
from .words import MODES


def tabs(services: Services, active: str | None = None) -> tuple[views.TabView, ...]:
    """The arenas' tabs, in the order of their manifests."""
    return tuple(
        views.TabView(
            id=name,
            title=arena.manifest.title,
            icon=arena.manifest.icon,
            url=f"/arenas/{name}",
            active=name == active,
            missing=arena.manifest.missing,
        )
        for name, arena in services.registry.arenas.items()
    )


def mode_url(arena_id: str, mode: Mode) -> str:
    """The page of an arena's mode."""
    return f"/arenas/{arena_id}" + ("" if mode is Mode.BATTLE else f"/{mode.value}")


async def arena_view(
    services: Services,
    arena: Arena,
    mode: Mode,
    prompt: str = "",
    chosen: tuple[str, ...] = (),
    inputs: Mapping[str, str] | None = None,
    files: Sequence[Part] = (),
    first: Mapping[str, str] | None = None,
) -> views.ArenaView:
    """An arena's page before a battle, its composer filled with what is given.

    Starters that have the values of `first` come before the others.
    """
    manifest = arena.manifest
    wanted = (first or {}).items()
    starters = sorted(manifest.starters, key=lambda one: not wanted <= one.inputs.items())
    listed = [
        model.name
        for model in await services.models.shown()
        if model.drawable and _takes_part(model, manifest)
    ]
    return views.ArenaView(
        id=manifest.id,
        title=manifest.title,
        summary=manifest.summary,
        notice=manifest.notice,
        placeholder=manifest.placeholder,
        prompt_limit=manifest.prompt_limit,
        mode=mode.value,
        modes=tuple(
            views.LinkView(one.value, MODES[one], mode_url(manifest.id, one), one is mode)
            for one in manifest.modes
        ),
        models=tuple(sorted(listed, key=str.casefold)) if mode is not Mode.BATTLE else (),
        starters=tuple([await _starter(services, manifest.id, one) for one in starters]),
        action=f"/arenas/{manifest.id}/battles",
        leaderboard_url=f"/arenas/{manifest.id}/leaderboard",
        problem=await _problem(services, arena),
        missing=manifest.missing,
        fields=field_views(manifest.fields, inputs or {}),
        uploads=manifest.uploads.count if manifest.uploads else 0,
        upload_bytes=manifest.uploads.total_bytes if manifest.uploads else 0,
        of_pictures=manifest.of_pictures,
        prompt=prompt,
        kept=kept_views(files) if manifest.uploads else (),
        chosen=chosen,
    )


async def specialty_of(
    services: Services, visitor: str, manifest: ArenaManifest
) -> Mapping[str, str]:
    """The value of the field that asks for a specialty, by its id, where the visitor's is known.

    It is the first field whose choices have every specialty of the arena's occupation.
    """
    asked = manifest.expertise
    held = await services.credentials.qualification(visitor, asked) if asked else None
    if asked is None or held is None or not held.specialty:
        return {}
    every = {id for id, _ in asked.specialties}
    for field in manifest.fields:
        if every <= {value for value, _ in field.options}:
            return {field.id: held.specialty}
    return {}


async def _starter(services: Services, arena_id: str, starter: Starter) -> views.StarterView:
    inputs = {FIELD + name: value for name, value in starter.inputs.items()}
    kept = kept_views(await services.starters.of(arena_id, starter))
    given = [("prompt", starter.prompt), *inputs.items(), *kept_fields(kept)]
    return views.StarterView(
        starter.title,
        starter.prompt,
        urlencode(given),
        json.dumps(inputs),
        kept,
        json.dumps([asdict(file) for file in kept]),
    )


def _takes_part(model: Model, manifest: ArenaManifest) -> bool:
    return model.weight_in(manifest.id) > 0 and manifest.capability in model.capabilities


async def _problem(services: Services, arena: Arena) -> str | None:
    if problem := services.dispatcher.problem(arena):
        return problem
    drawable = await services.models.drawable()
    count = sum(_takes_part(model, arena.manifest) for model in drawable)
    if count >= 2:
        return None
    have = "no model" if count == 0 else "only one model"
    return (
        f"There is {have} in this arena yet, and a battle needs two. The operator adds one with: "
        "polyarena models add NAME --base-url URL --model ID"
    )
