"""What a voter may do with finished answers: an arena's forms, and a comparison of files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from ..arena import Arena
from ..content import App, Code, Execution, Image, Part
from ..services import Services
from ..services.live import LiveBattle
from ..side import SIDES, Side
from . import battle_views
from .fields import field_views

PAIRS_MOST = 6
DEVICES = ("desktop", "tablet", "phone")


async def action_views(
    services: Services, live: LiveBattle, number: int, side: Side
) -> tuple[battle_views.ActionView, ...]:
    """The forms under one answer; none while it is not finished."""
    answer = live.answer(side, number)
    if not answer.usable or not has_actions(live.arena):
        return ()
    asked = live.turn_of(side, number)
    forms = await services.dispatcher.actions(live.arena, asked, answer.parts)
    return tuple(
        battle_views.ActionView(
            url=f"{actions_url(live, number, side)}/{quote(form.name, safe='')}",
            title=form.title,
            submit=form.submit,
            hint=form.hint,
            fields=field_views(form.fields, form.values),
        )
        for form in forms
    )


def actions_url(live: LiveBattle, number: int, side: Side) -> str:
    """Where an answer's forms are to be had, empty where the arena has none."""
    if not has_actions(live.arena):
        return ""
    return f"/battles/{live.battle.id}/turns/{number}/{side}/actions"


def compare_url(live: LiveBattle, number: int) -> str:
    """Where the comparison of a turn is to be had, empty where there is nothing to compare."""
    if live.battle.sides != SIDES or not (
        _hands_in_files(live.arena) or _makes_pictures(live.arena)
    ):
        return ""
    return f"/battles/{live.battle.id}/turns/{number}/compare"


def both_pictures(live: LiveBattle, number: int) -> tuple[battle_views.PairView, ...]:
    """The pictures of both sides in pairs, left first, in the order of the answers.

    Those of apps come last, by the devices that both sides were looked at on.
    """
    a, b = (list(_pictures(live.answer(side, number).parts)) for side in SIDES)
    return tuple(
        battle_views.PairView(left, right, device)
        for device in ("", *DEVICES)
        for left, right in zip(_on(a, device), _on(b, device), strict=False)
    )[:PAIRS_MOST]


def _on(pictures: Sequence[tuple[str, Image]], wanted: str) -> list[Image]:
    return [picture for device, picture in pictures if device == wanted]


def _pictures(parts: Sequence[Part]) -> Iterator[tuple[str, Image]]:
    for part in parts:
        match part:
            case Image():
                yield "", part
            case App():
                yield from ((shot.device, shot.image) for shot in part.shots)
            case Execution():
                yield from (("", file) for file in part.files if isinstance(file, Image))


async def both_sources(
    services: Services, live: LiveBattle, number: int
) -> tuple[tuple[Code, ...], tuple[Code, ...]]:
    """The files that both sides hand in, left first."""
    a = await services.dispatcher.sources(live.arena, live.answer("a", number).parts)
    b = await services.dispatcher.sources(live.arena, live.answer("b", number).parts)
    return a, b


def shows_apps(arena: Arena) -> bool:
    """Whether an arena's answers may hold apps."""
    return "app" in arena.manifest.produces


def compared(arena: Arena) -> battle_views.Compared:
    """What of two answers is compared."""
    if not _hands_in_files(arena):
        return "pair"
    return "both" if _makes_pictures(arena) else "sources"


def _hands_in_files(arena: Arena) -> bool:
    return type(arena).sources is not Arena.sources


def _makes_pictures(arena: Arena) -> bool:
    return bool({"image", "app"} & arena.manifest.produces)


def has_actions(arena: Arena) -> bool:
    """Whether an arena offers anything to do with an answer."""
    return type(arena).actions is not Arena.actions
