"""Running an answer's program again as a voter changed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from polyarena import Action, ActionForm, BadRequest, Part, PromptField, Turn

from .parts import program_in
from .program import Program, SourceText
from .task import Task, task_of

RUN = "run"
CODE_LIMIT = 100_000
STDIN_LIMIT = 100_000


def forms_of(turn: Turn, parts: Sequence[Part]) -> tuple[ActionForm, ...]:
    """The form that runs an answer's program again; none where it has no program."""
    program = program_in(parts)
    if program is None:
        return ()
    stdin = PromptField("stdin", "Standard input", "text", limit=STDIN_LIMIT)
    files = [
        PromptField(field, each.name, "code", limit=CODE_LIMIT)
        for field, each in _fields(program).items()
    ]
    texts = {field: each.text for field, each in _fields(program).items()}
    return (
        ActionForm(
            RUN,
            "Run again",
            "Run",
            (stdin, *files),
            {"stdin": task_of(turn.history, turn.prompt.parts).stdin, **texts},
            "Change the input or the code. The first result stays as it is.",
        ),
    )


def program_of(action: Action) -> tuple[Program, Task]:
    """What an action asks to be run.

    `values` may hold `code`, the text of the main file, `code-2` and so on, those of the others;
    `stdin`, in place of the prompt's; and `main`, the name of another file to start. What is left
    out is as the answer has it. The tests and the uploads of the prompt stay.

    Raises:
        BadRequest: there is no program or no such file, or it is too large.
    """
    program = program_in(action.parts)
    if program is None:
        raise BadRequest("There is no program in this answer to run again.")
    program = _changed(program, action.values)
    length = sum(len(each.text) for each in program.files)
    if length > CODE_LIMIT:
        raise BadRequest(f"The code has {length:,} characters; at most {CODE_LIMIT:,} are run.")
    task = task_of(action.turn.history, action.turn.prompt.parts)
    stdin = action.values.get("stdin", task.stdin)
    if len(stdin) > STDIN_LIMIT:
        raise BadRequest(
            f"The input has {len(stdin):,} characters; at most {STDIN_LIMIT:,} are given."
        )
    return program, replace(task, stdin=_lines(stdin))


def _fields(program: Program) -> dict[str, SourceText]:
    return {
        "code" if number == 1 else f"code-{number}": each
        for number, each in enumerate(program.files, 1)
    }


def _changed(program: Program, values: Mapping[str, str]) -> Program:
    files = tuple(
        replace(each, text=_lines(values.get(field, each.text)))
        for field, each in _fields(program).items()
    )
    program = replace(program, files=files)
    if not (name := values.get("main")):
        return program
    try:
        return program.with_main(name)
    except KeyError:
        known = ", ".join(each.name for each in program.files)
        raise BadRequest(f"There is no file {name[:80]!r}; there are {known}.") from None


def _lines(text: str) -> str:
    """A text as a form sends it, with line feeds alone."""
    return text.replace("\r\n", "\n")
