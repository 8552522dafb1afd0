"""The roster: entries of models, the current one of each name."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, Row, insert, select, update

from ..model import Model, ModelState
from . import ledger
from .tables import models


@dataclass(frozen=True, slots=True)
class RosterEntry:
    """A model as the roster holds it; `source` is `cli`, `config` or `provider:NAME`."""

    model: Model
    source: str
    current: bool


def roster(connection: Connection, *, everything: bool = False) -> list[RosterEntry]:
    """Current entries by name; with `everything`, former ones too."""
    query = select(models).order_by(models.c.name, models.c.added)
    if not everything:
        query = query.where(models.c.current)
    return [_entry(row) for row in connection.execute(query)]


def put(connection: Connection, model: Model, source: str) -> bool:
    """Add a model or bring its entry up to date; True if anything changed.

    A change in what decides the answers makes a new entry and retires the former one.
    """
    found = connection.execute(select(models).where(models.c.entry == model.entry)).one_or_none()
    if found is not None and found.current and _entry(found) == RosterEntry(model, source, True):
        return False
    _retire_others(connection, model)
    values = {
        "name": model.name,
        "state": model.state.value,
        "source": source,
        "current": True,
        "data": model.model_dump_json(),
    }
    if found is None:
        connection.execute(insert(models).values(entry=model.entry, added=time.time(), **values))
    else:
        connection.execute(update(models).where(models.c.entry == model.entry).values(**values))
    kind = "model.added" if found is None or not found.current else "model.changed"
    ledger.append(connection, kind, model.entry, _public(model, source))
    return True


def remove(connection: Connection, name: str) -> bool:
    """Take a model out of the roster; its votes stay. False if there is none of that name."""
    rows = connection.execute(select(models).where(models.c.name == name, models.c.current)).all()
    for row in rows:
        connection.execute(
            update(models)
            .where(models.c.entry == row.entry)
            .values(current=False, state=ModelState.WITHDRAWN.value)
        )
        ledger.append(connection, "model.removed", row.entry, {})
    return bool(rows)


def remove_missing(connection: Connection, source: str, names: Collection[str]) -> None:
    """Take out the models of a source that it no longer names."""
    rows = connection.execute(
        select(models.c.name).where(models.c.source == source, models.c.current)
    ).scalars()
    for name in set(rows) - set(names):
        remove(connection, name)


def _retire_others(connection: Connection, model: Model) -> None:
    others = connection.execute(
        select(models.c.entry).where(
            models.c.name == model.name, models.c.current, models.c.entry != model.entry
        )
    ).scalars()
    for entry in list(others):
        connection.execute(
            update(models)
            .where(models.c.entry == entry)
            .values(current=False, state=ModelState.RETIRED.value)
        )
        ledger.append(connection, "model.retired", entry, {"replaced_by": model.entry})


def _entry(row: Row[tuple[object, ...]]) -> RosterEntry:
    model = Model.model_validate_json(row.data)
    return RosterEntry(
        model.model_copy(update={"state": ModelState(row.state)}), row.source, row.current
    )


def _public(model: Model, source: str) -> dict[str, object]:
    data = model.model_dump(mode="json", exclude={"config", "system", "parameters"})
    data["capabilities"] = sorted(model.capabilities)
    return data | {"source": source, "config_hash": model.config_hash}
