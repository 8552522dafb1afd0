"""What a program did, as HTML: each step's output, tests, files, and a line of resources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from polyarena.content import Execution, ExecutionStep, File, Image

from .ansi import ansi_html
from .artifacts import artifact_url, readable_size
from .messages import catalogue
from .pages import render

SHOWN = 20_000
SHOWN_IN_A_CELL = 500
LIMITS = frozenset({"time", "memory", "output", "processes", "disk"})


def render_execution(part: Execution) -> tuple[Markup, ...]:
    """The one block of an execution."""
    words = catalogue().text
    plain = [step for step in part.steps if step.passed is None or step.expected is None]
    shown = [step for step in plain if step.name != "compile" or _says_something(step)]
    tests = [step for step in part.steps if step.passed is not None and step.expected is not None]
    html = render(
        "_execution.html",
        part=part,
        kind="limit" if part.outcome in LIMITS else part.outcome,
        state=words(f"run.outcome.{part.outcome}"),
        steps=shown,
        titled=len(shown) > 1,
        tests=tests,
        passed=sum(step.passed is True for step in tests),
        pictures=[file for file in part.files if isinstance(file, Image)],
        files=[file for file in part.files if isinstance(file, File)],
        figures=figures(part.steps),
        output=output,
        cell=cell,
        url=artifact_url,
        size=readable_size,
    )
    return (Markup(html),)  # noqa: S704


def output(text: str) -> Markup:
    """Output as a terminal shows it, cut for the page."""
    return ansi_html(text[:SHOWN])


def cell(text: str) -> str:
    """Output in a table's cell, cut."""
    text = text.rstrip("\n")
    return text if len(text) <= SHOWN_IN_A_CELL else text[:SHOWN_IN_A_CELL] + "…"


def figures(steps: Sequence[ExecutionStep]) -> list[tuple[str, str]]:
    """Names and values of the resource line: what the program itself took, all its starts."""
    own = [step for step in steps if step.name != "compile"] or list(steps)
    if not own:
        return []
    words = catalogue().text
    found = [
        (words("run.time"), _seconds(_sum(step.seconds for step in own))),
        (words("run.cpu"), _seconds(_sum(step.cpu_seconds for step in own))),
        (words("run.memory"), readable_size(max(step.memory for step in own))),
    ]
    built = [step for step in steps if step.name == "compile" and step not in own]
    if built:
        found.insert(0, (words("run.compile_time"), _seconds(built[0].seconds)))
    ended = own[0]
    if ended.signal:
        found.append((words("run.signal"), ended.signal))
    elif ended.exit_code is not None:
        found.append((words("run.exit_code"), str(ended.exit_code)))
    return found


def _sum(values: Iterable[float]) -> float:
    return float(sum(values))


def _seconds(value: float) -> str:
    return f"{value * 1000:.0f} ms" if value < 1 else f"{value:.2f} s"


def _says_something(step: ExecutionStep) -> bool:
    return step.outcome != "ok" or bool(step.stdout.strip() or step.stderr.strip())
