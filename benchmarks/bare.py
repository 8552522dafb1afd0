"""Bare inserts of a vote's row by 20 writers at once: `bare.py URL NUMBER`; prints JSON."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
import threading
import time
from itertools import count
from pathlib import Path

import asyncpg
import uvloop

WRITERS = 20
TABLE = (
    "CREATE TABLE IF NOT EXISTS bare (battle TEXT PRIMARY KEY, arena TEXT, entry_a TEXT, "
    "entry_b TEXT, choice TEXT, reasons TEXT, comment TEXT, visitor TEXT, created REAL)"
)
ROW = ("text", "bench-one@0123456789ab", "bench-two@ba9876543210", "a", "[]", "", "v" * 22, 1.5)


def sqlite(file: str, number: int) -> list[float]:
    """Seconds each insert took, committed on its own with full sync."""
    Path(file).unlink(missing_ok=True)
    _connect(file).execute(TABLE)
    numbers = count()
    took: list[float] = []

    def write() -> None:
        connection = _connect(file)
        while (mine := next(numbers)) < number:
            began = time.perf_counter()
            connection.execute("INSERT INTO bare VALUES (?,?,?,?,?,?,?,?,?)", (f"b{mine}", *ROW))
            took.append(time.perf_counter() - began)
        connection.close()

    writers = [threading.Thread(target=write) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return took


def _connect(file: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, timeout=60, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


async def postgresql(url: str, number: int) -> list[float]:
    """Seconds each insert took, each a transaction."""
    links = [await asyncpg.connect(url) for _ in range(WRITERS)]
    await links[0].execute(f"DROP TABLE IF EXISTS bare; {TABLE}")
    numbers = count()
    took: list[float] = []

    async def write(link: asyncpg.Connection) -> None:
        insert = await link.prepare("INSERT INTO bare VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)")
        while (mine := next(numbers)) < number:
            began = time.perf_counter()
            await insert.fetch(f"b{mine}", *ROW)
            took.append(time.perf_counter() - began)

    await asyncio.gather(*(write(link) for link in links))
    await asyncio.gather(*(link.close() for link in links))
    return took


def main() -> None:
    url, number = sys.argv[1], int(sys.argv[2])
    began = time.perf_counter()
    if url.startswith("sqlite:///"):
        took = sqlite(url.removeprefix("sqlite:///"), number)
    else:
        took = uvloop.run(postgresql(url, number))
    print(json.dumps({"seconds": time.perf_counter() - began, "took": took}))


if __name__ == "__main__":
    main()
