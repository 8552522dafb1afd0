"""A screen: what an operator lets through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from polyarena import Code, ConfigError, Objection, PluginOptions, Prompt, Table, Text

from .secret import find_secret

OPTIONS = frozenset({"patterns", "secrets", "blocked_pictures", "picture_distance"})


@dataclass(frozen=True, slots=True)
class Screen:
    """Patterns that no prompt may match, and whether secrets are looked for."""

    patterns: tuple[re.Pattern[str], ...] = ()
    secrets: bool = True

    @classmethod
    def of(cls, options: PluginOptions) -> Self:
        """Read the options.

        Raises:
            ConfigError: an option is unknown or wrong; a pattern that cannot be read is named.
        """
        if unknown := set(options) - OPTIONS:
            known = ", ".join(sorted(OPTIONS))
            raise ConfigError(f"plugins.guard has no option {min(unknown)!r}; it has {known}")
        secrets = options.get("secrets", True)
        if not isinstance(secrets, bool):
            raise ConfigError(f"plugins.guard.secrets must be true or false, not {secrets!r}")
        patterns = options.get("patterns", ())
        if not isinstance(patterns, list | tuple):
            raise ConfigError("plugins.guard.patterns must be a list of regular expressions")
        return cls(tuple(map(_compile, patterns)), secrets)

    def objection(self, prompt: Prompt) -> Objection | None:
        """What speaks against a prompt, or None; what was matched is not repeated."""
        text = "\n".join(map(_text, prompt.parts))
        if self.secrets and (secret := find_secret(text)):
            return Objection(
                f"Your prompt seems to hold {secret.name}. Prompts go to the models' makers and "
                "may be published, so please take it out and ask again. If it is a real one, "
                "it is safest to replace it."
            )
        if any(pattern.search(text) for pattern in self.patterns):
            return Objection(
                "This arena's operator does not take prompts of this kind. Please reword it."
            )
        return None


def _compile(pattern: object) -> re.Pattern[str]:
    if not isinstance(pattern, str):
        raise ConfigError(f"plugins.guard.patterns: {pattern!r} is not a text")
    try:
        return re.compile(pattern, re.IGNORECASE)
    except re.error as error:
        raise ConfigError(
            f"plugins.guard.patterns: {pattern!r} is not a regular expression: {error}"
        ) from None


def _text(part: object) -> str:
    match part:
        case Text(text=text) | Code(text=text):
            return text
        case Table(header=header, rows=rows, caption=caption):
            return "\n".join([caption, *header, *(cell for row in rows for cell in row)])
        case _:
            return ""
