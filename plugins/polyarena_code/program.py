"""A program as an answer hands it in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from .languages import LANGUAGES, language_of_file, title_of

_ENTRY = re.compile(
    r"^(?:if __name__ ?==|(?:int|void|auto) main ?\(|func main\(|(?:pub )?(?:async )?fn main\()"
    r"|^\s{0,8}(?:public )?static void main ?\(",
    re.MULTILINE,
)
_PUBLIC = re.compile(
    r"^(?:public |final |abstract ){1,3}(?:class|interface|record|enum) (\w{1,80})", re.MULTILINE
)
_STEMS = ("main", "app", "index", "program", "solution", "run", "cli", "game")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file of a program."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Program:
    """A language and files, the one to start first; `foreign` says that we know no such language.

    `language` is an id of ours, or what the answer called it.
    """

    language: str
    files: tuple[SourceText, ...]

    @property
    def main(self) -> SourceText:
        """The file to start."""
        return self.files[0]

    @property
    def title(self) -> str:
        """The language as a person writes it."""
        return title_of(self.language)

    @classmethod
    def of(cls, language: str, files: Sequence[SourceText]) -> Self:
        """A program of files; a file without a name is called as the language's usual main file.

        Of two files of a name the later counts. The main file's name ends as the language's do.
        """
        named = [each if each.name else _named(language, each.text) for each in files]
        unique = {each.name: each for each in named}
        main = _main(language, list(unique.values()))
        rest = [each for each in unique.values() if each is not main]
        return cls(language, (_as_source(language, main), *rest))

    def with_main(self, name: str) -> Self:
        """The program started at another of its files.

        Raises:
            KeyError: it has no such file.
        """
        found = {each.name: each for each in self.files}[name]
        return replace(self, files=(found, *(each for each in self.files if each is not found)))

    def importable(self, module: str) -> Self:
        """The program with its main file called as a module of Python, unless another file is."""
        name = f"{module}.py"
        if any(each.name == name for each in self.files):
            return self
        return replace(self, files=(replace(self.main, name=name), *self.files[1:]))


def has_entry(text: str) -> bool:
    """Whether a text says where it is to be started."""
    return bool(_ENTRY.search(text))


def _named(language: str, text: str) -> SourceText:
    if language == "java" and (found := _PUBLIC.search(text)):
        return SourceText(f"{found[1]}.java", text)
    usual = LANGUAGES[language].main if language in LANGUAGES else "main.txt"
    return SourceText(usual, text)


def _as_source(language: str, file: SourceText) -> SourceText:
    if language not in LANGUAGES or language_of_file(file.name) == language:
        return file
    ending = LANGUAGES[language].extensions[0]
    return replace(file, name=f"{file.name.rpartition('.')[0]}.{ending}")


def _main(language: str, files: Sequence[SourceText]) -> SourceText:
    own = [each for each in files if language_of_file(each.name) == language] or list(files)
    starting = [each for each in own if has_entry(each.text)] or own
    if len(starting) == 1:
        return starting[0]
    stems = {each.name.rpartition("/")[2].partition(".")[0].lower(): each for each in starting}
    for stem in _STEMS:
        if stem in stems:
            return stems[stem]
    return starting[-1]
