"""What was found out about both programs of a battle, for its record and the leaderboard."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from polyarena import Execution, ExecutionStep, FinishedBattle, Message, Scalar

from .parts import execution_in
from .plan import PYTEST
from .task import Task, task_of

NAMES = (
    "ran",
    "passed",
    "tests",
    "tests_passed",
    "outcome",
    "seconds",
    "cpu_seconds",
    "memory",
    "exit_code",
    "language",
    "environment",
)
_PYTEST_RAN = (0, 1)
_COUNTED = re.compile(r"\b(\d{1,5}) passed\b")


def evidence(battle: FinishedBattle) -> Mapping[str, tuple[Scalar, Scalar]]:
    """Per side, of the last turn in which a program was due.

    `ran` whether it started and ended by itself without a fault; `passed` whether every test
    did, None where there are none; `seconds`, `cpu_seconds` of all steps but the compiler's and
    `memory` in bytes, None where it did not run; `exit_code` of the step that decided `outcome`.
    A side without a program did not run, unless neither side has one and nothing that only a
    program can use was given: then nothing is known of either.
    """
    left, right = _last_due(battle)
    return {name: (left.get(name), right.get(name)) for name in NAMES}


def executions_of(battle: FinishedBattle) -> tuple[Execution | None, Execution | None]:
    """What both programs of the last turn that has one did."""
    for left, right in reversed(battle.answers):
        one, two = execution_in(left.parts), execution_in(right.parts)
        if one or two:
            return one, two
    return None, None


def tests_passed(execution: Execution | None) -> bool:
    """Whether a program passed all its tests, of which there was one at least."""
    verdicts = [step.passed for step in execution.steps] if execution else []
    wanted = [verdict for verdict in verdicts if verdict is not None]
    return bool(wanted) and all(wanted)


def _last_due(battle: FinishedBattle) -> tuple[dict[str, Scalar], dict[str, Scalar]]:
    for number in range(len(battle.answers) - 1, -1, -1):
        task = _task(battle, number)
        executions = [execution_in(answer.parts) for answer in battle.answers[number]]
        if any(executions) or (task.wants_program and number == len(battle.answers) - 1):
            left, right = (_found(execution, task) for execution in executions)
            return left, right
    return {}, {}


def _task(battle: FinishedBattle, number: int) -> Task:
    before = [Message(role="user", parts=prompt.parts) for prompt in battle.prompts[:number]]
    return task_of(before, battle.prompts[number].parts)


def _found(execution: Execution | None, task: Task) -> dict[str, Scalar]:
    tests: dict[str, Scalar] = {"tests": task.tests.count}
    if task.tests:
        passed = sum(map(_passed, execution.steps)) if execution else 0
        tests |= {"passed": tests_passed(execution), "tests_passed": min(task.tests.count, passed)}
    if execution is None:
        return {"ran": False, **tests}
    steps = [step for step in execution.steps if step.name != "compile"]
    ran = bool(steps) and all(map(_ran, steps))
    deciding = [step for step in execution.steps if step.outcome != "ok"] or steps[-1:]
    found: dict[str, Scalar] = {
        "ran": ran,
        **tests,
        "outcome": execution.outcome,
        "language": execution.language,
        "environment": execution.environment,
        "exit_code": deciding[0].exit_code if deciding else None,
    }
    if ran:
        found |= _measured(steps)
    return found


def _measured(steps: Sequence[ExecutionStep]) -> dict[str, Scalar]:
    return {
        "seconds": sum(step.seconds for step in steps),
        "cpu_seconds": sum(step.cpu_seconds for step in steps),
        "memory": max(step.memory for step in steps),
    }


def _passed(step: ExecutionStep) -> int:
    """How many tests a step passed; pytest says it in its last line."""
    if step.name != PYTEST:
        return int(step.passed is True)
    found = _COUNTED.search(step.stdout[-300:])
    return int(found[1]) if found else 0


def _ran(step: ExecutionStep) -> bool:
    """Whether a step ended by itself; pytest does so when tests fail, too."""
    if step.name == PYTEST and step.exit_code in _PYTEST_RAN:
        return True
    return step.outcome == "ok"
