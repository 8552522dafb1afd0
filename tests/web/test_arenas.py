"""Arenas that raise, and arenas that answer in parts of every kind."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
from markupsafe import Markup

from kit.battles import begin, events, finish, vote
from kit.served import ArenaPlugin, scripted, served
from polyarena import (
    Arena,
    ArenaManifest,
    Code,
    Custom,
    Delta,
    Event,
    Finish,
    Model,
    ModelRequest,
    Part,
    PartReady,
    Prompt,
    Run,
    Status,
    Table,
    View,
    default_html,
)
from polyarena.testing import ScriptedModel

GOOD = ScriptedModel("Good", ["Fine.", Finish()])


class BrokenArena(Arena):
    """Raises while rendering, and in everything else that can be asked of it."""

    manifest = ArenaManifest(id="broken", title="Broken", summary="Raises.")

    def render(self, part: Part, view: View) -> Markup | None:
        raise RuntimeError("render bug")

    def categories(self, battle: object) -> frozenset[str]:
        raise RuntimeError("categories bug")


class UnsupportingArena(Arena):
    """Raises when asked whether it supports a model."""

    manifest = ArenaManifest(id="unsupporting", title="Unsupporting", summary="Raises.")

    def supports(self, model: Model, prompt: Prompt) -> bool:
        raise RuntimeError("supports bug")


class FramingArena(Arena):
    """Shows a finished text in a frame of its own."""

    manifest = ArenaManifest(id="framing", title="Framing", summary="Frames.")

    def render(self, part: Part, view: View) -> Markup | None:
        return Markup("<figure>{}</figure>").format(default_html(part)) if view.final else None


def test_a_page_that_comes_late_sees_finished_answers_as_their_arena_shows_them(
    tmp_path: Path,
) -> None:
    fine = ScriptedModel("Fine", ["Ok, *this*.", Finish()])
    plugins = {**scripted(GOOD, fine), "framing": ArenaPlugin(FramingArena())}
    with served(tmp_path, plugins) as url, httpx.Client(base_url=url) as client:
        battle = begin(client, arena="framing")
        finish(client, battle["id"])
        ((_, name, snapshot), *_) = events(client, battle["id"], page=True)
        assert name == "snapshot"
        shown = {blocks for side in snapshot["sides"].values() for blocks in side["blocks"]}
        assert shown == {
            "<figure><p>Fine.</p>\n</figure>",
            "<figure><p>Ok, <em>this</em>.</p>\n</figure>",
        }
        page = client.get(f"/battles/{battle['id']}").text
        assert all(block in page for block in shown)


def test_an_arena_that_raises_while_rendering_still_shows_its_battle(tmp_path: Path) -> None:
    fine = ScriptedModel("Fine", ["Ok.", Finish()])
    plugins = {**scripted(GOOD, fine), "broken": ArenaPlugin(BrokenArena(), UnsupportingArena())}
    with served(tmp_path, plugins) as url, httpx.Client(base_url=url) as client:
        battle = begin(client, arena="broken")
        finish(client, battle["id"])
        stream = list(events(client, battle["id"], page=True))
        assert "Ok." in json.dumps(stream)
        assert vote(client, battle["id"]).status_code == 200
        assert client.get(f"/battles/{battle['id']}").status_code == 200
        body = {"prompt": [{"type": "text", "text": "x"}]}
        assert client.post("/api/v1/arenas/unsupporting/battles", json=body).status_code == 503
        begin(client)


class PartsArena(Arena):
    """Answers with every kind of part, one of them rendered by itself."""

    manifest = ArenaManifest(id="parts", title="Parts", summary="Parts.", order=5)

    async def respond(self, request: ModelRequest, run: Run) -> AsyncGenerator[Event]:
        yield Status("working")
        yield Delta("Before. ")
        yield PartReady(Code(text="print('<b>')", language="python", filename="a.py"))
        yield PartReady(Table(header=("n", "<i>"), rows=(("1", "one"),)))
        yield PartReady(Custom(kind="sample", data={"n": 7}))
        yield Delta("After.")
        async for event in run.stream(request):
            yield event

    def render(self, part: Part, view: View) -> Markup | None:
        if isinstance(part, Custom):
            return Markup("<p>seven is {}</p>").format(part.data["n"])
        return None


def test_parts_of_every_kind_stream_and_stay(tmp_path: Path) -> None:
    fine = ScriptedModel("Fine", [0.2, " Done.", Finish()])
    plugins = {**scripted(GOOD, fine), "parts": ArenaPlugin(PartsArena())}
    with served(tmp_path, plugins) as url, httpx.Client(base_url=url) as client:
        battle = begin(client, arena="parts")
        live = json.dumps(list(events(client, battle["id"], page=True)))
        kinds = [name for _, name, _ in finish(client, battle["id"])]
        assert kinds.count("part") == 6
        vote(client, battle["id"])
        page = client.get(f"/battles/{battle['id']}").text
        for shown in (live.encode().decode("unicode_escape"), page):
            assert "seven is 7" in shown
            assert "a.py" in shown
            assert "&lt;i&gt;" in shown
