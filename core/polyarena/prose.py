"""Markdown split into prose and fenced code."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FENCE = re.compile(r" {0,3}(?:>[ >]{0,8})?(`{3,}|~{3,})([^`\n]*)$")


@dataclass(frozen=True, slots=True)
class Prose:
    """A text without its fenced code, and how many code blocks it had.

    A fence that is never closed runs to the end, as in CommonMark.
    """

    text: str
    code_blocks: int

    @classmethod
    def of(cls, markdown: str) -> Prose:
        """Take the fenced code out; takes time in proportion to the length."""
        kept: list[str] = []
        blocks = 0
        fence = ""
        for line in markdown.splitlines():
            match = _FENCE.match(line)
            if fence:
                if match and match[1].startswith(fence) and not match[2].strip():
                    fence = ""
            elif match:
                fence = match[1]
                blocks += 1
            else:
                kept.append(line)
        return cls("\n".join(kept), blocks)
