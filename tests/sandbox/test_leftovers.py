"""Whose containers are left behind; their removal is tested with the sandbox's."""

from __future__ import annotations

import os
import subprocess
import sys

from polyarena_sandbox.leftovers import STRANGERS_SECONDS, is_left, mark


def _mark_of_another() -> str:
    source = f"import sys; sys.path[:0] = {sys.path!r}\n"
    source += "from polyarena_sandbox.leftovers import mark; print(mark())"
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_those_of_a_process_that_runs_are_not() -> None:
    assert mark().split(":")[1] == str(os.getpid())
    assert not is_left(mark(), 0)
    assert not is_left(mark(), 10 * STRANGERS_SECONDS)


def test_those_of_a_process_that_ended_are() -> None:
    assert is_left(_mark_of_another(), 0)


def test_a_process_that_got_the_number_of_another_is_told_from_it() -> None:
    host, process, started = mark().split(":")
    assert is_left(f"{host}:{process}:{int(started) - 1}", 0)


def test_those_of_another_machine_are_only_when_none_lives_so_long() -> None:
    for value in ("another/4026531836:1:2", "", "nonsense", f"{mark().split(':')[0]}:x:1"):
        assert not is_left(value, 3600)
        assert is_left(value, STRANGERS_SECONDS + 1)
