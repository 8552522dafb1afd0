"""How the programs of a language are compiled and started."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from polyarena import BadJob
from polyarena.sandbox import Job, Language

from .protocol import Command

if TYPE_CHECKING:
    from .limits import Limits

COMPILE = "compile"

_PACKAGE = re.compile(rb"^\s*package\s+([\w.]+)\s*;", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a language's programs are compiled, if at all, and started, and in which image.

    In the arguments `{main}` stands for the main file, `{stem}` for its name without extension
    and `{class}` for the Java class in it. An argument `{files}` stands for all source files of
    the language, `{package}` for those beside the main file, Go's tests left out. A tool is
    started with its arguments as they are.
    """

    language: Language
    image: str
    compile: tuple[str, ...]
    run: tuple[str, ...]
    environment: Mapping[str, str]


def commands(recipe: Recipe, job: Job, limits: Limits) -> tuple[Command, ...]:
    """What a container does for a job: it compiles, where the language wants that, then steps.

    Raises:
        BadJob: no file to start, or a step is named as the compiler's is.
    """
    if any(step.name == COMPILE for step in job.steps):
        raise BadJob(f"A step cannot be named {COMPILE!r}.")
    parts = _Parts(recipe.language, job) if recipe.language.kind == "program" else _Tool(job)
    run = parts.fill(recipe.run)
    seconds = limits.seconds if job.seconds is None else min(job.seconds, limits.seconds)
    steps = tuple(
        Command(step.name, (step.command or run) + step.arguments, step.stdin, seconds)
        for step in job.steps
    )
    if not recipe.compile:
        return steps
    first = Command(COMPILE, parts.fill(recipe.compile), b"", limits.compile_seconds)
    return (first, *steps)


class _Parts:
    """What stands in a recipe's arguments for the files of a job."""

    def __init__(self, language: Language, job: Job) -> None:
        endings = tuple(f".{extension}" for extension in language.extensions)
        self._sources = [file.name for file in job.files if file.name.endswith(endings)]
        self._main = _main(language, job, self._sources)
        self._text = next(file.data for file in job.files if file.name == self._main)

    def fill(self, template: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(argument for item in template for argument in self._fill(item))

    def _fill(self, item: str) -> Iterator[str]:
        if item == "{files}":
            yield from map(_plain, self._sources)
        elif item == "{package}":
            yield from map(_plain, filter(self._is_beside_main, self._sources))
        else:
            path = PurePosixPath(self._main)
            package = _PACKAGE.search(self._text)
            name = f"{package[1].decode()}.{path.stem}" if package else path.stem
            for mark, value in (
                ("{main}", _plain(self._main)),
                ("{stem}", str(path.with_suffix(""))),
                ("{class}", name),
            ):
                item = item.replace(mark, value)
            yield item

    def _is_beside_main(self, name: str) -> bool:
        folder = PurePosixPath(self._main).parent
        return PurePosixPath(name).parent == folder and not name.endswith("_test.go")


class _Tool:
    """A tool works on all files of a job, of which none is to be started."""

    def __init__(self, job: Job) -> None:
        if not job.files:
            raise BadJob("There is no file to work on.")

    def fill(self, template: tuple[str, ...]) -> tuple[str, ...]:
        return template


def _main(language: Language, job: Job, sources: list[str]) -> str:
    """The file to start: as told, else the usual one, else the first of the language."""
    names = {file.name for file in job.files}
    if job.main:
        if job.main not in names:
            raise BadJob(f"There is no file {job.main!r}, which is to be started.")
        return job.main
    if language.main in names:
        return language.main
    if not sources:
        raise BadJob(f"There is no file of {language.title}, such as {language.main}.")
    return sources[0]


def _plain(name: str) -> str:
    """A file's name as an argument that is no option, no list of arguments, and no pipe."""
    return f"./{name}" if name.startswith(("-", "@", "|")) else name
