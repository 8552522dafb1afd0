"""The measures of written style that a comparison of models holds constant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields

from .arena import FinishedBattle
from .prose import Prose

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_HEADER = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S", re.MULTILINE)
_BOLD = re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__")


@dataclass(frozen=True, slots=True)
class Style:
    """Counts over one side's answers.

    `length` is in words, each Chinese or Japanese character being one, code included; the other
    counts leave code blocks out.
    """

    length: float
    headers: float
    lists: float
    bold: float
    code_blocks: float

    @classmethod
    def of(cls, texts: Iterable[str]) -> Style:
        """The style of a side's answers, summed over the turns."""
        each = [astuple(cls._of_one(text)) for text in texts]
        sums = [float(sum(column)) for column in zip(*each, strict=True)]
        return cls(*sums) if sums else cls(0, 0, 0, 0, 0)

    @classmethod
    def _of_one(cls, text: str) -> Style:
        prose = Prose.of(text)
        return cls(
            length=len(_WORD.findall(text)),
            headers=len(_HEADER.findall(prose.text)),
            lists=len(_ITEM.findall(prose.text)),
            bold=len(_BOLD.findall(prose.text)),
            code_blocks=prose.code_blocks,
        )


def style_features(battle: FinishedBattle) -> Mapping[str, tuple[float, float]]:
    """What an arena of written answers holds constant: for its `features`.

    `length`, `headers`, `lists`, `bold` and `code_blocks` of each side's answers, summed over the
    turns, the left side first.
    """
    left = Style.of(answer.text for answer, _ in battle.answers)
    right = Style.of(answer.text for _, answer in battle.answers)
    names = [field.name for field in fields(Style)]
    return dict(zip(names, zip(astuple(left), astuple(right), strict=True), strict=True))
