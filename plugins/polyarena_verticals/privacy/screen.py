"""The screen that a prompt must pass before anything of it is stored or sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from polyarena import ConfigError, Input, Objection, Part, PluginOptions, Prompt, Text

from .finding import Finding
from .search import KINDS, find, redact

NAMED = 6
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Screen:
    """Which kinds of personal data an operator lets through."""

    allowed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, options: PluginOptions) -> Self:
        """Read the option `allow`: a list of kinds.

        Raises:
            ConfigError: it is no list, or names no kind; the kinds are listed.
        """
        allowed = options.get("allow", ())
        if not isinstance(allowed, list | tuple):
            raise ConfigError("plugins.verticals.allow must be a list of kinds of personal data")
        for kind in allowed:
            if kind not in KINDS:
                known = ", ".join(KINDS)
                raise ConfigError(
                    f"plugins.verticals.allow: {kind!r} is no kind; there are {known}"
                )
        return cls(frozenset(allowed))

    def objection(self, prompt: Prompt) -> Objection | None:
        """What speaks against a prompt, with the prompt without it; None if nothing does."""
        found = [one for part in prompt.parts for one in find(_text(part), self.allowed)]
        if not found:
            return None
        safe = Prompt(parts=tuple(map(self._redacted, prompt.parts)))
        left = any(find(_text(part), self.allowed) for part in safe.parts)
        return Objection(
            f"This looks like personal data: {_named(found)}. Prompts go to the makers of models "
            "and may be published, so nothing of it was stored or sent. Take it out and ask again.",
            None if left else safe,
        )

    def _redacted(self, part: Part) -> Part:
        if not isinstance(part, (Text, Input)):
            return part
        return part.model_copy(update={"text": redact(part.text, self.allowed)})


def _text(part: Part) -> str:
    return part.text if isinstance(part, (Text, Input)) else ""


def _named(found: Iterable[Finding]) -> str:
    said = list(dict.fromkeys(f"{one.kind.name} (“{_short(one.text)}”)" for one in found))
    more = f" and {len(said) - NAMED} more" if len(said) > NAMED else ""
    return ", ".join(said[:NAMED]) + more


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
