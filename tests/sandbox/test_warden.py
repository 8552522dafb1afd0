"""The warden as a child process: how steps end, what they get, what they may print."""

from __future__ import annotations

import os
import re
import signal
import struct
import subprocess
from pathlib import Path

import pytest

from kit.warden import BOUNDS, Reported, run_here, sh
from polyarena.sandbox import Outcome
from polyarena_sandbox.protocol import Bounds, Command, encode


def wide(output_bytes: int) -> Bounds:
    return Bounds(output_bytes, 5, 10_000, 20_000, 64, 50_000)


@pytest.mark.parametrize("code", [0, 1, 42, 255])
def test_an_exit_code_is_told(warden: Path, tmp_path: Path, code: int) -> None:
    step = run_here(warden, tmp_path, [sh(f"exit {code}")]).step
    assert (step.exit_code, step.signal) == (code, "")
    assert step.outcome is (Outcome.FAILED if code else Outcome.OK)


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGABRT, signal.SIGTERM, signal.SIGKILL])
def test_a_signal_that_ended_it_is_named(
    warden: Path, tmp_path: Path, number: signal.Signals
) -> None:
    step = run_here(warden, tmp_path, [sh(f"kill -{int(number)} $$")]).step
    assert (step.outcome, step.exit_code, step.signal) == (Outcome.FAILED, None, number.name)


def test_a_signal_without_a_name_is_numbered(warden: Path, tmp_path: Path) -> None:
    step = run_here(warden, tmp_path, [sh("kill -40 $$")]).step
    assert step.signal == "signal 40"


def test_a_program_that_is_not_there_fails_and_says_so(warden: Path, tmp_path: Path) -> None:
    step = run_here(warden, tmp_path, [Command("run", ("no-such-program",), b"", 10)]).step
    assert (step.outcome, step.exit_code) == (Outcome.FAILED, 127)
    assert step.stderr == b"no-such-program: No such file or directory\n"


def test_a_program_that_cannot_be_started_fails_and_says_so(warden: Path, tmp_path: Path) -> None:
    step = run_here(warden, tmp_path, [Command("run", ("/",), b"", 10)]).step
    assert (step.exit_code, step.stderr) == (126, b"/: Permission denied\n")


def test_output_and_errors_come_apart_and_whole(warden: Path, tmp_path: Path) -> None:
    step = run_here(warden, tmp_path, [sh(r"printf 'a\377\000b'; printf 'oh\n' >&2")]).step
    assert (step.stdout, step.stderr) == (b"a\xff\0b", b"oh\n")


def test_frames_that_a_program_prints_are_its_output(warden: Path, tmp_path: Path) -> None:
    forged = b"R" + struct.pack(">IBBBBQQQ", 28, 0, 0, 0, 0, 0, 0, 0) + b"D" + bytes(4)
    reported = run_here(warden, tmp_path, [Command("run", ("cat",), forged, 10), sh("exit 3")])
    assert reported.steps[0].stdout == forged
    assert reported.steps[1].exit_code == 3


def test_time_is_up_for_a_program_that_ignores_being_asked(warden: Path, tmp_path: Path) -> None:
    step = run_here(warden, tmp_path, [sh("trap '' TERM; while :; do :; done", seconds=0.3)]).step
    assert (step.outcome, step.exit_code, step.signal) == (Outcome.TIME, None, "SIGKILL")
    assert step.seconds >= 0.3
    assert step.cpu_seconds > 0


def test_what_was_printed_before_time_was_up_is_kept(warden: Path, tmp_path: Path) -> None:
    step = run_here(warden, tmp_path, [sh("echo so far; sleep 60", seconds=0.5)]).step
    assert (step.outcome, step.stdout) == (Outcome.TIME, b"so far\n")


def test_a_program_that_closes_its_output_still_runs_to_its_end(
    warden: Path, tmp_path: Path
) -> None:
    step = run_here(warden, tmp_path, [sh("exec >&- 2>&-; sleep 0.2; exit 4")]).step
    assert (step.exit_code, step.outcome) == (4, Outcome.FAILED)


def test_a_child_that_holds_the_output_open_is_not_waited_for(warden: Path, tmp_path: Path) -> None:
    step = run_here(warden, tmp_path, [sh("sleep 3600 & echo done")]).step
    assert (step.outcome, step.stdout) == (Outcome.OK, b"done\n")


@pytest.mark.parametrize(("size", "cut"), [(70_000, False), (70_001, True), (10**9, True)])
@pytest.mark.parametrize("stream", [1, 2])
def test_output_is_cut_at_its_bound(
    warden: Path, tmp_path: Path, size: int, cut: bool, stream: int
) -> None:
    script = f"head -c {size} /dev/zero >&{stream}"
    step = run_here(warden, tmp_path, [sh(script)], bounds=wide(70_000)).step
    assert len(step.stdout if stream == 1 else step.stderr) == 70_000
    assert (step.stdout_cut, step.stderr_cut) == (cut and stream == 1, cut and stream == 2)
    assert step.outcome is (Outcome.OUTPUT if cut else Outcome.OK)


def test_no_output_may_be_allowed(warden: Path, tmp_path: Path) -> None:
    step = run_here(warden, tmp_path, [sh("echo")], bounds=wide(0)).step
    assert (step.stdout, step.stdout_cut) == (b"", True)


def test_input_larger_than_any_pipe_comes_back(warden: Path, tmp_path: Path) -> None:
    stdin = os.urandom(3_000_000)
    job = [Command("run", ("cat",), stdin, 20)]
    assert run_here(warden, tmp_path, job, bounds=wide(4_000_000)).step.stdout == stdin


