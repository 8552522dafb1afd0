"""What a prompt asks for beside its words: language, standard input, tests, files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from polyarena import File, Image, Input, Message, Part, Text

from .examples import BadTests, Tests
from .languages import LANGUAGES, language_called

AUTOMATIC = "auto"

_NAMES = {
    "python": r"python",
    "javascript": r"javascript|node(?:\.js)?",
    "typescript": r"typescript",
    "c": r"(?:in|using) c(?![\w+#-])|c program(?!m)",
    "cpp": r"c\+\+(?:\d\d)?|cpp",
    "go": r"golang|(?:in|using) go\b|go program\b",
    "rust": r"rust",
    "java": r"java",
    "bash": r"bash|shell script",
    "sql": r"sqlite|sql",
}
_MENTIONED = {
    language: re.compile(rf"(?<![\w.#+-])(?:{pattern})(?![\w+#])", re.IGNORECASE)
    for language, pattern in _NAMES.items()
}
_TURNED = re.compile(
    r"\b(?:translate|port|convert|rewrite|turn|transpile)\b[^.\n]{0,80}?\b(?:to|into|in) "
    r"(?P<name>[A-Za-z+]{1,12})",
    re.IGNORECASE,
)
WORDS_READ = 20_000


@dataclass(frozen=True, slots=True)
class Task:
    """`language` is what was chosen and `hinted` what the words name, each empty if nothing."""

    language: str = ""
    hinted: str = ""
    stdin: str = ""
    tests: Tests = field(default_factory=Tests)
    uploads: tuple[Image | File, ...] = ()

    @property
    def asked(self) -> str:
        """The language to look for in an answer, or an empty string."""
        return self.language or ("python" if self.tests.pytest else self.hinted)

    @property
    def wants_program(self) -> bool:
        """Whether something was given that only a program can use."""
        return bool(self.language or self.stdin or self.tests or self.uploads)


def read_task(parts: Sequence[Part]) -> Task:
    """The task of one prompt.

    Raises:
        BadTests: the tests cannot be read.
    """
    given = {part.name: part.text for part in parts if isinstance(part, Input)}
    text = "\n\n".join(part.text for part in parts if isinstance(part, Text))
    chosen = given.get("language", "").strip()
    return Task(
        language=chosen if chosen in LANGUAGES else "",
        hinted=hinted_language(text),
        stdin=given.get("stdin", ""),
        tests=Tests.read(given.get("tests", "")),
        uploads=tuple(part for part in parts if isinstance(part, (File, Image))),
    )


def task_of(history: Sequence[Message], parts: Sequence[Part]) -> Task:
    """The task of a prompt after others: what it leaves out is as it was before.

    A prompt whose tests cannot be read is passed over.
    """
    task = Task()
    for asked in [*(message.parts for message in history if message.role == "user"), parts]:
        try:
            task = _after(task, read_task(asked))
        except BadTests:
            continue
    return task


def _after(before: Task, new: Task) -> Task:
    uploads = {each.filename: each for each in (*before.uploads, *new.uploads)}
    named = new if new.asked else before
    kept = before.tests if named.asked in ("", "python") or not before.tests.pytest else Tests()
    return Task(
        language=named.language,
        hinted=named.hinted,
        stdin=new.stdin or before.stdin,
        tests=new.tests or kept,
        uploads=tuple(uploads.values()),
    )


def hinted_language(text: str) -> str:
    """The one language that a prompt names, or the one it wants things turned into, if any."""
    read = text[:WORDS_READ]
    for match in _TURNED.finditer(read):
        if language := language_called(match["name"]):
            return language
    found = [language for language, pattern in _MENTIONED.items() if pattern.search(read)]
    return found[0] if len(found) == 1 else ""
