"""A command that the warden starts ahead of the job: there for every step, gone at the end."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.warden import compiled, image, run_contained, run_here, sh
from polyarena.sandbox import Outcome
from polyarena_sandbox.protocol import Command

pytestmark = pytest.mark.docker

SERVICE = (
    *("sh", "-c"),
    "mkfifo /tmp/asked /tmp/said; while :; do read -r word < /tmp/asked; "
    'echo "heard $word" > /tmp/said; done',
)
"""Answers one word at a time."""
ASK = "until [ -p /tmp/said ]; do sleep 0.02; done; echo {} > /tmp/asked; cat /tmp/said"
STARTED = sh("until [ -e /tmp/started ]; do sleep 0.02; done", name="started")
SLEEPERS = ("sh", "-c", "(setsid sleep 3600 &); : > /tmp/started; exec sleep 3600")
COUNT = sh("set -- /proc/[0-9]*; echo $#", name="count")
"""Counts itself and the warden."""


def await_end(pid: str) -> None:
    end = time.monotonic() + 20
    status = Path("/proc", pid, "status")
    while status.exists() and "State:\tZ" not in status.read_text():
        assert time.monotonic() < end, f"process {pid} lives on"
        time.sleep(0.01)


@pytest.fixture(scope="module")
def tag(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with image(compiled(tmp_path_factory.mktemp("warden"))) as built:
        yield built


def test_every_step_finds_it(tag: str) -> None:
    commands = [sh(ASK.format(word)) for word in ("one", "two", "three")]
    reported = run_contained(tag, commands, before=SERVICE)
    assert [step.stdout for step in reported.steps] == [
        b"heard one\n",
        b"heard two\n",
        b"heard three\n",
    ]
    assert reported.finished


LISTENER = """
use IO::Socket::UNIX;
my $server = IO::Socket::UNIX->new(Type => SOCK_STREAM, Local => "/tmp/worker", Listen => 1);
while (my $client = $server->accept) {
    local $/;
    my $words = join "|", split /\\0/, <$client>, -1;
    print $client %s;
    close $client;
}
"""


def asking(answer: str, *words: str) -> tuple[Command, tuple[str, ...]]:
    """A step that puts words to a service, which answers with a Perl expression."""
    ask = Command("ask", ("warden", "--ask", "/tmp/worker", *words), b"", 20)
    return ask, ("perl", "-e", LISTENER % answer)


@pytest.mark.parametrize("code", [0, 1, 70])
def test_what_a_service_is_asked_and_answers_is_the_steps(tag: str, code: int) -> None:
    ask, before = asking(f'chr({code}) . "heard $words"', "one", "", "two words")
    step = run_contained(tag, [ask], before=before).step
    assert (step.exit_code, step.stdout, step.stderr) == (code, b"heard one||two words", b"")


def test_a_service_that_ends_without_an_answer_is_told(tag: str) -> None:
    ask, before = asking('""', "word")
    step = run_contained(tag, [ask], before=before).step
    assert (step.exit_code, step.stdout) == (70, b"")
    assert step.stderr == b"the service ended without an answer\n"


def test_an_answer_of_any_length_comes_whole(tag: str) -> None:
    ask, before = asking('chr(0) . "x" x 90000', "word")
    assert run_contained(tag, [ask], before=before).step.stdout == b"x" * 90_000


def test_it_finds_no_job_of_ours_and_says_nothing_to_us(tag: str) -> None:
    noisy = ("sh", "-c", "echo out; echo err >&2; cat; exec sleep 3600")
    reported = run_contained(tag, [sh("echo fine")], before=noisy)
    assert (reported.step.stdout, reported.trouble, reported.finished) == (b"fine\n", "", True)


@pytest.mark.parametrize(
    "script",
    [
        "sleep 3600 & echo started",
        "(setsid sleep 3600 &); echo started",
        "(setsid sh -c 'setsid sleep 3600 >/dev/null 2>&1 & sleep 3600' &); echo started",
        "sleep 3600 & kill -STOP $!; echo started",
    ],
)
def test_nothing_of_a_step_outlives_it_beside_the_command(tag: str, script: str) -> None:
    commands = [STARTED, COUNT, sh(script), COUNT]
    _, first, second, third = run_contained(tag, commands, before=SLEEPERS).steps
    assert second.stdout == b"started\n"
    assert first.stdout == third.stdout == b"5\n"


def test_a_fork_bomb_ends_and_the_command_lives_on(tag: str) -> None:
    bomb = sh("b() { b | b & b; }; b", seconds=1)
    ask = sh(ASK.format("it"))
    reported = run_contained(tag, [ask, bomb, ask], before=SERVICE)
    assert [step.stdout for step in reported.steps] == [b"heard it\n", b"", b"heard it\n"]
    assert reported.steps[1].outcome in {Outcome.TIME, Outcome.PROCESSES}


def test_its_work_is_not_counted_as_the_steps(tag: str) -> None:
    busy = ("sh", "-c", "(while :; do sh -c :; done &); while :; do sh -c :; done")
    step = run_contained(tag, [sh("sleep 1")], before=busy).step
    assert (step.outcome, step.cpu_seconds < 0.1) == (Outcome.OK, True)


@pytest.mark.parametrize("before", [("no-such-program",), ("true",), ("sh", "-c", "kill $$")])
def test_a_job_is_done_though_the_command_is_over(tag: str, before: tuple[str, ...]) -> None:
    first, second = run_contained(tag, [sh("sleep 0.2; sleep 3600 &"), COUNT], before=before).steps
    assert first.outcome is Outcome.OK
    assert second.stdout == b"2\n"


def test_a_step_may_kill_it_and_nothing_is_left_of_either(tag: str) -> None:
    commands = [STARTED, sh("kill -9 -1; true"), COUNT]
    assert run_contained(tag, commands, before=SLEEPERS).steps[-1].stdout == b"2\n"


def test_files_that_it_made_come_back(tag: str) -> None:
    before = ("sh", "-c", "while :; do echo made > /work/made; sleep 0.02; done")
    reported = run_contained(tag, [sh("until [ -s made ]; do sleep 0.02; done")], before=before)
    assert reported.files == {"made": b"made\n"}


def test_process_1_is_out_of_its_reach_too(tag: str) -> None:
    script = "for f in fd/1 mem environ; do : < /proc/$1/$f; done 2>/dev/null && echo reached"
    before = ("sh", "-c", f"({script.replace('$1', '1')}) > /work/tried; exec sleep 3600")
    reported = run_contained(tag, [sh("until [ -e tried ]; do sleep 0.02; done")], before=before)
    assert reported.files["tried"] == b""


def test_as_a_child_the_warden_ends_it_with_the_job(warden: Path, tmp_path: Path) -> None:
    before = ("sh", "-c", f"echo $$ > {tmp_path}/pid; exec sleep 3600")
    script = "until [ -s pid ]; do sleep 0.02; done; cat pid"
    step = run_here(warden, tmp_path, [sh(script), sh("true")], before=before).steps[0]
    await_end(step.stdout.decode().strip())


def test_it_ends_where_no_job_comes(warden: Path, tmp_path: Path) -> None:
    before = ("sh", "-c", f"echo $$ > {tmp_path}/pid; exec sleep 3600")
    started = subprocess.Popen([warden, tmp_path, "--before", *before], stdin=subprocess.PIPE)
    pid = tmp_path / "pid"
    while not (pid.exists() and pid.read_text().endswith("\n")):
        assert started.poll() is None
    started.communicate(b"", timeout=20)
    await_end(pid.read_text().strip())
