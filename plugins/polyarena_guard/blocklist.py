"""An operator's list of pictures that are not shown: by their bytes, or by how they look.

The file has a picture a line: its artifact, 64 hexadecimal digits, as in the picture's address; or
its perceptual hash, 16 of them. What follows `#` is a comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self

from polyarena import ConfigError, Objection, Picture, PluginOptions

DISTANCE = 6
_LINE = re.compile(r"(?:[0-9a-f]{64}|[0-9a-f]{16})")


@dataclass(frozen=True, slots=True)
class Blocklist:
    """What no picture may be; `distance` is in how many of 64 bits one that looks alike differs."""

    artifacts: frozenset[str] = frozenset()
    looks: tuple[int, ...] = ()
    distance: int = DISTANCE

    @classmethod
    def of(cls, options: PluginOptions) -> Self:
        """Read the options, and the file again once it changed.

        Raises:
            ConfigError: an option is wrong, or the file cannot be read; the line is named.
        """
        distance = options.get("picture_distance", DISTANCE)
        if type(distance) is not int or not 0 <= distance <= 32:
            raise ConfigError(f"plugins.guard.picture_distance must be 0 to 32, not {distance!r}")
        file = options.get("blocked_pictures")
        if file is None:
            return cls(distance=distance)
        if not isinstance(file, str):
            raise ConfigError("plugins.guard.blocked_pictures must be the name of a file")
        try:
            lines = _lines(file, Path(file).stat().st_mtime_ns)
        except OSError as error:
            raise ConfigError(f"plugins.guard.blocked_pictures: {file}: {error.strerror}") from None
        looks = tuple(int(line, 16) for line in lines if len(line) == 16)
        return cls(frozenset(lines), looks, distance)

    def objection(self, picture: Picture) -> Objection | None:
        """What speaks against a picture, or None."""
        look = int(picture.perceptual, 16)
        alike = any((look ^ other).bit_count() <= self.distance for other in self.looks)
        if not alike and picture.artifact not in self.artifacts:
            return None
        return Objection("This arena's operator does not take this picture.")


@lru_cache(maxsize=4)
def _lines(file: str, changed: int) -> tuple[str, ...]:
    found: list[str] = []
    for number, line in enumerate(Path(file).read_text("utf-8").splitlines(), 1):
        entry = line.partition("#")[0].strip().lower()
        if entry and not _LINE.fullmatch(entry):
            raise ConfigError(
                f"plugins.guard.blocked_pictures: {file}, line {number}: {entry!r} is neither an "
                "artifact (64 hexadecimal digits) nor a perceptual hash (16)"
            )
        found += [entry] if entry else []
    return tuple(found)
