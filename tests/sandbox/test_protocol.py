"""A job as the bytes that a warden reads."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyarena import BadJob
from polyarena.sandbox import SourceFile
from polyarena_sandbox.protocol import Bounds, Command, encode

BOUNDS = Bounds(200, 4, 100, 300, 64, 1000)
RUN = Command("run", ("true",), b"", 1.0)


def frames_of(job: bytes) -> list[tuple[str, bytes]]:
    found = []
    while job:
        kind, length = struct.unpack_from(">cI", job)
        found.append((kind.decode(), job[5 : 5 + length]))
        job = job[5 + length :]
    return found


plain_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
components = plain_text.filter(lambda text: text not in {"", ".", ".."} and "/" not in text)
source_files = st.lists(
    st.builds(SourceFile, components.map("in/{}".format), st.binary(max_size=50)),
    max_size=4,
    unique_by=lambda file: file.name,
)
commands = st.builds(
    Command,
    plain_text.filter(bool),
    st.lists(plain_text, min_size=1, max_size=4).map(tuple),
    st.binary(max_size=50),
    st.floats(0.001, 86_400),
)


@given(source_files, st.lists(commands, max_size=4))
def test_a_job_is_all_in_its_frames(files: list[SourceFile], steps: list[Command]) -> None:
    frames = frames_of(encode(files, steps, BOUNDS, {"A": "b=c"}))
    assert frames[0] == ("B", struct.pack(">6Q", 200, 4, 100, 300, 64, 1000))
    assert ("V", b"A=b=c\0") in frames
    assert frames[-1] == ("G", b"")
    placed = [tuple(data.split(b"\0", 1)) for kind, data in frames if kind == "F"]
    assert placed == [(file.name.encode(), file.data) for file in files]
    for (_, data), step in zip([f for f in frames if f[0] == "C"], steps, strict=True):
        micros, count = struct.unpack_from(">QI", data)
        name, *rest = data[12:].split(b"\0", count + 1)
        assert (micros, name) == (round(step.seconds * 1e6), step.name.encode())
        assert rest == [*(word.encode() for word in step.argv), step.stdin]


def test_a_recipes_environment_goes_over_the_usual_one() -> None:
    variables = {v for k, v in frames_of(encode((), (), BOUNDS, {"HOME": "/x"})) if k == "V"}
    assert b"HOME=/x\0" in variables
    assert b"LANG=C.UTF-8\0" in variables
    assert not any(variable == b"HOME=/work\0" for variable in variables)


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "/etc/passwd", "a/../b", "a//b", "a/", "./a", "a\0b", "\ud800"),
        *("x" * 256, "/".join(["x" * 200] * 21)),
    ],
)
def test_a_file_has_a_name_inside_the_work_directory(name: str) -> None:
    with pytest.raises(BadJob):
        encode([SourceFile(name, b"")], [RUN], BOUNDS, {})


@pytest.mark.parametrize("names", [("a", "a"), ("a", "a/b"), ("a/b/c", "a/b")])
def test_no_two_files_lie_in_the_same_place(names: Sequence[str]) -> None:
    with pytest.raises(BadJob, match="same name"):
        encode([SourceFile(name, b"") for name in names], [RUN], BOUNDS, {})


@pytest.mark.parametrize(
    "command",
    [
        replace(RUN, argv=()),
        replace(RUN, argv=("a\0b",)),
        replace(RUN, name=""),
        replace(RUN, name="n" * 200),
        replace(RUN, seconds=0),
        replace(RUN, seconds=-1),
        replace(RUN, seconds=float("nan")),
        replace(RUN, seconds=float("inf")),
        replace(RUN, stdin=bytes(16 << 20)),
    ],
)
def test_a_command_that_no_warden_could_run_is_refused(command: Command) -> None:
    with pytest.raises(BadJob):
        encode((), [command], BOUNDS, {})


def test_a_job_is_no_larger_than_a_warden_holds() -> None:
    with pytest.raises(BadJob):
        encode((), [RUN] * 257, BOUNDS, {})
    with pytest.raises(BadJob):
        encode((), [RUN], BOUNDS, {f"V{number}": "" for number in range(129)})
    with pytest.raises(BadJob):
        encode((), [RUN], BOUNDS, {"V": "\0"})
