"""Importing votes that were cast elsewhere, so that an arena's leaderboard counts them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import Connection, bindparam, update

from ..arena import Arena, FinishedBattle
from ..ballot import Choice
from ..commitment import commit
from ..content import Prompt, Text
from ..dispatch import Dispatcher
from ..errors import BadRequest, NotFound
from ..model import Model
from ..plugins import Registry
from ..side import Answer, SideStatus
from ..store import Store, ledger
from ..store import imports as stored
from ..store import models as roster
from ..store.imports import ImportedVote
from ..store.tables import votes as votes_table
from .attached import Beside, beside

if TYPE_CHECKING:
    from ..votefiles import Controls, Votes

PROVIDER = "imported"
CHOICES = (Choice.A.value, Choice.B.value, Choice.TIE.value, Choice.BOTH_BAD.value)
NAME_LIMIT = 80
SUFFIX = " (imported)"
# A running server waits for the database between two batches and no longer.
BATCH_VOTES = 5000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: votes added, votes that had been there, models they are on."""

    added: int
    known: int
    models: int
    notes: tuple[str, ...]


class ImportService:
    """Makes models, battles and votes of a file's votes; `secret` hides who the voters were."""

    def __init__(
        self, store: Store, registry: Registry, dispatcher: Dispatcher, secret: str
    ) -> None:
        self._store = store
        self._registry = registry
        self._dispatcher = dispatcher
        self._secret = secret

    async def controls(self, arena_id: str, votes: Votes) -> Controls:
        """What an arena will hold constant of a file's votes: the features it measures itself.

        Raises:
            NotFound: no such arena is installed.
            BadRequest: a feature was asked for that the arena does not measure.
        """
        from ..votefiles import find_controls

        # The manifest does not name the measures; those of any battle do.
        arena = self._arena(arena_id)
        answer = Answer(SideStatus.DONE, (Text(text="Hello."),), finish="stop")
        battle = FinishedBattle(arena_id, (Prompt.of("Hello"),), ((answer, answer),))
        return find_controls(votes, tuple(await self._dispatcher.features(arena, battle)))

    async def add(
        self,
        arena_id: str,
        votes: Votes,
        source: str,
        controls: Controls,
        progress: Callable[[float], None] | None = None,
    ) -> Imported:
        """Add a file's votes to an arena; those added before stay as they are.

        `source` is the SHA-256 of the file in hex. A vote is known by it and by its row.

        Raises:
            NotFound: no such arena is installed.
            BadRequest: votes that its ballot has no choice for, or names no model can have.
            StorageError: what is stored is stored; the same import again adds the rest.
        """
        arena = self._arena(arena_id)
        self._check_choices(arena, votes)
        known = await self._store.read(roster.roster)
        live = {entry.model.name for entry in known if entry.model.provider != PROVIDER}
        models = contestants(votes.comparisons.names, live)
        categories, notes = _categories(arena, votes)
        aspects, left_out = _aspects(arena, votes)
        more, unknown = beside(arena, votes)
        notes += left_out + unknown
        rows = self._rows(arena_id, votes, source, models, categories, aspects, more)
        measures = dict(zip((row.battle for row in rows), controls.stored, strict=True))
        absent = await self._store.read(lambda c: stored.missing(c, list(measures)))
        fresh = [row for row in rows if row.battle in absent]
        if renamed := sum(model.name != name for name, model in models.items()):
            notes += (f"renamed: {renamed} models, whose names are taken or cannot be used here",)
        if fresh:
            await self._store.write(partial(_put_models, models=list(models.values())))
        put = partial(_add, arena=arena_id, source=source, measures=measures)
        added = 0
        for start in range(0, len(fresh), BATCH_VOTES):
            added += await self._store.write(partial(put, some=fresh[start : start + BATCH_VOTES]))
            if progress is not None:
                progress(added / len(fresh))
        if added:
            event = _event(arena_id, votes, controls, added, len(models))
            await self._store.write(lambda c: ledger.append(c, "imported", source, event))
        return Imported(added, len(rows) - added, len(models), notes)

    def _arena(self, arena_id: str) -> Arena:
        if arena_id not in self._registry.arenas:
            known = ", ".join(self._registry.arenas) or "none"
            raise NotFound(f"There is no arena {arena_id!r}; installed are: {known}.")
        return self._registry.arenas[arena_id]

    def _check_choices(self, arena: Arena, votes: Votes) -> None:
        allowed = {choice.value for choice in arena.manifest.ballot.choices}
        outcomes = [votes.comparisons.outcome, *votes.aspects.values()]
        said = {CHOICES[code] for one in outcomes for code in set(one.tolist()) if code >= 0}
        if said - allowed:
            wrong = ", ".join(sorted(said - allowed))
            raise BadRequest(f"The ballot of the {arena.manifest.id} arena has no {wrong}.")

    def _rows(
        self,
        arena_id: str,
        votes: Votes,
        source: str,
        models: Mapping[str, Model],
        categories: Sequence[tuple[str, ...]],
        aspects: Sequence[Mapping[str, str]],
        more: Sequence[Beside],
    ) -> list[ImportedVote]:
        comparisons = votes.comparisons
        entries = [models[name].entry for name in comparisons.names]
        prefix = "i" + self._hidden("battle", arena_id, source)[:20]
        voters = comparisons.voter
        rows = []
        for place, row in enumerate(votes.row.tolist()):
            battle = f"{prefix}-{row}"
            told = -1 if voters is None else int(voters[place])
            who = f"row {row}" if told < 0 else f"voter {votes.voters[told]}"
            visitor = "i" + self._hidden("visitor", source, who)[:21]
            salt = self._hidden("salt", battle)[:32]
            first, second = entries[comparisons.first[place]], entries[comparisons.second[place]]
            rows.append(
                ImportedVote(
                    battle=battle,
                    visitor=visitor,
                    voter=self._hidden("voter", visitor)[:20],
                    entries=(first, second),
                    choice=CHOICES[comparisons.outcome[place]],
                    categories=categories[place] if categories else (),
                    aspects=aspects[place],
                    evidence=more[place].evidence,
                    flags=more[place].flags,
                    held=more[place].held,
                    salt=salt,
                    commitment=commit(battle, {"a": first, "b": second}, salt),
                )
            )
        return rows

    def _hidden(self, *parts: str) -> str:
        return hashlib.sha256("\n".join((self._secret, "import", *parts)).encode()).hexdigest()


