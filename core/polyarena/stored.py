"""Answers as they are stored, for commands that plugins add.

They may be read while a server runs, and by whoever may read its data directory or database::

    async with aclosing(stored_answers("webdev", ("app",))) as answers:
        async for answer in answers:
            ...

What models wrote, names of files and libraries included, is to be printed as `printable` makes it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

import orjson

from .content import Message, Part
from .ranking.printable import printable

if TYPE_CHECKING:
    from .side import Side

__all__ = ["StoredAnswer", "printable", "stored_answers"]

PAGE = 200


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One side's answer in a turn of a battle; whose it is, is not told.

    `began` is when its battle did, in Unix seconds; `parts` are those of the types asked for.
    """

    battle: str
    turn: int
    side: Side
    began: float
    parts: tuple[Part, ...]


async def stored_answers(
    arena: str, types: Collection[str], since: float = 0.0
) -> AsyncGenerator[StoredAnswer]:
    """An arena's answers that have a part of these types, those of older battles first.

    `since` leaves out battles that began before, in Unix seconds. Of deleted ones nothing is left.

    Raises:
        ConfigError: a setting is wrong.
        StorageError: the database cannot be read.
    """
    from . import logs
    from .settings import Settings
    from .store import answered, open_store
    from .store.migrate import migrate

    settings = Settings.load()
    logs.configure(as_json=settings.log_json)
    store = open_store(settings.database, checkpoints=False)
    try:
        await migrate(store)
        read = partial(answered.page, arena=arena, since=since, limit=PAGE)
        after = answered.FIRST
        while rows := await store.read(partial(read, after=after)):
            for after, text in rows:
                began, battle, turn, side = after
                if parts := _parts(text, types):
                    yield StoredAnswer(battle, turn, cast("Side", side), began, parts)
    finally:
        await store.close()


def _parts(text: str, types: Collection[str]) -> tuple[Part, ...]:
    wanted = [part for part in orjson.loads(text) if part["type"] in types]
    return Message.model_validate({"role": "assistant", "parts": wanted}).parts
