"""What people do with battles: begin, ask again, retry, stop, find again, share, delete."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from ..arena import Action, Arena, Mode
from ..battle import Battle
from ..commitment import commit, new_salt
from ..content import Part, Prompt
from ..dispatch import Dispatcher
from ..errors import BadRequest, Conflict, Forbidden, NotFound, PromptRefused
from ..model import Model
from ..plugins import Registry
from ..side import Side
from ..store import Store, visitors
from ..store import battles as stored
from ..store.battles import BattleRecord, BattleSummary
from .artifacts import ArtifactService
from .contestants import Contestants
from .fitting import Fitting
from .live import LiveBattle
from .matchmaker import Matchmaker
from .models import ModelService
from .prompts import clean, with_stored
from .runs import Runner
from .servers import ServerService

IDLE_SECONDS = 600.0


class BattleService:
    """Holds the battles that are under way or were looked at lately; loads the others."""

    def __init__(
        self,
        store: Store,
        registry: Registry,
        dispatcher: Dispatcher,
        models: ModelService,
        runner: Runner,
        matchmaker: Matchmaker,
        artifacts: ArtifactService,
        servers: ServerService,
    ) -> None:
        self._servers = servers
        self._artifacts = artifacts
        self._fitting = Fitting(artifacts.pictures)
        self._store = store
        self._registry = registry
        self._dispatcher = dispatcher
        self._models = models
        self._runner = runner
        self._matchmaker = matchmaker
        self._contestants = Contestants(registry, dispatcher, models, matchmaker)
        self._live: dict[str, LiveBattle] = {}

    def arena(self, arena_id: str) -> Arena:
        """An arena by id.

        Raises:
            NotFound: no such arena is installed.
        """
        if arena_id not in self._registry.arenas:
            known = ", ".join(self._registry.arenas) or "none"
            raise NotFound(f"There is no arena {arena_id!r}; installed are: {known}.")
        return self._registry.arenas[arena_id]

    async def begin(
        self,
        arena_id: str,
        prompt: Prompt,
        visitor: str,
        mode: Mode = Mode.BATTLE,
        chosen: Sequence[str] = (),
    ) -> LiveBattle:
        """Take a prompt, draw a pair, store both, and let the sides answer.

        Raises:
            NotFound, PromptRefused, NotEnoughModels, UnknownModel, StorageError: see `errors`.
        """
        arena = self.arena(arena_id)
        prompt = await self._admit(arena, prompt, first=True)
        if mode not in arena.manifest.modes:
            raise BadRequest(f"The {arena_id} arena has no {mode.value} mode.")
        models, propensity = await self._contestants.find(arena, prompt, mode, chosen)
        prompt = await self._fitted(arena, prompt, models.values())
        battle = Battle(
            id=secrets.token_urlsafe(16),
            arena=arena_id,
            mode=mode,
            visitor=visitor,
            entries={side: model.entry for side, model in models.items()},
            max_turns=arena.manifest.max_turns,
            gate=arena.manifest.gate,
            refusals=arena.manifest.refusals,
            propensity=propensity,
            salt=new_salt(),
        ).ask(prompt)
        commitment = commit(battle.id, battle.entries, battle.salt)

        def create(connection: Connection) -> None:
            visitors.ensure(connection, visitor)
            stored.create(connection, battle, commitment)

        await self._store.write(create)
        live = LiveBattle(battle, arena, models, time.time(), commitment)
        self._keep(live)
        live.open_turn()
        self._start_all(live)
        return live

    async def open(self, battle_id: str, visitor: str | None) -> LiveBattle:
        """A battle of this visitor; a visitor of None knows the id and that is enough.

        Raises:
            NotFound: there is none, or it was deleted.
            Forbidden: it is somebody else's.
        """
        live = self._live.get(battle_id)
        if live is None:
            record = await self._store.read(lambda c: stored.get(c, battle_id))
            live = self._live.get(battle_id) or await self._revive(record)
        if visitor is not None and live.battle.visitor != visitor:
            raise Forbidden("This battle is somebody else's; ask them for its share link.")
        return live

    async def shared(self, token: str) -> LiveBattle:
        """A battle by its share link.

        Raises:
            NotFound: nothing is shared under this link.
        """
        return await self._revive(await self._store.read(lambda c: stored.get_shared(c, token)))

    async def ask(self, live: LiveBattle, prompt: Prompt, base: int | None = None) -> None:
        """Begin another turn, which goes on from turn number `base`, by default the last.

        Raises:
            TurnNotAllowed, BadRequest: see `Battle.ask`.
        """
        async with live.lock:
            before = _asked_before(live.battle.ask(prompt, base))
            prompt = await self._admit(live.arena, prompt)
            prompt = await self._fitted(live.arena, prompt, live.models.values(), before)
            await self._turn(live, live.battle.ask(prompt, base))

    async def edit(self, live: LiveBattle, prompt: Prompt | None = None) -> None:
        """Ask the last turn anew, with another prompt or the same."""
        async with live.lock:
            prompt = prompt or live.battle.turn.prompt
            before = _asked_before(live.battle.edit(prompt))
            prompt = await self._admit(live.arena, prompt, first=len(live.battle.turns) == 1)
            prompt = await self._fitted(live.arena, prompt, live.models.values(), before)
            await self._turn(live, live.battle.edit(prompt))

    async def retry(self, live: LiveBattle, side: Side) -> None:
        """Ask a failed side again."""
        async with live.lock:
            battle = live.battle.retry(side)
            number = len(battle.turns) - 1
            await self._store.write(lambda c: stored.put_answer(c, battle, number, side))
            # The other side may have ended meanwhile, so the battle is taken as it is now.
            live.battle = live.battle.retry(side)
            self._keep(live)
            self._runner.start(live, side)

    async def stop(self, live: LiveBattle) -> None:
        """Stop the sides that are answering."""
        await self._runner.stop(live)

    async def act(
        self, live: LiveBattle, number: int, side: Side, name: str, values: Mapping[str, str]
    ) -> tuple[Part, ...]:
        """Do what a voter asks with one side's answer; nothing of it is stored.

        Raises:
            NotFound: the battle has no such turn or side.
            Conflict: the answer is not finished.
            PolyarenaError: the arena refused, or could not do it.
        """
        if not 0 <= number < len(live.battle.turns) or side not in live.battle.sides:
            raise NotFound("The battle has no such answer.")
        answer = live.answer(side, number)
        if not answer.usable:
            raise Conflict("The answer is not finished.")
        action = Action(name, values, side, live.turn_of(side, number), answer.parts)
        return await self._dispatcher.act(live.arena, action, self._runner.tools(live))

    async def share(self, live: LiveBattle) -> str:
        """The token of the battle's share link; made on first asking.

        Raises:
            Conflict: the battle is not finished.
        """
        if not live.battle.revealed or live.answering:
            raise Conflict("A battle can be shared once it is finished: vote first.")
        if live.share is None:
            token = secrets.token_urlsafe(12)
            await self._store.write(lambda c: stored.set_share(c, live.battle.id, token))
            live.share = token
        return live.share

    async def history(
        self, visitor: str, query: str = "", before: float | None = None, limit: int = 30
    ) -> tuple[list[BattleSummary], int]:
        """A visitor's battles whose prompts contain `query`, newest first; and how many."""
        return await self._store.read(lambda c: stored.history(c, visitor, query, before, limit))

    async def erase(self, visitor: str, battle_id: str | None = None) -> int:
        """Delete the texts of one battle or of all; votes stay. Answers how many."""
        if battle_id is not None:
            await self.open(battle_id, visitor)
            ids = [battle_id]
        else:
            ids = await self._store.read(lambda c: stored.ids_of(c, visitor))
        for gone in ids:
            if live := self._live.pop(gone, None):
                await self._runner.stop(live)
            await self._servers.stop(gone)
        if ids:
            await self._store.write(lambda c: stored.erase(c, ids))
            await self._artifacts.release(ids)
        return len(ids)

    async def recover(self) -> int:
        """Mark what a crash left under way as failed; answers how many sides."""
        return await self._store.write(stored.recover)

    async def close(self) -> None:
        """Interrupt what is under way, and store that."""
        tasks = [task for live in self._live.values() for task in live.tasks.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._matchmaker.close()

    async def _admit(self, arena: Arena, prompt: Prompt, *, first: bool = False) -> Prompt:
        if problem := self._dispatcher.problem(arena):
            raise PromptRefused(problem)
        manifest = arena.manifest
        prompt = clean(manifest, await with_stored(self._artifacts, manifest, prompt), first=first)
        if problem := await self._dispatcher.validate(arena, prompt):
            raise PromptRefused(problem)
        await self._dispatcher.screen(manifest.id, prompt)
        await self._artifacts.pictures.screen(manifest.id, prompt.parts, asked=True)
        return prompt

    async def _fitted(
        self,
        arena: Arena,
        prompt: Prompt,
        models: Collection[Model],
        before: Sequence[Prompt] = (),
    ) -> Prompt:
        uploads = arena.manifest.uploads
        if uploads is None or not uploads.fitted:
            return prompt
        return await self._fitting.fit(prompt, models, before)

    async def _turn(self, live: LiveBattle, battle: Battle) -> None:
        number = len(battle.turns) - 1
        await self._store.write(lambda c: stored.put_turn(c, battle, number))
        live.battle = battle
        self._keep(live)
        live.open_turn()
        self._start_all(live)

    def _start_all(self, live: LiveBattle) -> None:
        for side in live.battle.sides:
            self._runner.start(live, side)

    async def _revive(self, record: BattleRecord | None) -> LiveBattle:
        if record is None or record.deleted:
            raise NotFound("There is no such battle, or it was deleted.")
        arena = self.arena(record.battle.arena)
        rules = arena.manifest
        battle = replace(
            record.battle, max_turns=rules.max_turns, gate=rules.gate, refusals=rules.refusals
        )
        known = await self._models.by_entry()
        models = {side: known[entry] for side, entry in battle.entries.items()}
        live = LiveBattle(battle, arena, models, record.created, record.commitment, record.share)
        live.replay()
        self._keep(live)
        return live

    def _keep(self, live: LiveBattle) -> None:
        now = asyncio.get_running_loop().time()
        live.touched = now
        self._live[live.battle.id] = live
        idle = [
            key
            for key, other in self._live.items()
            if now - other.touched > IDLE_SECONDS and not other.followers and not other.answering
        ]
        for key in idle:
            del self._live[key]


def _asked_before(battle: Battle) -> list[Prompt]:
    """The prompts of the thread before its last turn."""
    return [battle.turns[number].prompt for number in battle.chain[:-1]]
