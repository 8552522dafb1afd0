"""The measures of style that a comparison of programs holds constant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from polyarena import Answer, Code, FinishedBattle, Text

from .languages import LANGUAGES
from .notes import note_of

_WORD = re.compile(r"\w+")


def features(battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
    """Per side: `length` in words, `comments` as a share of the lines of code, `files`.

    The length is that of all answers, code included; the others are of the last program.
    """
    left, right = [list(side) for side in zip(*battle.answers, strict=True)] or ([], [])
    return {
        "length": (_length(left), _length(right)),
        "comments": (_comments(left), _comments(right)),
        "files": (float(len(_program(left))), float(len(_program(right)))),
    }


def _length(answers: Sequence[Answer]) -> float:
    texts = (
        part.text
        for answer in answers
        for part in answer.parts
        if isinstance(part, Text) and part is not note_of(answer.parts)
    )
    return float(sum(len(_WORD.findall(text)) for text in texts))


def _program(answers: Sequence[Answer]) -> list[Code]:
    for answer in reversed(answers):
        if code := [part for part in answer.parts if isinstance(part, Code)]:
            return code
    return []


def _comments(answers: Sequence[Answer]) -> float:
    lines = comments = 0
    for part in _program(answers):
        marks = LANGUAGES[part.language].comment if part.language in LANGUAGES else ("#", "//")
        filled = [line.strip() for line in part.text.split("\n") if line.strip()]
        lines += len(filled)
        comments += sum(line.startswith(marks) for line in filled)
    return comments / lines if lines else 0.0
