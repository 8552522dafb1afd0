"""The processes that decode: started late, bounded, replaced, and not believed."""

from __future__ import annotations

import asyncio
import base64
import io
import os
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kit.pictures import drawing, encoded, pdf
from polyarena import PictureRefused, StorageError
from polyarena.pictures import decoder, intake
from polyarena.pictures.budget import Budget
from polyarena.pictures.decoder import Job, SafePicture
from polyarena.pictures.intake import Intake
from polyarena.pictures.kinds import Kind
from polyarena.settings import Images

pytestmark = pytest.mark.anyio
PNG = encoded(drawing(20, 10), "PNG")
OUTPUT = 100_000
# What a process says in place of ours; `say` and `hear` are at hand.
PRELUDE = """
import json, os, struct, sys, time
def say(head, *blobs):
    raw = json.dumps({**head, "blobs": [len(blob) for blob in blobs]}).encode()
    os.write(1, struct.pack(">I", len(raw)) + raw + b"".join(blobs))
def hear():
    (size,) = struct.unpack(">I", sys.stdin.buffer.read(4))
    head = json.loads(sys.stdin.buffer.read(size))
    return head, [sys.stdin.buffer.read(blob) for blob in head["blobs"]]
say({"ready": True})
"""
FINE = {"media_type": "image/png", "width": 20, "height": 10, "perceptual": "0" * 16}


@contextmanager
def opened(**settings: object) -> Iterator[Intake]:
    made = Intake(Images.model_validate(settings), OUTPUT)
    try:
        yield made
    finally:
        made.close()


def job(data: bytes = PNG) -> Job:
    return Job(Kind.PNG, io.BytesIO(data), len(data))


async def take(made: Intake, data: bytes = PNG) -> SafePicture:
    (picture,) = await made.take(job(data), "it", lambda picture: picture)
    return picture


def pids(made: Intake) -> list[int]:
    return list(made.pids)


def told(pid: int, what: str) -> str:
    """What the system tells of a process; nothing of one that is gone."""
    try:
        return Path(f"/proc/{pid}/{what}").read_text()
    except FileNotFoundError:
        return ""


