"""A battle's log as HTML patches: what the page listens to."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, TypeVar

from polyarena_frontend.patches import StreamRenderer

from ..dispatch import Dispatcher
from ..services.live import Entry, LiveBattle
from ..side import SIDES, Side
from .present import note
from .rendering import answer_blocks, part_blocks, view_of
from .sse import PING, event

T = TypeVar("T")
SLOW_SECONDS = 0.01


class SidePane:
    """One side's answer as blocks: finished ones, and the text that is growing."""

    def __init__(self) -> None:
        self.status = "waiting"
        self.note = ""
        self.can_retry = False
        self._done: list[str] = []
        self._text: StreamRenderer | None = None
        self.text = ""

    def add_text(self, text: str) -> None:
        if self._text is None:
            self._text = StreamRenderer()
        self._text.feed(text)
        self.note = ""

    def add_blocks(self, blocks: tuple[str, ...]) -> list[list[Any]]:
        """Blocks of a whole part; answers the patches that show them and the text before."""
        patches = self.end_text()
        patches += [[len(self._done) + i, 0, html] for i, html in enumerate(blocks)]
        self._done += blocks
        return patches

    def end_text(self) -> list[list[Any]]:
        """The text is complete: what changes by that, and it is a finished part."""
        if self._text is None:
            return []
        self._text.finish()
        patches = self.patches()
        self._done += self._text.snapshot()
        self._text = None
        return patches

    def settle(self, blocks: tuple[str, ...]) -> None:
        """The answer is over, and these are its blocks, as its arena shows a finished one."""
        self._text = None
        self._done = list(blocks)

    def patches(self) -> list[list[Any]]:
        """What changed since last asked."""
        if self._text is None:
            return []
        before = len(self._done)
        return [[before + p.block, p.keep, p.html] for p in self._text.patches()]

    def blocks(self) -> list[str]:
        """Every block as it stands."""
        return self._done + (self._text.snapshot() if self._text else [])

    def state(self) -> dict[str, Any]:
        return {
            "status": self.status,
            "blocks": self.blocks(),
            "note": self.note,
            "can_retry": self.can_retry,
            "text": self.text,
        }


class HtmlFollower:
    """Turns log entries into server-sent events; begins with a snapshot."""

    def __init__(self, dispatcher: Dispatcher, live: LiveBattle) -> None:
        self._dispatcher = dispatcher
        self._live = live
        self._panes: dict[Side, SidePane] = {}
        self._turn = 0
        self._slow = False

    async def events(self) -> AsyncGenerator[bytes]:
        """The stream; ends when nothing more will come."""
        first = True
        async with aclosing(self._live.follow()) as batches:
            async for batch in batches:
                if not batch:
                    yield PING
                    continue
                out = [chunk for _, entry in batch async for chunk in self._apply(entry)]
                patches = await self._unhurried(self._patches)
                if first:
                    first = False
                    yield event("snapshot", self._snapshot())
                    if not self._live.answering:
                        yield self._ballot()
                        return
                    continue
                if patches:
                    out.append(event("patch", patches))
                if out:
                    yield b"".join(out)
                if not self._live.answering and batch[-1][1].kind == "ballot":
                    return

    async def _apply(self, entry: Entry) -> AsyncGenerator[bytes]:
        data = entry.data
        match entry.kind:
            case "turn":
                self._turn = data["turn"]
                self._panes = {side: SidePane() for side in SIDES if side in self._live.models}
            case "delta":
                self._panes[data["side"]].add_text(data["text"])
            case "part":
                view = view_of(self._live, self._turn, data["side"], final=False)
                blocks = await part_blocks(self._dispatcher, self._live.arena, data["part"], view)
                patches = self._panes[data["side"]].add_blocks(blocks)
                yield event("patch", {data["side"]: patches})
            case "status":
                pane = self._panes[data["side"]]
                pane.note = data["text"]
                yield self._side(data["side"], None)
            case "side":
                async for chunk in self._side_changed(data["side"], data):
                    yield chunk
            case "ballot":
                yield self._ballot()

    async def _side_changed(self, side: Side, data: Any) -> AsyncGenerator[bytes]:
        if data["status"] == "streaming":
            self._panes[side] = SidePane()
        pane = self._panes[side]
        if patches := await self._unhurried(pane.end_text):
            yield event("patch", {side: patches})
        pane.status = data["status"]
        pane.can_retry = pane.status == "failed"
        answer = self._live.answer(side, self._turn)
        ended = answer.over and pane.status != "streaming"
        pane.note = note(pane.status, data.get("failure"), answer.finish if ended else None)
        final: list[str] | None = None
        if ended:
            view = view_of(self._live, self._turn, side)
            blocks = await answer_blocks(self._dispatcher, self._live.arena, answer, view)
            final = list(blocks) if list(blocks) != pane.blocks() else None
            pane.settle(blocks)
            pane.text = answer.text
        elif pane.status == "streaming":
            final = []
        yield self._side(side, final)

    def _side(self, side: Side, blocks: list[str] | None) -> bytes:
        return event("side", self._panes[side].state() | {"side": side, "blocks": blocks})

    async def _unhurried(self, render: Callable[[], T]) -> T:
        """Render on the event loop, or off it while this battle's text is slow to render."""
        began = time.perf_counter()
        made = await asyncio.to_thread(render) if self._slow else render()
        self._slow = time.perf_counter() - began > SLOW_SECONDS
        return made

    def _patches(self) -> dict[str, list[list[Any]]]:
        found = {side: pane.patches() for side, pane in self._panes.items()}
        return {side: patches for side, patches in found.items() if patches}

    def _snapshot(self) -> dict[str, Any]:
        battle = self._live.battle
        return {
            "turn": self._turn,
            "sides": {side: pane.state() for side, pane in self._panes.items()},
            "ballot_open": battle.ballot_open,
            "closed_because": battle.closed_because or "",
            "turn_allowed": battle.turn_allowed,
        }

    def _ballot(self) -> bytes:
        battle = self._live.battle
        return event(
            "battle",
            {
                "ballot_open": battle.ballot_open,
                "closed_because": battle.closed_because or "",
                "turn_allowed": battle.turn_allowed,
                "live": self._live.answering,
            },
        )
