"""What a program did, in words for the model that wrote it."""

from __future__ import annotations

from polyarena import Execution, ExecutionStep
from polyarena.answers import quoted

OUTPUT_SHOWN = 2000
TESTS_SHOWN = 3
_ENDED = {
    "ok": "it ended well",
    "failed": "it failed",
    "time": "it was ended because it took too long",
    "memory": "it was ended because it used too much memory",
    "output": "it was ended because it printed too much",
    "processes": "it was ended because it started too many processes",
    "disk": "it was ended because it wrote too much",
}


def report_of(execution: Execution) -> str:
    """A report on a run, with the end of what it printed and the first tests that failed."""
    tests = [step for step in execution.steps if step.passed is not None]
    failed = [step for step in tests if not step.passed]
    lines = ["(Your program was run.)"]
    for step in execution.steps:
        if step.passed is None:
            lines.append(_step(step))
    if counted := [step for step in tests if step.expected is not None]:
        passed = sum(step.passed is True for step in counted)
        lines.append(f"{passed} of {len(counted)} tests passed.")
    lines += [_test(step) for step in failed[:TESTS_SHOWN]]
    if execution.files:
        names = ", ".join(each.filename for each in execution.files)
        lines.append(f"It wrote: {names}.")
    return "\n\n".join(lines)


def _step(step: ExecutionStep) -> str:
    what = "Compiling" if step.name == "compile" else "Running"
    ended = _ENDED.get(step.outcome, step.outcome)
    code = f", exit code {step.exit_code}" if step.exit_code else ""
    return "\n".join(
        [
            f"{what}: {ended}{code}.",
            *_printed("output", step.stdout),
            *_printed("errors", step.stderr),
        ]
    )


def _test(step: ExecutionStep) -> str:
    ended = _ENDED.get(step.outcome, step.outcome)
    return "\n".join(
        [
            f"Failed: {step.name}; {ended}.",
            *_printed("input", step.stdin),
            *_printed("wanted", step.expected or ""),
            *_printed("output", step.stdout),
            *_printed("errors", step.stderr),
        ]
    )


def _printed(what: str, text: str) -> list[str]:
    shown = text.rstrip()
    if not shown:
        return []
    cut = "…" if len(shown) > OUTPUT_SHOWN else ""
    return [f"{what}:", quoted(cut + shown[-OUTPUT_SHOWN:])]
