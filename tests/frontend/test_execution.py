"""What a program did, as HTML."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from html_safety import assert_harmless
from polyarena.content import Execution, ExecutionStep, File, Image
from polyarena_frontend.ansi import ansi_html
from polyarena_frontend.parts import render_blocks


def step(name: str = "run", **given: Any) -> ExecutionStep:
    return ExecutionStep(
        **{"name": name, "outcome": "ok", "exit_code": 0, "seconds": 0.12, "cpu_seconds": 0.1}
        | {"memory": 43_000_000}
        | given
    )


def shown(*steps: ExecutionStep, **given: Any) -> str:
    (block,) = render_blocks(
        Execution(**{"language": "python", "outcome": "ok", "steps": steps} | given)
    )
    return str(block)


def test_a_run_shows_its_output_and_what_it_took() -> None:
    html = shown(step(stdout="hello <b>\n"), environment="image:1234")
    assert "hello &lt;b&gt;" in html
    for word in ("120 ms", "100 ms", "43 MB", "Exit code", "image:1234", "Ran"):
        assert word in html


def test_colours_become_classes_and_other_codes_vanish() -> None:
    html = ansi_html("\x1b[1;31merror\x1b[0m \x1b[38;5;196mred\x1b[0m \x1b]0;title\x07\x1b[2Jok")
    assert '<span class="ansi-bold ansi-fg-1">error</span>' in html
    assert '<span class="ansi-fg-1">red</span>' in html
    assert "\x1b" not in html
    assert "title" not in html
    assert html.endswith("ok")


@given(st.text(alphabet=st.sampled_from("a<&\"'\x1b[0;31m]8\x07\r\n\x9b\u202e"), max_size=60))
def test_no_output_can_break_out(text: str) -> None:
    html = shown(step(stdout=text, stderr=text))
    assert_harmless(html)
    assert "\x1b" not in html
    assert "\u202e" not in html


def test_tests_are_a_table_of_what_was_wanted_and_what_came() -> None:
    good = step("test 1", stdin="1\n", expected="2", stdout="2\n", passed=True)
    bad = step("test 2", stdin="5\n", expected="<6>", stdout="7\n", passed=False)
    html = shown(step(stdout="out"), good, bad)
    assert "1 of 2 tests passed" in html
    assert "&lt;6&gt;" in html
    assert html.count("Passed") == 1
    assert html.count("Failed") == 1


@pytest.mark.parametrize("outcome", ["time", "memory", "output", "processes", "disk"])
def test_a_limit_is_named(outcome: str) -> None:
    html = shown(step(outcome=outcome, exit_code=None, signal="SIGKILL"), outcome=outcome)
    assert 'data-outcome="limit"' in html
    assert "SIGKILL" in html


def test_a_silent_compiler_is_not_shown_and_a_failed_one_is() -> None:
    quiet = shown(step("compile", seconds=1.5), step(stdout="hi"))
    assert "Compiler" not in quiet
    assert "1.50 s" in quiet
    failed = step("compile", outcome="failed", exit_code=1, stderr="main.c:1: error")
    assert "Compiler" in shown(failed, outcome="failed")


def test_pictures_are_shown_and_files_are_to_be_saved() -> None:
    picture = Image(
        artifact="a" * 64, media_type="image/png", width=4, height=3, filename="out/plot.png"
    )
    file = File(artifact="b" * 64, filename="<x>.csv", size=1234)
    html = shown(step(), files=(picture, file), omitted=("big.bin (9 MB) was too large.",))
    assert f'src="/artifacts/{"a" * 64}/plot.png"' in html
    assert f'href="/artifacts/{"b" * 64}/%3Cx%3E.csv" download' in html
    assert "1.23 kB" in html
    assert "big.bin" in html


def test_cut_output_says_so() -> None:
    assert "cut here" in shown(step(stdout="x", stdout_cut=True))
    assert "cut here" in shown(step(stderr="x" * 30_000))
