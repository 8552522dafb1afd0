"""Hostile parts, and an arena that renders them carelessly."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser, expect

from kit.battle_page import BattlePage
from kit.browser import visiting
from kit.harmless import harm, watch
from kit.served import ArenaPlugin, ProviderPlugin, served
from kit.stage import Stage, model
from polyarena import (
    Arena,
    ArenaManifest,
    Code,
    Custom,
    Event,
    Finish,
    ModelRequest,
    Part,
    PartReady,
    Run,
    Status,
    Table,
    Text,
    View,
)

from .payloads import EVIL, HTMX, PWN, SCRIPTS

pytestmark = pytest.mark.browser

BAD = f"\"'><img src={EVIL}/x.png onerror={PWN}><script>{PWN}</script>"


class PartsArena(Arena):
    """Answers with parts whose every field is hostile."""

    manifest = ArenaManifest(id="parts", title="Parts", summary="Parts.")

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        yield Status(BAD)
        yield PartReady(Text(text="\n\n".join(SCRIPTS)))
        yield PartReady(Code(text=f"```\n</code>{BAD}", language=BAD, filename=BAD))
        yield PartReady(Table(header=(BAD,), rows=((BAD,),), caption=BAD))
        yield PartReady(Custom(kind=BAD, data={BAD: BAD}))
        async for event in run.stream(request):
            yield event


class CarelessArena(Arena):
    """Shows what a model said without escaping it."""

    manifest = ArenaManifest(id="careless", title="Careless", summary="Careless.")

    def render(self, part: Part, view: View) -> Markup | None:
        return Markup(part.text) if isinstance(part, Text) else None


def test_hostile_parts_do_nothing(browser: Browser, tmp_path: Path) -> None:
    plugins = {
        "stage": ProviderPlugin(Stage(model("One"), model("Two"))),
        "parts": ArenaPlugin(PartsArena()),
    }
    with served(tmp_path, plugins) as url, visiting(browser, url) as visit:
        visitor = visit()
        watch(visitor.context)
        battle = BattlePage(visitor.page, "parts").begin()
        assert harm(visitor.page) == []
        battle.vote()
        visitor.page.reload()
        expect(battle.result).to_be_visible()
        assert harm(visitor.page) == []


@pytest.mark.parametrize("said", [SCRIPTS, HTMX], ids=["scripts", "htmx"])
def test_what_a_careless_arena_lets_through_does_nothing(
    browser: Browser, tmp_path: Path, said: list[str]
) -> None:
    stage = Stage(model("One"), model("Two"))
    stage.play_all(["\n".join(said), Finish()])
    plugins = {"stage": ProviderPlugin(stage), "careless": ArenaPlugin(CarelessArena())}
    with served(tmp_path, plugins) as url, visiting(browser, url) as visit:
        visitor = visit()
        page = visitor.page
        battle = BattlePage(page, "careless").begin()
        # A field that takes the focus for itself would take the keys, too.
        page.evaluate("document.activeElement?.blur()")
        battle.vote()
        assert page.evaluate("window.__pwned") is None
        page.reload()
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.__pwned") is None
        page.goto("/history")
        expect(page.locator(".row-link")).to_have_count(1)
        # That the policy had to step in is the arena's fault, not the page's.
        visitor.faults = [one for one in visitor.faults if one.startswith("dialog")]
