"""A battle under way: its state, and the log of events that streams follow.

Sides write, any number of followers read. Text is gathered and logged about every `FLUSH`
seconds, the first piece at once, so that a follower wakes a few times a second and not once a
token. A follower that comes back says the id of the last entry it saw. In an arena that shows both
answers together, what a side says is held back from the log until the other is over too.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..arena import Arena, Turn
from ..battle import Battle
from ..blinding import blinded
from ..content import Part, Text
from ..model import Model
from ..side import Answer, Side, SideStatus

FLUSH = 0.04
HEARTBEAT = 15.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log: `turn`, `delta`, `part`, `status`, `side` or `ballot`."""

    kind: str
    data: Mapping[str, Any]


@dataclass(eq=False)
class LiveBattle:
    """A battle with its models, its arena, its log and the tasks that answer."""

    battle: Battle
    arena: Arena
    models: Mapping[Side, Model]
    created: float
    commitment: str
    share: str | None = None
    epoch: str = field(default_factory=lambda: secrets.token_hex(3))
    log: list[Entry] = field(default_factory=list)
    tasks: dict[Side, asyncio.Task[None]] = field(default_factory=dict)
    stopping: bool = False
    followers: int = 0
    touched: float = 0.0
    asked: float = field(default_factory=time.monotonic)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    _closed: set[Side] = field(default_factory=set)
    _held: dict[Side, list[Entry]] = field(default_factory=dict)
    _gathered: dict[Side, list[str]] = field(default_factory=dict)
    _parts: dict[Side, list[Part | list[str]]] = field(default_factory=dict)
    _timer: asyncio.TimerHandle | None = None
    _flushed: float = 0.0
    _waiters: list[asyncio.Future[bool]] = field(default_factory=list)

    @property
    def answering(self) -> bool:
        """Whether a side is still to answer, or its answer still to be stored."""
        return bool(self.battle.turns) and not self._closed.issuperset(self.battle.sides)

    @property
    def waited(self) -> float:
        """Seconds since the last turn was asked."""
        return time.monotonic() - self.asked

    def turn_of(self, side: Side, number: int) -> Turn:
        """A turn as the arena sees it on one side."""
        history = self.battle.history(side, number)
        return Turn(self.arena.manifest.id, history, self.battle.turns[number].prompt)

    def holds(self, side: Side) -> bool:
        """Whether a side is over and nobody may see it yet."""
        return bool(self._held.get(side)) and side in self._closed

    def answer(self, side: Side, number: int) -> Answer:
        """One side's answer to a turn as it may be seen now, with what is said so far."""
        answer = self.battle.turns[number].answers[side]
        if number == len(self.battle.turns) - 1:
            if self.holds(side):
                return Answer(SideStatus.STREAMING, attempt=answer.attempt)
            if not answer.over and not self._together:
                answer = replace(answer, parts=self.parts(side))
        return answer if self.battle.revealed else answer.blind

    def record(self, kind: str, **data: Any) -> None:
        """Append an entry, after the text that is waiting."""
        self._flush()
        self.log.append(Entry(kind, data))
        self._wake()

    def open_turn(self) -> None:
        """A turn begins, or begins anew."""
        self._parts = {}
        self._closed = set()
        self._held = {}
        self.asked = time.monotonic()
        self.record("turn", turn=len(self.battle.turns) - 1)

    def open_side(self, side: Side) -> None:
        """A side begins, or begins anew."""
        self._parts[side] = []
        self._closed.discard(side)
        self._held[side] = []
        self.record("side", side=side, status="streaming")

    def add_text(self, side: Side, text: str) -> None:
        """Text to append to a side's answer."""
        parts = self._parts[side]
        if not parts or not isinstance(parts[-1], list):
            parts.append([])
        piece = parts[-1]
        assert isinstance(piece, list)
        piece.append(text)
        if self._together:
            self._hold("delta", side=side, text=text)
            return
        self._gathered.setdefault(side, []).append(text)
        if len(parts) == len(piece) == 1:
            # A side's first text must not wait behind what the other side has just sent.
            self._flush()
            self._wake()
        else:
            self._flush_soon()

    def add_part(self, side: Side, part: Part) -> None:
        """A part to append to a side's answer."""
        self._parts[side].append(part)
        if self._together:
            self._hold("part", side=side, part=part)
        else:
            self.record("part", side=side, part=part)

    def parts(self, side: Side) -> tuple[Part, ...]:
        """What the side has answered so far."""
        return tuple(
            Text(text="".join(part)) if isinstance(part, list) else part
            for part in self._parts.get(side, ())
        )

    def close_side(self, side: Side, answer: Answer) -> None:
        """A side is over; the ballot's state follows when both are."""
        self._closed.add(side)
        failure = answer.failure.value if answer.failure else None
        declined = {"refused": True} if answer.refused else {}
        self._hold("side", side=side, status=answer.status.value, failure=failure, **declined)
        if not self._together or not self.answering:
            self._release(*self.battle.sides)
        elif answer.failure:
            self._release(side)
        if not self.answering:
            self.announce_ballot()

    def announce_ballot(self) -> None:
        """Say whether the ballot is open."""
        battle = self.battle
        self.record(
            "ballot",
            open=battle.ballot_open,
            closed_because=battle.closed_because or "",
            turn_allowed=battle.turn_allowed,
            live=self.answering,
        )

    def replay(self) -> None:
        """Fill the log of a battle that was loaded from the store with its last turn."""
        self.open_turn()
        for side, answer in self.battle.turn.answers.items():
            self._parts[side] = []
            for part in answer.parts:
                if isinstance(part, Text):
                    self.add_text(side, part.text)
                else:
                    self.add_part(side, part)
            self.close_side(side, answer)

    async def follow(self, after: int = 0) -> AsyncGenerator[list[tuple[int, Entry]]]:
        """Entries after number `after`, as they come and may be seen then, with their numbers.

        An empty list is a heartbeat: nothing came for `HEARTBEAT` seconds.
        """
        loop = asyncio.get_running_loop()
        self.followers += 1
        try:
            while True:
                if after < len(self.log):
                    seen = list(self._seen(after))
                    after = len(self.log)
                    if seen:
                        yield seen
                    continue
                waiter: asyncio.Future[bool] = loop.create_future()
                self._waiters.append(waiter)
                heartbeat = loop.call_later(HEARTBEAT, _settle, waiter, True)
                try:
                    idle = await waiter
                finally:
                    heartbeat.cancel()
                if idle:
                    yield []
        finally:
            self.followers -= 1

    def _seen(self, after: int) -> Iterator[tuple[int, Entry]]:
        for number, entry in enumerate(self.log[after:], after + 1):
            if entry.kind != "part" or self.battle.revealed:
                yield number, entry
                continue
            for part in blinded([entry.data["part"]]):
                yield number, Entry("part", {**entry.data, "part": part})

    @property
    def _together(self) -> bool:
        return self.arena.manifest.together

    def _hold(self, kind: str, *, side: Side, **data: Any) -> None:
        self._held.setdefault(side, []).append(Entry(kind, {"side": side, **data}))

    def _release(self, *sides: Side) -> None:
        """Log what was held back of these sides."""
        self._flush()
        for side in sides:
            if side in self._closed:
                self.log += self._held.pop(side, [])
        self._wake()

    def _flush_soon(self) -> None:
        if self._timer is not None:
            return
        loop = asyncio.get_running_loop()
        wait = self._flushed + FLUSH - loop.time()
        if wait <= 0:
            self._flush()
            self._wake()
        else:
            self._timer = loop.call_later(wait, self._on_timer)

    def _on_timer(self) -> None:
        self._timer = None
        self._flush()
        self._wake()

    def _flush(self) -> None:
        if not self._gathered:
            return
        self._flushed = asyncio.get_running_loop().time()
        for side, pieces in self._gathered.items():
            self.log.append(Entry("delta", {"side": side, "text": "".join(pieces)}))
        self._gathered = {}

    def _wake(self) -> None:
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            _settle(waiter, False)


def _settle(waiter: asyncio.Future[bool], idle: bool) -> None:
    if not waiter.done():
        waiter.set_result(idle)
