"""The warden as a container's first process: what is left of a step, its limits, and forgery.

No seccomp profile helps here: what is refused, the warden's own guard refuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kit.warden import BOUNDS, compiled, image, run_contained, sh
from polyarena.sandbox import Outcome
from polyarena_sandbox.protocol import Command

ALIVE = sh("set -- /proc/[0-9]*; echo $#", name="alive")
"""Counts itself and the warden."""
INTRUDER = Path(__file__).parent / "intruder.c"


@pytest.fixture(scope="module")
def tag(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("warden")
    with image(compiled(folder), compiled(folder, INTRUDER)) as built:
        yield built


@pytest.mark.parametrize(
    "script",
    [
        "sleep 3600 & echo started",
        "(setsid sleep 3600 &); echo started",
        "(setsid sh -c 'setsid sleep 3600 >/dev/null 2>&1 & sleep 3600' &); echo started",
        "for i in 1 2 3 4 5 6 7 8; do (trap '' TERM HUP; setsid sleep 3600 &) ; done; echo started",
        "sleep 3600 & kill -STOP $!; echo started",
    ],
)
def test_nothing_of_a_step_outlives_it(tag: str, script: str) -> None:
    first, second = run_contained(tag, [sh(script), ALIVE]).steps
    assert (first.outcome, first.stdout) == (Outcome.OK, b"started\n")
    assert second.stdout == b"2\n"


def test_a_fork_bomb_is_over_when_its_time_is(tag: str) -> None:
    bomb = "b() { b | b & b; }; b"
    first, second = run_contained(tag, [sh(bomb, seconds=1), ALIVE]).steps
    assert first.outcome in {Outcome.TIME, Outcome.PROCESSES}
    assert (second.outcome, second.stdout) == (Outcome.OK, b"2\n")


def test_too_many_processes_are_the_reason_of_a_failure(tag: str) -> None:
    script = "i=0; while [ $i -lt 50 ]; do sleep 60 & i=$((i+1)); done"
    first, second = run_contained(tag, [sh(script), sh("exit 1")]).steps
    assert first.outcome is Outcome.PROCESSES
    assert second.outcome is Outcome.FAILED


def test_too_much_memory_is_the_reason_of_a_failure(tag: str) -> None:
    hungry = Command("run", ("tail", "/dev/zero"), b"", 20)
    first, second = run_contained(tag, [hungry, sh("kill -9 $$")]).steps
    assert (first.outcome, first.signal) == (Outcome.MEMORY, "SIGKILL")
    assert first.memory > 32 << 20
    assert second.outcome is Outcome.FAILED


def test_memory_is_the_reason_too_where_a_child_was_taken(tag: str) -> None:
    step = run_contained(tag, [sh("tail /dev/zero; exit 7")]).step
    assert (step.outcome, step.exit_code) == (Outcome.MEMORY, 7)


def test_a_program_that_went_well_in_spite_of_a_limit_went_well(tag: str) -> None:
    step = run_contained(tag, [sh("tail /dev/zero; exit 0")]).step
    assert (step.outcome, step.exit_code) == (Outcome.OK, 0)


def test_a_program_cannot_have_the_warden_taken_for_it(tag: str) -> None:
    script = "echo 0 > /proc/self/oom_score_adj; exec tail /dev/zero"
    first, second = run_contained(tag, [sh(script), sh("echo still here")]).steps
    assert first.outcome is Outcome.MEMORY
    assert second.stdout == b"still here\n"


@pytest.mark.parametrize("folder", ["/work", "/tmp"])
def test_a_full_disk_is_the_reason_of_a_failure(tag: str, folder: str) -> None:
    wide = replace(BOUNDS, file_size=1 << 30)
    reported = run_contained(tag, [sh(f"cat /dev/zero > {folder}/big")], wide)
    assert reported.step.outcome is Outcome.DISK
    assert b"No space left" in reported.step.stderr
    assert reported.finished


def test_no_more_files_are_the_reason_of_a_failure(tag: str) -> None:
    reported = run_contained(tag, [sh("cd /tmp; i=0; while : > f$i; do i=$((i+1)); done")])
    assert reported.step.outcome is Outcome.DISK


def test_a_million_files_are_walked_only_so_far(tag: str) -> None:
    make = 'mkdir("d") and chdir("d"); open(F, ">", sprintf("%05d", $_)) or die $! for 1..15000'
    script = f"perl -e '{make}'"
    reported = run_contained(tag, [sh(script)])
    assert reported.finished
    assert len(reported.files) == BOUNDS.files
    assert reported.left["*"] == "more was left out than is listed"


def test_files_that_cannot_be_read_are_left_out(tag: str) -> None:
    reported = run_contained(tag, [sh("mkdir d; chmod 0 d; echo > f; chmod 0 f; echo > g")])
    assert reported.files == {"g": b"\n"}
    assert reported.left == dict.fromkeys("df", "not readable")


def test_process_1_is_out_of_reach(tag: str) -> None:
    reported = run_contained(tag, [Command("run", ("intruder",), b"", 20), ALIVE])
    tries = dict(line.rsplit(": ", 1) for line in reported.steps[0].stdout.decode().splitlines())
    assert tries == {
        "attach": "EPERM",
        "seize": "EPERM",
        "read memory": "EPERM",
        "write memory": "EPERM",
        "take a file": "EPERM",
        "/proc/1/fd/0": "EACCES",
        "/proc/1/fd/1": "EACCES",
        "/proc/1/mem": "EACCES",
        "/proc/1/environ": "EACCES",
        "/proc/1/oom_score_adj": "EACCES",
        "make a device": "EPERM",
    }
    assert [s.outcome for s in reported.steps] == [Outcome.OK, Outcome.OK]
    assert reported.finished


def test_a_stray_cannot_get_at_the_next_step(tag: str) -> None:
    stray = (
        "(setsid sh -c 'while :; do for p in /proc/[0-9]*; do echo forged > $p/fd/1; done; done' &)"
    )
    first, second = run_contained(
        tag, [sh(f"{stray} 2>/dev/null"), sh("sleep 0.3; echo own")]
    ).steps
    assert first.outcome is Outcome.OK
    assert second.stdout == b"own\n"


def test_a_flood_of_signals_does_not_stop_the_clock(tag: str) -> None:
    step = run_contained(tag, [sh("while :; do kill -CHLD 1; done", seconds=0.5)]).step
    assert step.outcome is Outcome.TIME


def test_the_work_of_orphans_is_counted(tag: str) -> None:
    script = "(setsid sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; : > done' &); "
    step = run_contained(tag, [sh(script + "until [ -e done ]; do sleep 0.05; done")]).step
    alone = run_contained(tag, [sh("sleep 0.05")]).step
    assert step.cpu_seconds > 5 * alone.cpu_seconds
