"""What is known of stored files, and which battles use them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, delete, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from ..content import App, Audio, Execution, File, Image, Part
from .tables import artifact_uses, artifacts, bundle_files

LOT = 5000


@dataclass(frozen=True, slots=True)
class Artifact:
    """A stored file; all but `digest` and `size` is of a picture, else None."""

    digest: str
    size: int
    media_type: str | None = None
    width: int | None = None
    height: int | None = None
    perceptual: str | None = None


def record(connection: Connection, artifact: Artifact, now: float) -> None:
    """Note a file, or that it was kept once more."""
    row = {
        "digest": artifact.digest,
        "size": artifact.size,
        "media_type": artifact.media_type,
        "width": artifact.width,
        "height": artifact.height,
        "perceptual": artifact.perceptual,
        "kept": now,
    }
    _insert_missing(connection, artifacts, [row])
    mine = artifacts.c.digest == artifact.digest
    connection.execute(update(artifacts).where(mine).values(kept=now))


def bundle(connection: Connection, digest: str, files: Collection[str]) -> None:
    """Note that a file is the manifest of an app of these files; all of them are recorded."""
    rows: list[dict[str, object]] = [{"bundle": digest, "digest": file} for file in files]
    _insert_missing(connection, bundle_files, rows)


def find_bundle(connection: Connection, label: str) -> str | None:
    """The bundle whose digest begins with a label."""
    digest = bundle_files.c.bundle
    query = select(digest).where(digest.between(label, label + "g")).limit(1)
    return connection.execute(query).scalar()


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
    used = list(connection.execute(select(artifact_uses.c.digest).where(mine).distinct()).scalars())
    in_apps: list[str] = []
    for some in _lots(used):
        query = select(bundle_files.c.digest).where(bundle_files.c.bundle.in_(some)).distinct()
        in_apps += connection.execute(query).scalars()
    connection.execute(delete(artifact_uses).where(mine))
    gone: list[str] = []
    for some in [*_lots(used), *_lots(in_apps)]:
        gone += _forget(connection, artifacts.c.digest.in_(some))
    return gone


def forget_unused(connection: Connection, before: float) -> list[str]:
    """Forget files that no battle uses and that were kept before a time; answers them."""
    return _forget(connection, artifacts.c.kept < before)


def digests(parts: Iterable[Part]) -> set[str]:
    """The files that parts hold; an app's bundle stands for all of its files."""
    found: set[str] = set()
    for part in parts:
        if isinstance(part, (Image, File, Audio)):
            found.add(part.artifact)
            if isinstance(part, Image):
                found |= {one.artifact for one in part.fitted}
                found |= {part.blind.artifact} if part.blind else set()
        elif isinstance(part, Execution):
            found |= digests(part.files)
        elif isinstance(part, App):
            found |= digests(shot.image for shot in part.shots)
            found |= {part.bundle} if part.bundle else set()
    return found


def _lots(digests: Sequence[str]) -> list[Sequence[str]]:
    return [digests[at : at + LOT] for at in range(0, len(digests), LOT)]


def _forget(connection: Connection, condition: object) -> list[str]:
    used = select(literal(1)).where(artifact_uses.c.digest == artifacts.c.digest).exists()
    unused = select(artifacts.c.digest).where(condition, ~used)  # type: ignore[arg-type]
    connection.execute(delete(bundle_files).where(bundle_files.c.bundle.in_(unused)))
    held = select(literal(1)).where(bundle_files.c.digest == artifacts.c.digest).exists()
    gone = list(connection.execute(unused.where(~held)).scalars())
    for some in _lots(gone):
        connection.execute(delete(artifacts).where(artifacts.c.digest.in_(some)))
    return gone


def _insert_missing(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(table).on_conflict_do_nothing(), rows)
