"""The files that a warden puts into the work directory, and those it hands back."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from pathlib import Path

from kit.warden import BOUNDS, run_here, sh
from polyarena.sandbox import Outcome, SourceFile

FILES = (SourceFile("main.txt", b"main"), SourceFile("in/two/deep.txt", b"deep"))


def test_files_lie_in_the_work_directory_and_do_not_come_back(warden: Path, tmp_path: Path) -> None:
    reported = run_here(warden, tmp_path, [sh("cat main.txt in/two/deep.txt")], FILES)
    assert reported.step.stdout == b"maindeep"
    assert (reported.files, reported.left, reported.finished) == ({}, {}, True)


def test_new_and_changed_files_come_back(warden: Path, tmp_path: Path) -> None:
    script = "printf niam > main.txt; rm in/two/deep.txt; printf '\\377\\0' > in/new.bin; : > empty"
    reported = run_here(warden, tmp_path, [sh(script)], FILES)
    assert reported.files == {"main.txt": b"niam", "in/new.bin": b"\xff\0", "empty": b""}


def test_a_file_written_anew_with_what_it_held_comes_back(warden: Path, tmp_path: Path) -> None:
    reported = run_here(warden, tmp_path, [sh("printf main > main.txt")], FILES)
    assert reported.files == {"main.txt": b"main"}


def test_a_copy_that_keeps_the_date_is_a_new_file(warden: Path, tmp_path: Path) -> None:
    reported = run_here(warden, tmp_path, [sh("cp -p main.txt copy.txt")], FILES)
    assert reported.files == {"copy.txt": b"main"}


def test_files_come_back_after_failures_too(warden: Path, tmp_path: Path) -> None:
    reported = run_here(warden, tmp_path, [sh("echo a > a; sleep 60", seconds=0.5)])
    assert reported.step.outcome is Outcome.TIME
    assert reported.files == {"a": b"a\n"}


def test_hidden_files_and_caches_stay(warden: Path, tmp_path: Path) -> None:
    script = "mkdir .build __pycache__ node_modules; for d in .build __pycache__ node_modules; do "
    reported = run_here(warden, tmp_path, [sh(script + "echo > $d/file; done; echo > .hidden")])
    assert (reported.files, reported.left) == ({}, {})


def test_links_are_left_out(warden: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key").write_text("of the host")
    work = tmp_path / "work"
    work.mkdir()
    script = f"ln -s {secret}/key soft; ln -s {secret} folder; ln -s /nowhere dangling; ln main.txt"
    reported = run_here(warden, work, [sh(f"{script} hard; echo > own; ln own other")], FILES)
    assert reported.files == {}
    names = ("soft", "folder", "dangling", "hard", "own", "other")
    assert reported.left == dict.fromkeys(names, "a link")


def test_a_hard_link_to_a_file_outside_is_left_out(warden: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    (tmp_path / "outside").write_text("of the host")
    reported = run_here(warden, work, [sh("ln ../outside mine")])
    assert (reported.files, reported.left) == ({}, {"mine": "a link"})


def test_what_is_no_ordinary_file_is_left_out(warden: Path, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(tmp_path / "socket"))
        reported = run_here(warden, tmp_path, [sh("mkfifo fifo; echo a > plain")])
    assert reported.files == {"plain": b"a\n"}
    assert reported.left == dict.fromkeys(("fifo", "socket"), "not an ordinary file")


def test_names_come_back_harmless(warden: Path, tmp_path: Path) -> None:
    odd = [b"line\nbreak", b"bad\xff", b"back\\slash", "right\u202eleft".encode(), "ça va".encode()]
    (tmp_path / "list").mkdir()
    for name in odd:
        (tmp_path / "list" / os.fsdecode(name)).touch()
    reported = run_here(warden, tmp_path, [])
    assert sorted(reported.files) == [
        "list/back�slash",
        "list/bad�",
        "list/line�break",
        "list/right�left",
        "list/ça va",
    ]


def test_names_that_read_the_same_come_back_once(warden: Path, tmp_path: Path) -> None:
    reported = run_here(
        warden, tmp_path, [sh("echo 1 > $(printf 'a\\001'); echo 2 > $(printf 'a\\002')")]
    )
    assert reported.files == {"a�": b"1\n"}


def test_a_long_name_is_shortened_and_keeps_its_ending(warden: Path, tmp_path: Path) -> None:
    script = "n=$(printf '%0250d' 0); mkdir $n; echo > $n/picture.png"
    (name,) = run_here(warden, tmp_path, [sh(script)]).files
    assert len(name) == 200
    assert name.endswith("0….png")


def test_bounds_on_files_hold_in_the_order_of_names(warden: Path, tmp_path: Path) -> None:
    sizes = {"a": 10_000, "b": 10_001, "c": 9_000, "d": 1_001, "e": 1, "f": 1, "g": 1, "h": 1}
    script = "; ".join(f"head -c {size} /dev/zero > {name}" for name, size in sizes.items())
    reported = run_here(warden, tmp_path, [sh(script)])
    assert list(reported.files) == ["a", "c", "e", "f", "g"]
    assert reported.left == {
        "b": "larger than a file may be",
        "d": "the files are too large together",
        "h": "more files than may come back",
    }


def test_no_file_may_be_allowed(warden: Path, tmp_path: Path) -> None:
    none = replace(BOUNDS, files=0, total_bytes=0)
    reported = run_here(warden, tmp_path, [sh("echo > a")], bounds=none)
    assert (reported.files, reported.left) == ({}, {"a": "more files than may come back"})


def test_files_left_out_are_listed_up_to_a_bound(warden: Path, tmp_path: Path) -> None:
    script = "i=0; while [ $i -lt 100 ]; do mkfifo f$i; i=$((i+1)); done"
    reported = run_here(warden, tmp_path, [sh(script)])
    assert len(reported.left) == 64
    assert reported.left["*"] == "more was left out than is listed"


def test_folders_are_followed_only_so_deep(warden: Path, tmp_path: Path) -> None:
    script = "i=0; while [ $i -lt 40 ]; do mkdir d && cd d; echo > file; i=$((i+1)); done"
    reported = run_here(warden, tmp_path, [sh(script)])
    assert reported.finished
    assert reported.left["/".join(["d"] * 17)] == "in folders too deep"


def test_folders_with_the_longest_names_do_no_harm(warden: Path, tmp_path: Path) -> None:
    script = (
        "n=$(printf '%0255d' 0); i=0; while [ $i -lt 14 ]; do mkdir $n && cd $n; i=$((i+1)); done"
    )
    reported = run_here(warden, tmp_path, [sh(f"{script}; echo > file")])
    assert reported.finished
    assert len(reported.files) == 1
