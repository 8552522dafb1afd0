"""The streams of a container."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyarena_sandbox.attach import LARGEST_FRAME, Attached, Demultiplexer, StreamBroken


def _frame(stream: int, data: bytes) -> bytes:
    return struct.pack(">BxxxI", stream, len(data)) + data


@pytest.fixture
def ends() -> Iterator[tuple[Attached, socket.socket]]:
    """Streams over a connection, and the engine's end of it."""
    here, there = socket.socketpair()
    attached = Attached(here)
    with there:
        yield attached, there
        attached.close()


@given(
    frames=st.lists(st.tuples(st.sampled_from([0, 1, 2]), st.binary(max_size=20)), max_size=8),
    cuts=st.lists(st.integers(0, 300), max_size=6),
)
def test_standard_output_is_picked_however_the_bytes_come(
    frames: list[tuple[int, bytes]], cuts: list[int]
) -> None:
    whole = b"".join(_frame(stream, data) for stream, data in frames)
    places = [0, *sorted(cut for cut in cuts if cut < len(whole)), len(whole)]
    demultiplexer = Demultiplexer()
    pieces = [whole[first:last] for first, last in pairwise(places)]
    found = b"".join(map(demultiplexer.feed, pieces))
    assert found == b"".join(data for stream, data in frames if stream == 1)


@pytest.mark.parametrize("header", [b"\x03\0\0\0\0\0\0\1", _frame(1, b"")[:4] + b"\xff" * 4])
def test_what_no_engine_sends_is_refused(header: bytes) -> None:
    with pytest.raises(StreamBroken):
        Demultiplexer().feed(header + b"x")
    assert LARGEST_FRAME < 0xFFFFFFFF


def test_output_is_read_to_its_end(ends: tuple[Attached, socket.socket]) -> None:
    attached, there = ends
    attached.send(b"input")
    assert there.recv(100) == b"input"
    there.sendall(_frame(1, b"one") + _frame(2, b"not this") + _frame(1, b"two"))
    there.shutdown(socket.SHUT_WR)
    assert b"".join(attached.pieces(100)) == b"onetwo"


def test_more_than_may_come_is_refused(ends: tuple[Attached, socket.socket]) -> None:
    attached, there = ends
    there.sendall(_frame(2, bytes(101)))
    with pytest.raises(StreamBroken, match="more than it may"):
        list(attached.pieces(100))


def test_closing_ends_a_read_in_another_thread(ends: tuple[Attached, socket.socket]) -> None:
    attached, _ = ends
    found: list[bytes] = []
    reading = threading.Thread(target=lambda: found.extend(attached.pieces(100)))
    reading.start()
    attached.close()
    reading.join(10)
    assert not reading.is_alive()
    assert found == []


def test_streams_are_quiet_until_something_comes_or_they_end(
    ends: tuple[Attached, socket.socket],
) -> None:
    attached, there = ends
    assert attached.quiet()
    there.sendall(b"x")
    assert not attached.quiet()
    attached.close()
    assert not attached.quiet()
