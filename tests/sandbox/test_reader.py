"""A warden's reports, and bytes that are none."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.frames import DONE, began, came, ended, frame, left
from polyarena.sandbox import OmittedFile, Outcome, OutputFile, StepResult
from polyarena_sandbox.protocol import (
    Bounds,
    FileCame,
    FileLeft,
    Finished,
    ProtocolError,
    Reader,
    Report,
    StepBegan,
    StepEnded,
)

BOUNDS = Bounds(200, 4, 100, 300, 64, 1000)
OUTCOMES = list(Outcome)

printable = st.text(st.sampled_from("abcäß ._-"), min_size=1, max_size=20)
results = st.builds(
    StepResult,
    name=printable,
    outcome=st.sampled_from(OUTCOMES[1:]),
    exit_code=st.integers(0, 255),
    signal=st.just(""),
    stdout=st.binary(max_size=200),
    stderr=st.binary(max_size=200),
    stdout_cut=st.booleans(),
    stderr_cut=st.booleans(),
    seconds=st.integers(0, 10**9).map(lambda micros: micros / 1e6),
    cpu_seconds=st.just(0.0),
    memory=st.integers(0, 1 << 53),
)
kept_files = st.lists(
    st.builds(OutputFile, printable.map("f{}".format), st.binary(max_size=75)),
    max_size=4,
    unique_by=lambda file: file.name,
)


def reported(result: StepResult, piece: int) -> bytes:
    output = b"".join(
        frame(kind, data[at : at + piece])
        for kind, data in (("O", result.stdout), ("E", result.stderr))
        for at in range(0, len(data), piece)
    )
    cut = result.stdout_cut | result.stderr_cut << 1
    outcome, code = OUTCOMES.index(result.outcome), result.exit_code or 0
    wall = round(result.seconds * 1e6)
    return began(result.name) + output + ended(outcome, cut, 0, code, wall, result.memory)


@given(st.lists(results, max_size=3), kept_files, st.integers(1, 200), st.integers(1, 500))
def test_reports_come_back_however_they_are_cut(
    steps: list[StepResult], files: list[OutputFile], piece: int, read: int
) -> None:
    stream = b"".join(reported(step, piece) for step in steps)
    stream += b"".join(came(file.name.encode(), file.data) for file in files)
    stream += left(b"big", 0, 5000) + DONE
    reader = Reader(BOUNDS)
    got = [r for at in range(0, len(stream), read) for r in reader.feed(stream[at : at + read])]
    expected: list[Report] = []
    for step in steps:
        expected += [StepBegan(step.name), StepEnded(step)]
    expected += [FileCame(file) for file in files]
    expected += [FileLeft(OmittedFile("big", 5000, "larger than a file may be")), Finished()]
    assert got == expected


@given(st.lists(st.binary(max_size=300), max_size=10))
def test_any_bytes_are_reports_or_a_protocol_error(pieces: list[bytes]) -> None:
    drain(pieces)


valid = st.lists(
    st.one_of(
        st.builds(began, printable),
        st.builds(ended, *[st.integers(0, 9)] * 4, st.integers(0, 2**64 - 1)),
        st.builds(frame, st.sampled_from("OESRFLD"), st.binary(max_size=120)),
        st.builds(came, st.binary(max_size=30), st.binary(max_size=100)),
        st.builds(left, st.binary(max_size=30), st.integers(0, 9), st.integers(0, 2**64 - 1)),
        st.just(DONE),
    ),
    max_size=12,
)


@given(valid)
def test_frames_in_any_order_are_reports_or_a_protocol_error(pieces: list[bytes]) -> None:
    drain(pieces)


@given(valid, st.data())
def test_a_stream_with_a_byte_changed_does_no_harm(
    pieces: list[bytes], data: st.DataObject
) -> None:
    stream = bytearray(b"".join([began(), *pieces]))
    stream[data.draw(st.integers(0, len(stream) - 1))] = data.draw(st.integers(0, 255))
    drain([bytes(stream)])


def drain(pieces: Sequence[bytes]) -> None:
    """Read until an error, and check what came out against the bounds."""
    reader = Reader(BOUNDS)
    got: list[Report] = []
    try:
        for piece in pieces:
            got += reader.feed(piece)
    except ProtocolError:
        with pytest.raises(ProtocolError):
            reader.feed(DONE)
    files = [r.file for r in got if isinstance(r, FileCame)]
    assert len(files) <= BOUNDS.files
    assert sum(len(file.data) for file in files) <= BOUNDS.total_bytes
    assert all(file.name.isprintable() and len(file.name) <= 200 for file in files)
    for report in got:
        if isinstance(report, StepEnded):
            assert len(report.result.stdout) <= BOUNDS.output_bytes
            assert len(report.result.stderr) <= BOUNDS.output_bytes


@pytest.mark.parametrize(
    ("before", "kind", "most"),
    [
        (b"", "S", 200),
        (b"", "F", 4096 + 100),
        (came(b"a", bytes(100)) + came(b"b", bytes(100)) + came(b"c", bytes(99)), "F", 4096 + 1),
        (b"", "L", 4096 + 9),
        (b"", "D", 0),
        (began(), "O", 200),
        (began(), "E", 200),
        (began() + frame("O", bytes(150)), "O", 50),
        (began() + frame("O", bytes(150)), "E", 200),
        (began(), "R", 28),
    ],
)
def test_a_frame_too_large_is_refused_before_it_comes(before: bytes, kind: str, most: int) -> None:
    assert Reader(BOUNDS).feed(before + struct.pack(">cI", kind.encode(), most)) is not None
    with pytest.raises(ProtocolError):
        Reader(BOUNDS).feed(before + struct.pack(">cI", kind.encode(), most + 1))


@pytest.mark.parametrize(
    "stream",
    [
        b"X" + bytes(4),
        b"O\0\0\0\x01x",
        b"E\0\0\0\x01x",
        ended(),
        began() + began(),
        began() + DONE,
        began() + came(b"a"),
        began() + left(b"a"),
        began() + frame("O", b""),
        began() + frame("R", b""),
        began(""),
        frame("S", b"no zero"),
        frame("S", b"a\0more"),
        came(b"a") + began(),
        left(b"a") + began(),
        DONE + DONE,
        DONE + began(),
        came(b""),
        came(b"/etc/passwd"),
        came(b"../up"),
        came(b"a/../../up"),
        came(b"a//b"),
        came(b"./a"),
        frame("F", b"no zero"),
        came(b"a", bytes(101)),
        b"".join(came(b"%d" % number) for number in range(5)),
        left(b"../up"),
        left(b"a", reason=8),
        left(b"a", size=1 << 60),
        frame("L", b"short"),
        frame("L", bytes(9) + b"a\0more"),
        b"".join(left(b"%d" % number) for number in range(65)),
        began() + ended(outcome=7),
        began() + ended(outcome=1, cut=4),
        began() + ended(outcome=1, killed=2),
        began() + ended(outcome=1, killed=1, code=0),
        began() + ended(outcome=0, code=1),
        began() + ended(outcome=0, killed=1, code=9),
        began() + ended(outcome=0, cut=1),
        began() + ended(outcome=1, code=1, memory=1 << 60),
        (began() + ended()) * 257,
    ],
)
def test_what_no_warden_sends_is_refused(stream: bytes) -> None:
    with pytest.raises(ProtocolError):
        Reader(BOUNDS).feed(stream)


def test_a_signal_ends_a_step() -> None:
    _, step = Reader(BOUNDS).feed(began() + ended(outcome=2, killed=1, code=9))
    assert isinstance(step, StepEnded)
    assert (step.result.exit_code, step.result.signal) == (None, "SIGKILL")


def test_output_that_was_cut_is_said_to_be() -> None:
    for cut, said in enumerate([(False, False), (True, False), (False, True), (True, True)]):
        _, step = Reader(BOUNDS).feed(began() + ended(outcome=4, cut=cut))
        assert isinstance(step, StepEnded)
        assert (step.result.stdout_cut, step.result.stderr_cut) == said


def test_a_name_that_reads_like_anothers_is_left_out() -> None:
    first, second = Reader(BOUNDS).feed(came(b"a\x01", b"1") + came(b"a\x02", b"2"))
    assert first == FileCame(OutputFile("a\ufffd", b"1"))
    assert second == FileLeft(OmittedFile("a\ufffd", 1, "another file's name reads the same"))
