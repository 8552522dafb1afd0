"""The languages that programs are asked for, and the names they go by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language: `main` is its usual main file, `comment` what a comment's line begins with.

    `pieces` says whether several blocks may be meant to follow one another as one program.
    """

    id: str
    title: str
    main: str
    extensions: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    comment: tuple[str, ...] = ("//", "/*", "*")
    pieces: bool = False


LANGUAGES: Mapping[str, Tongue] = MappingProxyType(
    {
        tongue.id: tongue
        for tongue in (
            Tongue(
                "python",
                "Python",
                "main.py",
                ("py",),
                ("py", "python3", "py3", "python2", "cpython", "ipython", "pycon", "python-repl"),
                ("numpy", "scipy", "pandas", "matplotlib", "pillow", "sympy", "pytest"),
                ("#",),
                pieces=True,
            ),
            Tongue(
                "javascript",
                "JavaScript",
                "main.js",
                ("js", "mjs", "cjs"),
                ("js", "node", "nodejs", "mjs", "cjs", "ecmascript", "es6"),
                pieces=True,
            ),
            Tongue(
                "typescript", "TypeScript", "main.ts", ("ts", "mts"), ("ts", "mts"), pieces=True
            ),
            Tongue("c", "C", "main.c", ("c",), ("c99", "c11", "c17")),
            Tongue(
                "cpp",
                "C++",
                "main.cpp",
                ("cpp", "cc", "cxx", "hpp", "hh"),
                ("c++", "cc", "cxx", "cplusplus", "c++11", "c++14", "c++17", "c++20", "hpp"),
            ),
            Tongue("go", "Go", "main.go", ("go",), ("golang",)),
            Tongue("rust", "Rust", "main.rs", ("rs",), ("rs",)),
            Tongue("java", "Java", "Main.java", ("java",)),
            Tongue(
                "bash",
                "Bash",
                "main.sh",
                ("sh", "bash"),
                ("sh", "shell", "shellscript", "zsh", "ksh"),
                ("bc", "gawk", "jq", "sqlite3"),
                comment=("#",),
            ),
            Tongue(
                "sql",
                "SQL (SQLite)",
                "main.sql",
                ("sql",),
                ("sqlite", "sqlite3"),
                comment=("--", "/*"),
                pieces=True,
            ),
        )
    }
)

_BY_NAME = {
    name: tongue.id for tongue in LANGUAGES.values() for name in (tongue.id, *tongue.aliases)
}
_BY_EXTENSION = {
    extension: tongue.id for tongue in LANGUAGES.values() for extension in tongue.extensions
}


def language_called(name: str) -> str:
    """The language of a name or alias, in any case, or an empty string."""
    return _BY_NAME.get(name.lower(), "")


def language_of_file(name: str) -> str:
    """The language of a file by its extension, or an empty string; headers have none."""
    return _BY_EXTENSION.get(name.rpartition(".")[2].lower(), "") if "." in name else ""


def is_language(word: str) -> bool:
    """Whether a word names a language, or a file of one."""
    return bool(language_called(word) or language_of_file(word))


def title_of(language: str) -> str:
    """A language's name as a person writes it."""
    return LANGUAGES[language].title if language in LANGUAGES else language