def contestants(names: Sequence[str], live: set[str]) -> dict[str, Model]:
    """A model for every name, in a form that names may have; apart from `live` models' names.

    Raises:
        BadRequest: two names that come to the same.
    """
    models = {}
    met: dict[str, str] = {}
    for name in names:
        plain = re.sub(r"[/@\x00-\x1f\x7f]", "-", name).strip()[:NAME_LIMIT].strip()
        if plain in live:
            plain = plain[: NAME_LIMIT - len(SUFFIX)] + SUFFIX
        if plain in met:
            raise BadRequest(f"{met[plain]!r} and {name!r} would both be called {plain!r}.")
        met[plain] = name
        models[name] = Model(
            name=plain,
            provider=PROVIDER,
            config={"source": "import"},
            capabilities=frozenset(),
            weight=0,
        )
    return models


def _categories(arena: Arena, votes: Votes) -> tuple[list[tuple[str, ...]], tuple[str, ...]]:
    """The arena's categories of every vote, and a note on those that the arena does not have."""
    if votes.categories is None:
        return [], ()
    declared = {category.id for category in arena.manifest.categories}
    groups = [tuple(sorted(declared.intersection(group))) for group in votes.categories.groups]
    others = [name for name in votes.categories.names if name not in declared]
    notes: tuple[str, ...] = ()
    if others:
        shown = ", ".join(others[:5]) + (", ..." if len(others) > 5 else "")
        notes = (f"categories: the arena has no {shown}; those were left out",)
    return [groups[code] for code in votes.categories.code.tolist()], notes


def _aspects(arena: Arena, votes: Votes) -> tuple[list[dict[str, str]], tuple[str, ...]]:
    """What every vote says of the ballot's aspects, and a note on those it does not have."""
    declared = [one.id for one in arena.manifest.ballot.aspects if one.id in votes.aspects]
    said: list[dict[str, str]] = [{} for _ in range(len(votes))]
    for name in declared:
        for row, code in zip(said, votes.aspects[name].tolist(), strict=True):
            if code >= 0:
                row[name] = CHOICES[code]
    others = [name for name in votes.aspects if name not in declared]
    if not others:
        return said, ()
    return said, (f"aspects: the ballot has no {', '.join(others)}; those were left out",)


def _put_models(connection: Connection, models: Sequence[Model]) -> None:
    current = {entry.model.entry for entry in roster.roster(connection)}
    for model in models:
        if model.entry not in current:
            roster.put(connection, model, PROVIDER)


def _add(
    connection: Connection,
    arena: str,
    source: str,
    some: Sequence[ImportedVote],
    measures: Mapping[str, str | None],
) -> int:
    added = stored.add(connection, arena, source, some)
    told = [{"one": row.battle, "told": measures[row.battle]} for row in some]
    measured = [one for one in told if one["told"] is not None]
    if measured:
        unmeasured = (votes_table.c.battle == bindparam("one")) & votes_table.c.features.is_(None)
        statement = update(votes_table).where(unmeasured).values(features=bindparam("told"))
        connection.execute(statement, measured)
    return added


def _event(
    arena: str, votes: Votes, controls: Controls, added: int, models: int
) -> dict[str, object]:
    columns = {**asdict(votes.columns), "features": controls.columns}
    return {
        "arena": arena,
        "votes": added,
        "models": models,
        "skipped": dict(votes.skipped),
        "columns": {key: value for key, value in columns.items() if value},
    }
