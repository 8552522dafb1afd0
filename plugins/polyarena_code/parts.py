"""A program as parts of an answer, and read back from them."""

from __future__ import annotations

from collections.abc import Sequence

from polyarena import Code, Execution, Part

from .languages import LANGUAGES
from .program import Program, SourceText


def parts_of(program: Program) -> tuple[Code, ...]:
    """The files as they are run, the main one first."""
    return tuple(
        Code(text=each.text, language=program.language, filename=each.name)
        for each in program.files
    )


def program_in(parts: Sequence[Part]) -> Program | None:
    """The program that was run for an answer, or None."""
    code = [part for part in parts if isinstance(part, Code) and part.filename]
    if not code or code[0].language not in LANGUAGES:
        return None
    files = tuple(SourceText(each.filename, each.text) for each in code)
    return Program(code[0].language, files)


def execution_in(parts: Sequence[Part]) -> Execution | None:
    """What the program did, or None where none was run."""
    return next((part for part in parts if isinstance(part, Execution) and not part.own), None)