@pytest.mark.parametrize("script", ["exit 0", "exec <&-; sleep 0.1", "head -c 1 >&-; exit 0"])
def test_input_may_be_left_unread(warden: Path, tmp_path: Path, script: str) -> None:
    step = run_here(warden, tmp_path, [sh(script, stdin=bytes(3_000_000))]).step
    assert step.outcome is Outcome.OK


def test_input_is_not_counted_as_the_programs_memory(warden: Path, tmp_path: Path) -> None:
    step = run_here(warden, tmp_path, [Command("run", ("true",), bytes(15 << 20), 10)]).step
    assert 100_000 < step.memory < 10 << 20


def test_every_step_has_its_own_input(warden: Path, tmp_path: Path) -> None:
    commands = [sh("cat", stdin=b"one", name="a"), sh("cat", name="b"), sh("cat", stdin=b"3")]
    reported = run_here(warden, tmp_path, commands)
    assert [(s.name, s.stdout) for s in reported.steps] == [
        ("a", b"one"),
        ("b", b""),
        ("run", b"3"),
    ]


def test_after_a_compilation_that_failed_nothing_is_run(warden: Path, tmp_path: Path) -> None:
    commands = [sh("echo no >&2; exit 1", name="compile"), sh("echo ran")]
    reported = run_here(warden, tmp_path, commands)
    assert [s.name for s in reported.steps] == ["compile"]
    assert reported.finished


def test_after_any_other_failed_step_the_rest_is_run(warden: Path, tmp_path: Path) -> None:
    commands = [sh("true", name="compile"), sh("exit 1"), sh("sleep 60", seconds=0.2), sh("echo x")]
    outcomes = [s.outcome for s in run_here(warden, tmp_path, commands).steps]
    assert outcomes == [Outcome.OK, Outcome.FAILED, Outcome.TIME, Outcome.OK]


def test_the_environment_is_the_recipes_and_nothing_of_ours(
    warden: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET", "of the server")
    job = [Command("run", ("env",), b"", 10)]
    step = run_here(warden, tmp_path, job, environment={"LANG": "C", "EXTRA": "a=b"}).step
    assert sorted(step.stdout.decode().split()) == [
        "EXTRA=a=b",
        "HOME=/work",
        "LANG=C",
        "LOGNAME=sandbox",
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "TMPDIR=/tmp",
        "USER=sandbox",
    ]


def test_a_program_gets_three_files_and_its_own_session(warden: Path, tmp_path: Path) -> None:
    files = run_here(warden, tmp_path, [Command("run", ("ls", "/proc/self/fd"), b"", 10)])
    assert files.step.stdout.split() == [b"0", b"1", b"2", b"3"]
    session = run_here(
        warden,
        tmp_path,
        [
            sh(
                "read -r pid _ _ _ group sid _ < /proc/self/stat; "
                'test "$group" = "$pid" && test "$sid" = "$pid"'
            )
        ],
    )
    assert session.step.outcome is Outcome.OK


def test_a_program_has_limits_of_its_own(warden: Path, tmp_path: Path) -> None:
    script = "ulimit -n; ulimit -c; ulimit -s; cat /proc/self/oom_score_adj; pwd"
    step = run_here(warden, tmp_path, [sh(script)]).step
    assert step.stdout.decode().split() == ["64", "0", "65536", "1000", str(tmp_path)]


def test_a_file_too_large_ends_the_program_for_the_disk(warden: Path, tmp_path: Path) -> None:
    step = run_here(warden, tmp_path, [sh("exec head -c 60000 /dev/zero > big")]).step
    assert (step.outcome, step.signal) == (Outcome.DISK, "SIGXFSZ")
    assert (tmp_path / "big").stat().st_size == BOUNDS.file_size


def test_signals_are_as_a_program_expects_them(warden: Path, tmp_path: Path) -> None:
    script = "while read -r key value; do case $key in SigBlk:|SigIgn:) echo $value;; esac; done"
    step = run_here(warden, tmp_path, [sh(f"{script} < /proc/self/status")]).step
    blocked, ignored = (int(mask, 16) for mask in step.stdout.split())
    assert not blocked
    # What whoever runs the tests has ignored is handed down, other than SIGPIPE.
    (ours,) = re.findall(r"SigIgn:\s*(\w+)", Path("/proc/self/status").read_text())
    assert not ignored & (~int(ours, 16) | 1 << signal.SIGPIPE - 1)


@pytest.mark.parametrize("kept", [0, -5])
def test_when_the_server_goes_away_before_the_job_is_whole_the_warden_leaves(
    warden: Path, tmp_path: Path, kept: int
) -> None:
    job = encode((), [sh("echo")], BOUNDS, {})[:kept]
    done = subprocess.run([warden, tmp_path], input=job, capture_output=True, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize(
    "job",
    [
        b"G",
        b"?\0\0\0\0",
        b"B\xff\xff\xff\xff",
        b"B\0\0\0\x01x",
        b"C\0\0\0\x0e" + bytes(14),
        b"F\0\0\0\x09../evil\0",
        b"F\0\0\0\x09/x/evil\0\0",
        b"F\0\0\0\x04evil",
    ],
)
def test_a_malformed_job_is_refused(warden: Path, tmp_path: Path, job: bytes) -> None:
    work = tmp_path / "work"
    work.mkdir()
    done = subprocess.run([warden, work], input=job, capture_output=True, timeout=20)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"warden: ")
    assert list(tmp_path.iterdir()) == [work]
    assert not list(work.iterdir())


def test_a_whole_job_reports_its_end(warden: Path, tmp_path: Path) -> None:
    reported: Reported = run_here(warden, tmp_path, [])
    assert (reported.steps, reported.finished, reported.trouble) == ((), True, "")
