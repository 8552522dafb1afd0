"""Bringing a database up to the newest migration."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, select, table
from sqlalchemy.sql import column

from .database import Store

HERE = Path(__file__).parent / "migrations"


def newest() -> str:
    """The newest revision: the last file of migrations/versions by name."""
    return max(path.stem for path in (HERE / "versions").glob("[0-9]*.py"))


async def migrate(store: Store) -> None:
    """Upgrade the schema; alembic is imported only if there is something to do."""
    if await store.read(_revision) != newest():
        await store.write(_upgrade)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    version = table("alembic_version", column("version_num"))
    return connection.execute(select(version.c.version_num)).scalar()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
