"""What the code arena finds out about a battle: evidence, categories, measures of style."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from kit.code_arena import answer_now, arena, battle, prompt
from polyarena import Part, Prompt, Scalar, Text
from polyarena.sandbox import Outcome, Result, StepResult
from polyarena.testing import job_result, step_result
from polyarena.testing.fake_sandbox import ENVIRONMENT

ONE = "It prints one.\n\n```python\n# one\nprint(1)\n```"
NONE: Sequence[Part] = (Text(text="I would rather not."),)
FAILED = step_result(stderr="no", outcome=Outcome.FAILED)


def ran(prepared: Result, asked: Prompt | None = None, said: str = ONE) -> Sequence[Part]:
    return answer_now(said, asked, prepared).parts


def evidence(
    asked: Prompt, left: Sequence[Part], right: Sequence[Part] = NONE
) -> dict[str, tuple[Scalar, Scalar]]:
    return dict(arena().evidence(battle((asked, left, right))))


def left(asked: Prompt, *steps: StepResult) -> dict[str, Scalar]:
    return {name: pair[0] for name, pair in evidence(asked, ran(job_result(*steps), asked)).items()}


def test_a_program_that_ran() -> None:
    assert left(prompt(), step_result(seconds=0.5)) == {
        "ran": True,
        "passed": None,
        "tests": 0,
        "tests_passed": None,
        "outcome": "ok",
        "seconds": 0.5,
        "cpu_seconds": 0.25,
        "memory": 10_000_000,
        "exit_code": 0,
        "language": "python",
        "environment": ENVIRONMENT,
    }


def test_a_program_that_failed_has_no_time() -> None:
    found = left(prompt(), FAILED)
    assert (found["ran"], found["outcome"], found["exit_code"]) == (False, "failed", 1)
    assert found["seconds"] is found["memory"] is None


def test_compiling_is_no_running() -> None:
    found = left(prompt(), step_result("compile", seconds=9), step_result(seconds=1))
    assert (found["ran"], found["seconds"]) == (True, 1)
    broken = left(prompt(), step_result("compile", outcome=Outcome.FAILED, exit_code=2))
    assert (broken["ran"], broken["exit_code"], broken["outcome"]) == (False, 2, "failed")


@pytest.mark.parametrize(
    ("printed", "passed", "count"), [(("1", "2"), True, 2), (("1", "3"), False, 1)]
)
def test_tests_are_counted(printed: tuple[str, str], passed: bool, count: int) -> None:
    asked = prompt(tests="1 -> 1\n2 -> 2")
    found = left(asked, *(step_result(f"test {n}", out) for n, out in enumerate(printed, 1)))
    assert (found["ran"], found["passed"]) == (True, passed)
    assert (found["tests"], found["tests_passed"]) == (2, count)


def test_a_program_that_was_not_compiled_passed_no_test() -> None:
    found = left(prompt(tests="1 -> 1"), step_result("compile", outcome=Outcome.FAILED))
    assert (found["passed"], found["tests"], found["tests_passed"]) == (False, 1, 0)


def test_tests_of_pytest_that_fail_ran_all_the_same() -> None:
    asked = prompt(tests="def test_x():\n    assert False\n\ndef test_y():\n    assert True\n")
    said = "1 failed, 1 passed in 0.1s"
    failed = left(asked, step_result("pytest", said, outcome=Outcome.FAILED, exit_code=1))
    assert (failed["ran"], failed["passed"]) == (True, False)
    assert (failed["tests"], failed["tests_passed"]) == (2, 1)
    broken = left(asked, step_result("pytest", "1 error", outcome=Outcome.FAILED, exit_code=2))
    assert (broken["ran"], broken["passed"], broken["tests_passed"]) == (False, False, 0)
    forged = left(asked, step_result("pytest", "99999 passed in 0.1s"))
    assert forged["tests_passed"] == 2


def test_a_side_without_a_program_did_not_run() -> None:
    found = evidence(prompt(), ran(job_result(step_result())))
    assert found["ran"] == (True, False)
    assert found["seconds"] == (0.25, None)
    assert evidence(prompt(tests="1 -> 1"), NONE)["passed"] == (False, False)


def test_where_no_program_was_due_nothing_is_known() -> None:
    assert set(evidence(prompt("What is a closure?"), NONE).values()) == {(None, None)}


def test_the_last_turn_with_a_program_counts() -> None:
    good, bad = ran(job_result(step_result())), ran(job_result(FAILED))
    turns = ((prompt(), bad, bad), (prompt("Fix it."), good, bad), (prompt("Thanks!"), NONE, NONE))
    assert arena().evidence(battle(*turns))["ran"] == (True, False)


def test_a_run_of_the_voters_own_is_no_evidence() -> None:
    *parts, execution = ran(job_result(step_result()))
    own = execution.model_copy(update={"own": True})
    assert evidence(prompt(), [*parts, own], ran(job_result(step_result())))["ran"] == (False, True)


def categories(asked: Prompt, one: Sequence[Part] = NONE, two: Sequence[Part] = NONE) -> set[str]:
    return set(arena().categories(battle((asked, one, two))))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Find the shortest path with Dijkstra", "algorithm"),
        ("Sort a linked list", "algorithm"),
        ("Plot a histogram of this CSV", "data-plots"),
        ("Write a shell script that renames files", "scripting"),
        ("Fix the bug:\n\ndef f(): return 1 +", "debugging"),
        ("Say hello", ""),
    ],
)
def test_the_kind_of_a_task(words: str, kind: str) -> None:
    kinds = {"algorithm", "data-plots", "scripting", "debugging"}
    assert categories(prompt(words)) & kinds == {kind} - {""}


def test_the_language_is_what_was_asked_for_or_what_both_wrote() -> None:
    python, rust = (
        ran(job_result(step_result())),
        ran(job_result(step_result()), said="```rust\nfn main() {}\n```"),
    )
    assert categories(prompt(language="cpp")) == {"cpp"}
    assert categories(prompt(), python, python) == {"python"}
    assert categories(prompt(), python, rust) == set()
    assert categories(prompt("In Rust, please"), python, rust) == {"rust"}


def test_tests_and_whether_both_passed() -> None:
    asked = prompt(tests="1 -> 1")
    good = ran(job_result(step_result("test 1", "1")), asked)
    bad = ran(job_result(step_result("test 1", "2")), asked)
    assert "has-tests" in categories(asked, bad, bad)
    assert "both-passed" in categories(asked, good, good)
    assert "both-passed" not in categories(asked, good, bad)
    assert "both-passed" not in categories(asked, good, NONE)
    assert not {"has-tests", "both-passed"} & categories(prompt(), good, bad)


def test_measures_of_style() -> None:
    two = "**a.py**\n```python\nx = 1\n```\n**main.py**\n```python\n# one\n# two\nimport a\n```"
    parts = ran(job_result(step_result()), said=two)
    found = arena().features(battle((prompt(), ran(job_result(step_result())), parts)))
    assert found["comments"] == (0.5, 0.5)
    assert found["files"] == (1.0, 2.0)
    assert found["length"][0] == 7.0
    assert arena().features(battle((prompt(), NONE, NONE)))["files"] == (0.0, 0.0)


def test_what_the_arena_says_is_not_the_models_length() -> None:
    parts = answer_now("I will not.").parts
    assert len(parts) == 2
    assert arena().features(battle((prompt(), parts, NONE)))["length"] == (3.0, 4.0)


def test_a_battle_without_turns_has_nothing() -> None:
    empty = battle()
    assert set(arena().features(empty).values()) == {(0.0, 0.0)}
    assert arena().categories(empty) == frozenset()
    assert set(arena().evidence(empty).values()) == {(None, None)}


def test_the_columns_are_evidence_and_the_categories_are_known() -> None:
    manifest = arena().manifest
    assert {column.id for column in manifest.columns} <= arena().evidence(battle()).keys()
    assert [column.aggregate for column in manifest.columns] == ["share", "share", "median"]
    assert len(manifest.starters) >= 6
    for starter in manifest.starters:
        asked = prompt(starter.prompt, **starter.inputs)
        assert arena().validate(asked) is None
        assert categories(asked)
