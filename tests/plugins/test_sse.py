from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyarena_providers.answer import AnswerReader
from polyarena_providers.sse import BUFFER_LIMIT, EventTooLong, Splitter

from .upstream import DONE, delta, finish, usage

STREAMS = (
    delta("Grüße, 世界 🌍") + delta("\r\n\n") + finish() + usage(1, 2) + DONE,
    (delta("CRLF ") + delta("é") + finish("length") + DONE).replace(b"\n", b"\r\n"),
    (delta("CR ") + delta("ü") + finish() + DONE).replace(b"\n", b"\r"),
    b"\xef\xbb\xbf" + delta("BOM") + finish() + DONE,
    b"\r\n\n: a comment\n\nevent: x\nid: 1\nretry: 5\n" + delta("fields") + b":\n\n" + finish(),
    delta("no space").replace(b"data: ", b"data:") + finish().replace(b"data: ", b"data:"),
    b'data: {"choices":\ndata: [{"delta": {"content": "two lines"},\ndata:"finish_reason":'
    b'"stop"}]}\n\n',
    delta("no blank line at the end") + finish().rstrip(b"\n"),
    b' \n{"choices": [{"message": {"content": "whole \xf0\x9f\x8c\x8d"},\n\n '
    b'"finish_reason": "stop"}]}',
    b'\xef\xbb\xbf{"choices":[{"message":{"content":"x"},"finish_reason":"length"}]}',
)


def read(chunks: list[bytes]) -> tuple[str, object]:
    reader = AnswerReader(1000)
    text = "".join(reader.feed(chunk) for chunk in chunks) + reader.end()
    return text, reader.finish()


@given(st.sampled_from(STREAMS), st.lists(st.integers(0, 400), max_size=40))
def test_any_chunking_reads_the_same(stream: bytes, cuts: list[int]) -> None:
    places = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    chunks = [stream[a:b] for a, b in pairwise(places)]
    assert read(chunks) == read([stream])


@pytest.mark.parametrize("stream", STREAMS)
def test_byte_by_byte_reads_the_same(stream: bytes) -> None:
    assert read([bytes([byte]) for byte in stream]) == read([stream])


LINES = st.sampled_from([b"data: a", b"data:b", b"data", b": c", b"", b"event: d", b"data:  e"])
ENDS = st.sampled_from([b"\n", b"\r\n", b"\r"])


@given(st.lists(st.tuples(LINES, ENDS), max_size=12), st.integers(1, 30))
def test_any_lines_split_the_same_in_pieces(lines: list[tuple[bytes, bytes]], size: int) -> None:
    stream = b"".join(line + end for line, end in lines)
    whole, parts = Splitter(), Splitter()
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
    once = whole.feed(stream) + whole.end()
    assert [event for piece in pieces for event in parts.feed(piece)] + parts.end() == once


@given(st.lists(st.tuples(LINES, ENDS), max_size=12), st.integers(1, 4))
def test_any_lines_split_the_same_in_groups(lines: list[tuple[bytes, bytes]], size: int) -> None:
    whole = [line + end for line, end in lines]
    pieces = [b"".join(whole[at : at + size]) for at in range(0, len(whole), size)]
    once, parts = Splitter(), Splitter()
    events = once.feed(b"".join(whole)) + once.end()
    assert [event for piece in pieces for event in parts.feed(piece)] + parts.end() == events


def test_an_event_cut_between_its_lines_after_another_event() -> None:
    splitter = Splitter()
    assert splitter.feed(b"data: a\n\ndata: b\n") == [b"a"]
    assert splitter.feed(b"data: c\n\n") == [b"b\nc"]


def test_data_lines_are_joined_and_one_space_is_dropped() -> None:
    assert Splitter().feed(b"data: a\ndata:b\ndata\ndata:  c\n\n") == [b"a\nb\n\n c"]


def test_an_event_that_never_ends_is_given_up() -> None:
    splitter = Splitter()
    for _ in range(BUFFER_LIMIT // 1000 - 50):
        splitter.feed(b"data: " + b"x" * 980 + b"\n")
    with pytest.raises(EventTooLong):
        splitter.feed(b"data: " + b"x" * 500_000 + b"\n")


def test_comments_without_end_are_not_kept() -> None:
    splitter = Splitter()
    for _ in range(BUFFER_LIMIT // 1000 + 1):
        assert splitter.feed(b": " + b"x" * 1000 + b"\n") == []
