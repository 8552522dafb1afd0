"""What is known of stored files, and which battles use them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ..content import Execution, File, Image, Part
from .tables import artifact_uses, artifacts


@dataclass(frozen=True, slots=True)
class Artifact:
    """A stored file; `media_type`, `width` and `height` are of a picture, else None."""

    digest: str
    size: int
    media_type: str | None = None
    width: int | None = None
    height: int | None = None


def record(connection: Connection, artifact: Artifact, now: float) -> None:
    """Note a file, or that it was kept once more."""
    row = {
        "digest": artifact.digest,
        "size": artifact.size,
        "media_type": artifact.media_type,
        "width": artifact.width,
        "height": artifact.height,
        "kept": now,
    }
    _insert_missing(connection, artifacts, [row])
    mine = artifacts.c.digest == artifact.digest
    connection.execute(update(artifacts).where(mine).values(kept=now))


def get(connection: Connection, digest: str) -> Artifact | None:
    """What is known of a file."""
    columns = [artifacts.c[name] for name in Artifact.__slots__]
    row = connection.execute(select(*columns).where(artifacts.c.digest == digest)).one_or_none()
    return None if row is None else Artifact(*row)


def use(connection: Connection, battle: str, parts: Iterable[Part]) -> None:
    """Note which files the parts of a battle hold; an unknown one is passed over."""
    wanted = digests(parts)
    if not wanted:
        return
    known = connection.execute(
        select(artifacts.c.digest).where(artifacts.c.digest.in_(wanted))
    ).scalars()
    rows: list[dict[str, object]] = [{"digest": digest, "battle": battle} for digest in known]
    if rows:
        _insert_missing(connection, artifact_uses, rows)


def release(connection: Connection, battles: Collection[str]) -> list[str]:
    """Forget these battles' uses; answers the files that nobody uses any more, now unknown."""
    mine = artifact_uses.c.battle.in_(battles)
    used = set(connection.execute(select(artifact_uses.c.digest).where(mine)).scalars())
    connection.execute(delete(artifact_uses).where(mine))
    return _forget(connection, artifacts.c.digest.in_(used)) if used else []


def forget_unused(connection: Connection, before: float) -> list[str]:
    """Forget files that no battle uses and that were kept before a time; answers them."""
    return _forget(connection, artifacts.c.kept < before)


def digests(parts: Iterable[Part]) -> set[str]:
    """The files that parts hold."""
    found: set[str] = set()
    for part in parts:
        if isinstance(part, (Image, File)):
            found.add(part.artifact)
        elif isinstance(part, Execution):
            found |= {file.artifact for file in part.files}
    return found


def _forget(connection: Connection, condition: object) -> list[str]:
    used = select(literal(1)).where(artifact_uses.c.digest == artifacts.c.digest).exists()
    query = select(artifacts.c.digest).where(condition, ~used)  # type: ignore[arg-type]
    gone = list(connection.execute(query).scalars())
    if gone:
        connection.execute(delete(artifacts).where(artifacts.c.digest.in_(gone)))
    return gone


def _insert_missing(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(postgresql.insert(table).on_conflict_do_nothing(), rows)
    else:
        connection.execute(sqlite.insert(table).on_conflict_do_nothing(), rows)
