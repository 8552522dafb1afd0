"""A program known by heart."""

from __future__ import annotations

from dataclasses import dataclass

COMMENTS = {"python": "#", "bash": "#", "sql": "--"}


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a program, and a remark for whoever reads it."""

    language: str
    text: str
    remark: str

    @property
    def bare(self) -> str:
        """The text without the lines that are comments."""
        mark = COMMENTS.get(self.language, "//")
        kept = [
            line
            for line in self.text.strip().split("\n")
            if not line.lstrip().startswith(mark) or line.startswith("#!")
        ]
        return "\n".join(kept).strip()


@dataclass(frozen=True, slots=True)
class Piece:
    """A task that can be told by its words, and how well it can be done."""

    words: frozenset[str]
    good: Source
    plain: Source
    flawed: Source
