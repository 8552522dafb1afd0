"""Connections through a warden: to a program that listens, and from one that asks."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kit.tunnelled import ECHO, SERVER, asked, reaching, received, tunnelled
from kit.warden import BOUNDS
from polyarena import AppGone
from polyarena.sandbox import Connection, Outcome
from polyarena_sandbox.protocol import LINK_BYTES

pytestmark = pytest.mark.anyio
LARGE = bytes(range(256)) * 8192


def server(body: str) -> str:
    return SERVER.replace("{body}", body)


async def test_bytes_go_both_ways(warden: Path, tmp_path: Path) -> None:
    async with tunnelled(warden, tmp_path, server(ECHO)) as (app, _):
        assert await app.ready(10)
        connection = await app.open()
        assert await asked(connection, b"hello", 5) == b"hello"
        sending = asyncio.create_task(connection.send(LARGE))
        assert await received(connection, len(LARGE)) == LARGE
        await sending
        connection.close()
        assert not app.ended


async def test_many_connections_and_one_that_nobody_reads(warden: Path, tmp_path: Path) -> None:
    async with tunnelled(warden, tmp_path, server(ECHO)) as (app, _):
        assert await app.ready(10)
        idle = await app.open()
        stuck = asyncio.create_task(idle.send(LARGE * 16))
        for _ in range(3):
            several = [await app.open() for _ in range(40)]
            texts = [b"%d" % number * 1000 for number in range(40)]
            back = await asyncio.gather(
                *(asked(c, t, len(t)) for c, t in zip(several, texts, strict=True))
            )
            assert back == texts
            for each in several:
                each.close()
        assert not stuck.done()
        idle.close()
        with pytest.raises(AppGone):
            await stuck


async def test_an_end_comes_after_the_bytes_before_it(warden: Path, tmp_path: Path) -> None:
    flood = f"    end.sendall(b'x' * {3 * LINK_BYTES})\n    end.close()\n"
    async with tunnelled(warden, tmp_path, server(flood)) as (app, _):
        assert await app.ready(10)
        connection = await app.open()
        assert len(await received(connection, 10 * LINK_BYTES)) == 3 * LINK_BYTES
        with pytest.raises(AppGone):
            await connection.send(LARGE)


async def test_a_program_that_never_listens(warden: Path, tmp_path: Path) -> None:
    async with tunnelled(warden, tmp_path, "import time; time.sleep(60)") as (app, _):
        assert not await app.ready(0.5)
        assert not app.ended
        with pytest.raises(AppGone, match="takes no connection"):
            await app.open()


async def test_a_program_that_dies_says_why(warden: Path, tmp_path: Path) -> None:
    async with tunnelled(warden, tmp_path, "print('so far')\nimport nothing") as (app, _):
        assert not await app.ready(10)
        assert app.ended
        assert app.output.startswith("so far\n")
        assert "No module named 'nothing'" in app.output
        with pytest.raises(AppGone, match="has ended"):
            await app.open()


async def test_what_it_prints_too_much_is_lost_and_it_goes_on(warden: Path, tmp_path: Path) -> None:
    flood = f"for _ in range(300): print('y' * 999)\n{server(ECHO)}"
    async with tunnelled(warden, tmp_path, flood) as (app, _):
        assert await app.ready(10)
        assert await asked(await app.open(), b"still", 5) == b"still"
        assert len(app.output) == BOUNDS.output_bytes


async def test_its_time_is_bounded(warden: Path, tmp_path: Path) -> None:
    async with tunnelled(warden, tmp_path, server(ECHO), seconds=1) as (app, _):
        assert await app.ready(0.9)
        connection = await app.open()
        assert await connection.receive() == b""
        assert app.ended


async def test_without_the_server_nothing_stays(warden: Path, tmp_path: Path) -> None:
    async with tunnelled(warden, tmp_path, server(ECHO)) as (app, process):
        assert await app.ready(10)
        await app.close()
        assert await asyncio.to_thread(process.wait, 20) == 0


ASKING = """
import socket, threading
def ask(number):
    data = bytes([number]) * 700_000
    with socket.create_connection(("127.0.0.1", {port})) as end:
        threading.Thread(target=end.sendall, args=(data,)).start()
        back = b""
        while len(back) < len(data): back += end.recv(65536)
        assert back == data
        print("back", number, flush=True)
asking = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
for each in asking: each.start()
for each in asking: each.join()
"""


async def echo(connection: Connection) -> None:
    while data := await connection.receive():
        await connection.send(data)


async def test_a_program_reaches_an_app(warden: Path, tmp_path: Path) -> None:
    step = await reaching(warden, tmp_path, ASKING, echo)
    assert step.outcome is Outcome.OK, step.stderr
    assert sorted(step.stdout.split()[1::2]) == [b"%d" % number for number in range(8)]


async def test_an_app_that_is_gone_is_reached_no_more(warden: Path, tmp_path: Path) -> None:
    program = (
        "import socket\nend = socket.create_connection(('127.0.0.1', {port}))\n"
        "print(end.recv(9), end.recv(9))"
    )

    async def leave(connection: Connection) -> None:
        await connection.send(b"bye")

    assert (await reaching(warden, tmp_path, program, leave)).stdout == b"b'bye' b''\n"
    gone = await reaching(warden, tmp_path / "again", program, leave, output="gone")
    assert gone.stdout == b"b'' b''\n"
