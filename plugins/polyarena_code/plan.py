"""What is run for a task: the files and the steps, and what each step is to print."""

from __future__ import annotations

from dataclasses import dataclass

from polyarena.sandbox import Job, Language, SourceFile, Step

from .examples import Example
from .program import Program
from .task import Task

PYTEST = "pytest"
TEST_FILE = "test_of_program.py"
SECONDS = 10.0
SECONDS_TOGETHER = 60.0


@dataclass(frozen=True, slots=True)
class Plan:
    """A job, and by the name of a step the example that it tries."""

    job: Job
    examples: dict[str, Example]
    stdin: str = ""

    def given(self, step: str) -> str:
        """The standard input of a step."""
        if example := self.examples.get(step):
            return example.input
        return self.stdin if step == "run" else ""


def plan_of(
    program: Program, task: Task, language: Language, uploads: tuple[SourceFile, ...]
) -> Plan:
    """What to run: the program once, unless there are tests and no input; then every test."""
    tests = task.tests
    pytest = tests.pytest if program.language == "python" else ""
    examples = {f"test {n}": example for n, example in enumerate(tests.examples, 1)}
    steps = [Step(stdin=_lines(task.stdin))] if task.stdin or not (pytest or examples) else []
    steps += [Step(name, _lines(example.input)) for name, example in examples.items()]
    if pytest:
        program = program.importable(tests.module)
        command = ("python", "-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider")
        steps.append(Step(PYTEST, command=(*command, TEST_FILE)))
    files = {upload.name: upload for upload in uploads}
    files |= {each.name: SourceFile(each.name, _lines(each.text)) for each in program.files}
    if pytest:
        files[TEST_FILE] = SourceFile(TEST_FILE, _bytes(pytest))
    seconds = min(SECONDS, SECONDS_TOGETHER / len(steps))
    job = Job(language.id, tuple(files.values()), program.main.name, tuple(steps), seconds)
    return Plan(job, examples, task.stdin)


def _lines(text: str) -> bytes:
    return _bytes(text if not text or text.endswith("\n") else text + "\n")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
