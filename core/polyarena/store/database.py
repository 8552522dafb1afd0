"""One way to read and write, whichever the engine.

Queries are plain functions of a SQLAlchemy connection. On PostgreSQL each runs in a transaction
of its own through asyncpg. On SQLite one thread owns the only writing connection and commits
what is waiting as a group, so that one fsync serves many votes; readers have their own.
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import structlog
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import QueuePool

from ..errors import ConfigError, StorageError

T = TypeVar("T")
Query = Callable[[Connection], T]
BATCH = 128
BUSY_SECONDS = 5.0

log = structlog.get_logger("polyarena.store")


class Store(ABC):
    """Runs queries; see `open_store`."""

    @abstractmethod
    async def read(self, query: Query[T]) -> T:
        """Run a query that changes nothing.

        Raises:
            StorageError: the database cannot be read.
        """

    @abstractmethod
    async def write(self, query: Query[T]) -> T:
        """Run a query in a transaction; it is on disk when this answers.

        It may be run a second time where the first was rolled back, so it must do nothing else.

        Raises:
            StorageError: nothing was stored (disk full, locked, connection lost).
        """

    @abstractmethod
    async def close(self) -> None:
        """Finish what is waiting and let go of the database."""


def open_store(url: str, *, checkpoints: bool = True) -> Store:
    """Open a database by URL, `sqlite:///FILE` or `postgresql://…`.

    Only one process that writes to a SQLite file may have `checkpoints`: the server.

    Raises:
        ConfigError: the URL names another kind of database.
    """
    kind = make_url(url).get_backend_name()
    if kind == "sqlite":
        return SqliteStore(url, checkpoints=checkpoints)
    if kind == "postgresql":
        return PostgresStore(url)
    raise ConfigError(f"database_url: {kind} is not supported; use sqlite or postgresql")


class SqliteStore(Store):
    """SQLite in WAL mode with full sync."""

    def __init__(self, url: str, *, checkpoints: bool) -> None:
        file = make_url(url).database
        if not file:
            raise ConfigError("database_url: sqlite needs a file, sqlite:///FILE")
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        checkpoint_pages = 1000 if checkpoints else 0
        self._writer = _sqlite_engine(url, f"PRAGMA wal_autocheckpoint={checkpoint_pages}", 1)
        self._reader = _sqlite_engine(url, "PRAGMA query_only=1", 4)
        self._waiting: queue.SimpleQueue[tuple[Query[Any], Future[Any]] | None] = (
            queue.SimpleQueue()
        )
        self._readers = ThreadPoolExecutor(4, "store-read")
        self._thread = threading.Thread(target=self._work, name="store-write", daemon=True)
        self._thread.start()

    async def read(self, query: Query[T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, query)

    async def write(self, query: Query[T]) -> T:
        future: Future[T] = Future()
        self._waiting.put((query, future))
        return await asyncio.wrap_future(future)

    async def close(self) -> None:
        self._waiting.put(None)
        await asyncio.get_running_loop().run_in_executor(self._readers, self._thread.join)
        self._readers.shutdown()
        self._reader.dispose()
        self._writer.dispose()

    def _read(self, query: Query[T]) -> T:
        try:
            with self._reader.connect() as connection:
                return query(connection)
        except SQLAlchemyError as error:
            raise storage_error(error) from error

    def _work(self) -> None:
        while True:
            batch = [self._waiting.get()]
            while len(batch) < BATCH and not self._waiting.empty():
                batch.append(self._waiting.get())
            work = [item for item in batch if item is not None]
            if work:
                self._commit(work)
            if len(work) < len(batch):
                return

    def _commit(self, batch: list[tuple[Query[Any], Future[Any]]]) -> None:
        """Commit a batch as one; where one of it is at fault, each of it on its own."""
        try:
            with self._writer.begin() as connection:
                results = [query(connection) for query, _ in batch]
        except Exception as error:
            if len(batch) > 1 and not _unusable(error):
                for one in batch:
                    self._commit([one])
            else:
                _fail([future for _, future in batch], error)
            return
        for (_, future), result in zip(batch, results, strict=True):
            if not future.cancelled():
                future.set_result(result)


def _unusable(error: Exception) -> bool:
    """Whether the database itself cannot be written: full, locked, out of reach."""
    return isinstance(error, DBAPIError) and isinstance(error.orig, sqlite3.OperationalError)


def _fail(futures: list[Future[Any]], error: Exception) -> None:
    if isinstance(error, SQLAlchemyError):
        log.error("write failed", error=str(error))
        error = storage_error(error)
    for future in futures:
        if not future.cancelled():
            future.set_exception(error)


def _sqlite_engine(url: str, pragma: str, size: int) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
    )
    writes = "wal_autocheckpoint" in pragma

    @event.listens_for(engine, "connect")
    def _connect(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute(pragma)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


class PostgresStore(Store):
    """PostgreSQL through asyncpg."""

    def __init__(self, url: str) -> None:
        self._engine: AsyncEngine = create_async_engine(
            make_url(url).set(drivername="postgresql+asyncpg"), pool_size=20, max_overflow=0
        )

    async def read(self, query: Query[T]) -> T:
        return await self._run(query, commit=False)

    async def write(self, query: Query[T]) -> T:
        return await self._run(query, commit=True)

    async def close(self) -> None:
        await self._engine.dispose()

    async def _run(self, query: Query[T], *, commit: bool, again: bool = True) -> T:
        committing = False
        try:
            async with self._engine.connect() as connection:
                result = await connection.run_sync(query)
                if commit:
                    committing = True
                    await connection.commit()
                return result
        except (SQLAlchemyError, OSError) as error:
            # A pooled connection that the server has closed since is found out by using it.
            if again and not committing and _lost(error):
                return await self._run(query, commit=commit, again=False)
            log.error("the database failed", error=str(error))
            raise storage_error(error) from error


def _lost(error: Exception) -> bool:
    return isinstance(error, DBAPIError) and error.connection_invalidated


def storage_error(error: BaseException) -> StorageError:
    """What went wrong with the database, in words fit for a person."""
    text = str(error).lower()
    if "full" in text or "no space" in text or "disk i/o" in text:
        why = "the disk is full or cannot be written"
    elif "locked" in text or "busy" in text:
        why = "the database is locked by another process"
    else:
        why = "the database did not answer"
    return StorageError(f"Nothing was stored: {why}. Please try again in a moment.")
