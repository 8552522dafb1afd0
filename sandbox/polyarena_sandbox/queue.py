"""Turns: whose program runs next."""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress
from itertools import chain, zip_longest

from polyarena import SandboxBusy


class Turn:
    """A job's place in the queue, and then among those that run.

    `place` 1 is the next to run; it is 0 once the turn has come.
    """

    def __init__(self, queue: FairQueue, owner: str) -> None:
        self._queue = queue
        self._moved = asyncio.Event()
        self.owner = owner
        self.place = 0

    def move(self, place: int) -> None:
        """Take note of a new place."""
        if place != self.place:
            self.place = place
            self._moved.set()

    async def change(self, seen: int, seconds: float) -> None:
        """Wait until the place is another than the one that was seen, at most so long."""
        self._moved.clear()
        if self.place == seen:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await self._moved.wait()

    def leave(self) -> None:
        """Give the place up, whichever it is; a second call does nothing."""
        self._queue.leave(self)


class FairQueue:
    """Lets `running` jobs run at once and `waiting` wait, the owners taking turns.

    An owner has at most as many waiting as there are places left, so that nobody fills the queue
    alone. `idle` is set while nothing runs.
    """

    def __init__(self, running: int, waiting: int) -> None:
        self._slots = running
        self._places = waiting
        self._running: set[Turn] = set()
        self._waiting: dict[str, deque[Turn]] = {}
        self.idle = asyncio.Event()
        self.idle.set()

    def join(self, owner: str) -> Turn:
        """Take a place at the end of the owner's own line.

        Raises:
            SandboxBusy: there is none left for this owner.
        """
        own = len(self._waiting.get(owner, ()))
        left = self._places - sum(map(len, self._waiting.values()))
        if own >= left:
            raise SandboxBusy("Too many programs are waiting to run. Please try again in a minute.")
        turn = Turn(self, owner)
        self._waiting.setdefault(owner, deque()).append(turn)
        self._advance()
        return turn

    def leave(self, turn: Turn) -> None:
        """Free the place of a turn."""
        if turn in self._running:
            self._running.remove(turn)
        elif (line := self._waiting.get(turn.owner)) and turn in line:
            line.remove(turn)
            if not line:
                del self._waiting[turn.owner]
        self._advance()

    def _advance(self) -> None:
        while self._waiting and len(self._running) < self._slots:
            owner, line = next(iter(self._waiting.items()))
            del self._waiting[owner]
            turn = line.popleft()
            turn.move(0)
            self._running.add(turn)
            if line:
                self._waiting[owner] = line
        rounds = chain.from_iterable(zip_longest(*self._waiting.values()))
        for place, waiting in enumerate(filter(None, rounds), 1):
            waiting.move(place)
        if self._running:
            self.idle.clear()
        else:
            self.idle.set()
