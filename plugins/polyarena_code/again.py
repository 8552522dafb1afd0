"""Running an answer's program again as a voter changed it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

from polyarena import Action, BadRequest

from .examples import BadTests
from .extraction import FILES_TAKEN
from .languages import LANGUAGES
from .naming import safe_name
from .parts import program_in
from .program import Program, SourceText
from .task import Task, read_task

CODE_LIMIT = 100_000
STDIN_LIMIT = 100_000


def program_of(action: Action) -> tuple[Program, Task]:
    """What an action asks to be run.

    `values` may hold `main`, the name of the file to start; `code`, its text; `files`, a JSON
    object of all texts by name, in place of the answer's; `language`; and `stdin`, in place of
    the prompt's. The tests and the uploads of the prompt stay.

    Raises:
        BadRequest: there is no program, no such file or language, or it is too large.
    """
    values = action.values
    language = values.get("language", "")
    if language and language not in LANGUAGES:
        raise BadRequest(f"{language!r} is no language here; there are {', '.join(LANGUAGES)}.")
    answered = program_in(action.parts)
    if files := _files(values):
        program = Program.of(language or (answered.language if answered else "python"), files)
    elif answered:
        program = replace(answered, language=language or answered.language)
    else:
        raise BadRequest("There is no program in this answer to run again.")
    program = _changed(program, values)
    length = sum(len(each.text) for each in program.files)
    if length > CODE_LIMIT:
        raise BadRequest(f"The code has {length:,} characters; at most {CODE_LIMIT:,} are run.")
    return program, _task(action)


def _changed(program: Program, values: Mapping[str, str]) -> Program:
    if name := values.get("main"):
        try:
            program = program.with_main(name)
        except KeyError:
            known = ", ".join(each.name for each in program.files)
            raise BadRequest(f"There is no file {name[:80]!r}; there are {known}.") from None
    return program.edited(values["code"]) if "code" in values else program


def _files(values: Mapping[str, str]) -> list[SourceText]:
    given = values.get("files", "")
    if len(given) > CODE_LIMIT * 2:
        raise BadRequest(f"The files are too long; at most {CODE_LIMIT:,} characters are run.")
    if not given.strip():
        return []
    try:
        found = json.loads(given)
    except (ValueError, RecursionError):
        raise BadRequest("`files` must be a JSON object of texts by name.") from None
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise BadRequest("`files` must be a JSON object of texts by name.")
    if len(found) > FILES_TAKEN:
        raise BadRequest(f"There are {len(found)} files; at most {FILES_TAKEN} are run.")
    return [SourceText(safe_name(name), text) for name, text in found.items()]


def _task(action: Action) -> Task:
    try:
        task = read_task(action.prompt.parts)
    except BadTests:
        task = Task()
    stdin = action.values.get("stdin", task.stdin)
    if len(stdin) > STDIN_LIMIT:
        raise BadRequest(
            f"The input has {len(stdin):,} characters; at most {STDIN_LIMIT:,} are given."
        )
    return replace(task, stdin=stdin.replace("\r\n", "\n"))