def wait(condition: Callable[[], object]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts a script in the place of the process that decodes; it hears one job, unless deaf."""

    def play(script: str, *, deaf: bool = False) -> None:
        heard = "" if deaf else "hear()\n"
        code = base64.b64encode((PRELUDE + heard + textwrap.dedent(script)).encode()).decode()
        start = f"import base64; exec(base64.b64decode('{code}'))"
        monkeypatch.setattr(decoder, "START", start)

    return play


async def test_a_process_is_started_when_it_is_needed_and_ended_with_the_server() -> None:
    with opened() as made:
        assert pids(made) == []
        assert (await take(made)).width == 20
        (pid,) = made.pids
        await take(made)
        assert pids(made) == [pid]
    assert not told(pid, "stat")


async def test_a_process_is_replaced_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "PICTURES_EACH", 2)
    with opened() as made:
        await take(made)
        (first,) = made.pids
        await take(made)
        assert pids(made) == []
        await take(made)
        assert pids(made) not in ([], [first])


async def test_one_that_was_killed_while_idle_is_replaced() -> None:
    with opened() as made:
        await take(made)
        (pid,) = made.pids
        os.kill(pid, 9)
        await asyncio.to_thread(wait, lambda: ") Z" in told(pid, "stat"))
        assert (await take(made)).width == 20
        assert pids(made) != [pid]


async def test_as_many_at_a_time_as_there_are_workers() -> None:
    with opened(workers=3) as made:
        await asyncio.gather(*(take(made) for _ in range(12)))
        assert 1 <= len(made.pids) <= 3


async def test_it_is_confined() -> None:
    with opened() as made:
        await take(made)
        (pid,) = made.pids
        lines = told(pid, "limits").splitlines()
        limits = {line[:26].strip(): line[26:].split()[0] for line in lines}
        names = {entry.partition("=")[0] for entry in told(pid, "environ").split("\0")}
    assert limits["Max file size"] == limits["Max core file size"] == "0"
    assert int(limits["Max address space"]) < 500_000_000
    assert names - {""} <= {*decoder.PASSED_ON, *decoder.MALLOC}


async def test_one_that_takes_too_long_is_ended(played: Callable[[str], None]) -> None:
    played("time.sleep(60)")
    with opened(seconds=0.3) as made:
        with pytest.raises(PictureRefused, match="takes too long"):
            await take(made)
        assert pids(made) == []


async def test_one_that_takes_too_long_after_it_may_go_on(played: Callable[[str], None]) -> None:
    played('say({"need": 1}); hear(); time.sleep(60)')
    with opened(seconds=0.3) as made, pytest.raises(PictureRefused, match="takes too long"):
        await take(made)


async def test_one_that_reads_nothing_is_ended(played: Callable[..., None]) -> None:
    played("time.sleep(60)", deaf=True)
    with opened(seconds=0.3) as made:
        much = Job(Kind.PNG, io.BytesIO(bytes(10_000_000)), 10_000_000)
        with pytest.raises(PictureRefused, match="takes too long"):
            await made.take(much, "it", lambda _: None)
        assert pids(made) == []


async def test_none_that_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoder, "START", "import time; time.sleep(60)")
    monkeypatch.setattr(decoder, "START_SECONDS", 0.3)
    with opened() as made, pytest.raises(StorageError, match="cannot be read just now"):
        await take(made)


async def test_kinds_that_nothing_is_installed_for(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = "import sys; sys.modules |= {'pillow_heif': None, 'pypdfium2': None}; "
    monkeypatch.setattr(decoder, "START", missing + decoder.START)
    given = {Kind.HEIC: encoded(drawing(), "HEIF"), Kind.PDF: pdf(drawing())}
    with opened() as made:
        for kind, data in given.items():
            with pytest.raises(PictureRefused, match=f"a {kind}, which cannot be read here"):
                await made.take(Job(kind, io.BytesIO(data), len(data)), "it", lambda _: None)
        assert (await take(made)).width == 20


@pytest.mark.parametrize(
    "answer",
    [
        "os._exit(11)",
        "os.abort()",
        "os.write(1, b'x' * 100)",
        "os.write(1, b'\\0\\0\\0\\2[]')",
        "os.write(1, b'\\0\\0\\0\\5{\"a\":')",
        "os.write(1, b'\\0\\0\\0\\2{}')",
        'say({"need": 0})',
        'say({"need": -5})',
        'say({"need": True})',
        'say({"need": "much"})',
        'say({"need": 10**12})',
        'say({"refused": "because"})',
        'say({"refused": ["damaged"]})',
        'say({"need": 1}, *[b"x"] * 3)',
        'say({"need": 1}); hear(); say({})',
        'say({"need": 1}); hear(); say({"picture": FINE})',
        'say({"need": 1}); hear(); say({"picture": FINE}, b"<html>", b"")',
        'say({"need": 1}); hear(); say({"picture": FINE}, b"\\x89PNG", b"<html>")',
        'say({"need": 1}); hear(); say({"picture": FINE}, b"\\x89PNG" + b"x" * 200_000, b"")',
        'say({"need": 1}); hear(); say({"picture": FINE | {"media_type": "text/html"}}, PNG, b"")',
        'say({"need": 1}); hear(); say({"picture": FINE | {"media_type": [1]}}, PNG, b"")',
        'say({"need": 1}); hear(); say({"picture": FINE | {"width": 99999}}, PNG, b"")',
        'say({"need": 1}); hear(); say({"picture": FINE | {"height": 0.5}}, PNG, b"")',
        'say({"need": 1}); hear(); say({"picture": FINE | {"perceptual": "0" * 17}}, PNG, b"")',
        'say({"need": 1}); hear(); say({"picture": FINE | {"perceptual": None}}, PNG, b"")',
        'say({"need": 1}); hear(); say({"picture": "one"}, PNG, b"")',
    ],
)
async def test_what_a_process_says_is_checked(played: Callable[[str], None], answer: str) -> None:
    played(f"FINE = {FINE!r}; PNG = b'\\x89PNG'\n{answer}\ntime.sleep(60)")
    with opened(seconds=2) as made:
        with pytest.raises(PictureRefused):
            await take(made)
        assert pids(made) == []


async def test_the_checks_let_a_sound_answer_pass(played: Callable[[str], None]) -> None:
    played(
        f"""
        say({{"need": 1}}); hear()
        say({{"picture": {FINE!r}}}, b"\\x89PNG", b"")
        say({{"done": True}})
        """
    )
    with opened() as made:
        assert (await take(made)).data == b"\x89PNG"


async def test_an_upload_that_ends_early_spoils_no_other() -> None:
    with opened() as made:
        with pytest.raises(PictureRefused):
            await made.take(Job(Kind.PNG, io.BytesIO(PNG[:50]), len(PNG)), "it", lambda _: None)
        gone = io.BytesIO(PNG)
        gone.close()
        with pytest.raises(PictureRefused):
            await made.take(Job(Kind.PNG, gone, len(PNG)), "it", lambda _: None)
        assert (await take(made)).width == 20


async def test_a_fault_in_keeping_a_picture_is_the_callers() -> None:
    def full(picture: SafePicture) -> None:
        raise StorageError("The disk is full.")

    with opened() as made:
        with pytest.raises(StorageError, match="full"):
            await made.take(job(), "it", full)
        assert (await take(made)).width == 20


async def test_closing_ends_what_is_under_way(played: Callable[[str], None]) -> None:
    played("time.sleep(60)")
    with opened() as made:
        waiting = asyncio.create_task(take(made))
        await asyncio.to_thread(wait, lambda: made.pids)
        (pid,) = made.pids
        await asyncio.to_thread(made.close)
        with pytest.raises(PictureRefused):
            await waiting
    assert not told(pid, "stat")


def test_the_budget_is_never_overdrawn_and_nobody_is_passed_over() -> None:
    budget, held, most = Budget(10), 0, 0
    order: list[int] = []
    lock = threading.Lock()

    def hold(number: int, amount: int) -> None:
        nonlocal held, most
        with budget.held(amount):
            with lock:
                order.append(number)
                held += min(amount, 10)
                most = max(most, held)
            time.sleep(0.002)
            with lock:
                held -= min(amount, 10)

    threads = []
    for number, amount in enumerate([4, 4, 99, 1, 10, 5, 5, 1]):
        threads.append(threading.Thread(target=hold, args=(number, amount)))
        threads[-1].start()
        time.sleep(0.001)
    for thread in threads:
        thread.join(10)
    assert most == 10
    assert held == 0
    assert order[2] == 2
    assert sorted(order) == list(range(8))
