"""Answers as HTML blocks: the arena's own renderer where it has one, else the part's default."""

from __future__ import annotations

import asyncio

from markupsafe import Markup

from ..arena import Arena, View
from ..content import Part, Text
from ..dispatch import Dispatcher
from ..services.live import LiveBattle
from ..side import Answer, Side

LONG = 20_000


async def part_blocks(
    dispatcher: Dispatcher, arena: Arena, part: Part, view: View
) -> tuple[Markup, ...]:
    """The blocks of one part; a long one is rendered off the event loop."""
    from polyarena_frontend.parts import render_blocks

    own = await dispatcher.render(arena, part, view)
    if own is not None:
        return (own,) if own else ()
    if isinstance(part, Text) and len(part.text) > LONG:
        return await asyncio.to_thread(render_blocks, part)
    return render_blocks(part)


def view_of(live: LiveBattle, number: int, side: Side, *, final: bool = True) -> View:
    """How what a side answers to a turn is shown now."""
    battle = live.battle
    parts = tuple(live.answer(side, number).parts) if final else ()
    return View(
        battle.arena,
        side,
        final,
        revealed=battle.revealed,
        prompt=battle.turns[number].prompt,
        parts=parts,
    )


async def answer_blocks(
    dispatcher: Dispatcher, arena: Arena, answer: Answer, view: View
) -> tuple[Markup, ...]:
    """The blocks of an answer."""
    blocks: list[Markup] = []
    for part in answer.parts:
        blocks.extend(await part_blocks(dispatcher, arena, part, view))
    return tuple(blocks)
