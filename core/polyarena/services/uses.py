"""How voters use the apps that they are to judge."""

from __future__ import annotations

from ..errors import Conflict
from ..side import Side
from ..store import Store
from ..store import battles as stored
from ..use import Use
from .live import LiveBattle


class UseService:
    """Notes what a voter did with the apps of a battle; the ballot may wait for it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def record(
        self, live: LiveBattle, number: int, side: Side, bundle: str, use: Use
    ) -> None:
        """Add to how an app of the last turn was used.

        Raises:
            BallotClosed: a vote has been cast.
            Conflict: the turn is not the last one any more.
            TurnNotAllowed: the answer is not finished, or has no such app.
            StorageError: it was not stored, and does not count.
        """
        async with live.lock:
            if number != len(live.battle.turns) - 1:
                raise Conflict("These are not the last apps of the battle any more.")
            battle = live.battle.used(side, bundle, use)
            await self._store.write(lambda c: stored.put_use(c, battle, number, side))
            # A side may have ended meanwhile, so the battle is taken as it is now.
            live.battle = live.battle.used(side, bundle, use)
