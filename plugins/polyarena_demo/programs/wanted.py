"""Whether a program is wanted, of what, and in which language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from polyarena import ModelRequest

from ..subject import Subject, read

_READ = 4000
_NAMES = {
    "python": r"python",
    "javascript": r"javascript|node\.js",
    "typescript": r"typescript",
    "cpp": r"c\+\+",
    "c": r"in c\b(?!\+|#)|c program",
    "go": r"golang|in go\b|go program",
    "rust": r"rust",
    "java": r"java",
    "bash": r"bash|shell script",
    "sql": r"sqlite|sql",
}
_LANGUAGES = {
    language: re.compile(rf"(?<![\w.])(?:{names})(?!\w)", re.IGNORECASE)
    for language, names in _NAMES.items()
}
_PLOT = re.compile(r"\b(?:plot|chart|histogram|graph|draw|picture)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """`words` are those of the thread, `language` is what it names, or empty."""

    subject: Subject
    words: frozenset[str]
    language: str
    plot: bool

    @property
    def turn(self) -> int:
        """The number of the turn, from 1."""
        return self.subject.turn


def wants_program(request: ModelRequest) -> bool:
    """Whether the model was told that what it writes will be run."""
    told = " ".join(message.text for message in request.messages if message.role == "system")
    return "fenced code block" in told and "run" in told


def wanted_of(request: ModelRequest) -> Wanted:
    """What a thread wants, its last prompts before the first."""
    asked = [message.text[:_READ] for message in request.messages if message.role == "user"] or [""]
    languages = [name for text in reversed(asked) if (name := _language(text))]
    words = {word.lower() for text in asked for word in _WORD.findall(text)}
    return Wanted(
        subject=read(request),
        words=frozenset(words),
        language=languages[0] if languages else "",
        plot=bool(_PLOT.search(asked[-1])),
    )


def _language(text: str) -> str:
    found = (language for language, names in _LANGUAGES.items() if names.search(text))
    return next(found, "")
