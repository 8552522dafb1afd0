"""Writing a plugin's package from templates.

A template is an ordinary file whose name ends with `.in`. `@NAME@` and the like are replaced in
its text, and a folder named `package` becomes the one of the plugin's module.
"""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from .. import API_VERSION
from ..errors import BadRequest
from ..inspection import ID_PATTERN

Kind = Literal["arena", "vertical"]
SUFFIX = ".in"
PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class NewPlugin:
    """A plugin to be written: its name, which is also the id of its arena, and its title.

    A `vertical` is an arena for an occupation, on the base that comes along.
    """

    name: str
    title: str
    kind: Kind = "arena"

    @classmethod
    def of(cls, name: str, title: str = "", kind: Kind = "arena") -> NewPlugin:
        """A plugin of this name.

        Raises:
            BadRequest: the name is no id, or Python has a module of that name already.
        """
        if not ID_PATTERN.fullmatch(name):
            raise BadRequest(
                f"{name!r} is no name for a plugin: it must begin with a small letter and hold "
                "only small letters, digits and hyphens, at most 32."
            )
        made = cls(name, title.strip() or name.replace("-", " ").title(), kind)
        if '"' in made.title or "\\" in made.title or not made.title.isprintable():
            raise BadRequest("The title may not hold quotation marks or control characters.")
        if keyword.iskeyword(made.module) or made.module in sys.stdlib_module_names:
            raise BadRequest(f"{made.module!r} is a word of Python's own; take another name.")
        return made

    @property
    def module(self) -> str:
        """The name of its package."""
        return self.name.replace("-", "_")

    @property
    def words(self) -> Mapping[str, str]:
        """What stands in the templates, and what it becomes."""
        parts = [part.capitalize() for part in re.split("-", self.name) if part]
        bare = parts[:-1] if len(parts) > 1 and parts[-1] == "Arena" else parts
        return {
            "NAME": self.name,
            "MODULE": self.module,
            "TITLE": self.title,
            "CLASS": "".join(bare),
            "API": API_VERSION,
        }


def write(plugin: NewPlugin, into: Path) -> list[Path]:
    """Write the package into a folder that is not there yet, or empty; answers its files.

    Raises:
        BadRequest: the folder holds something, or it cannot be written to.
    """
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise BadRequest(f"{into} is there already and not empty; nothing was written.")
    if find_spec(plugin.module) is not None:
        raise BadRequest(
            f"A module {plugin.module!r} is installed already; nothing was written. "
            "Take another name, or uninstall it first."
        )
    written = []
    try:
        for path, source in _templates(files(__package__) / plugin.kind, into):
            target = Path(*(plugin.module if step == PACKAGE else step for step in path.parts))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(_filled(source.read_text(encoding="utf-8"), plugin), "utf-8")
            written.append(target)
    except OSError as error:
        raise BadRequest(f"{into} cannot be written to: {error.strerror}.") from None
    return sorted(written)


def _templates(folder: Traversable, into: Path) -> Iterator[tuple[Path, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _templates(entry, into / entry.name)
        elif entry.name.endswith(SUFFIX):
            yield into / entry.name.removesuffix(SUFFIX), entry


def _filled(text: str, plugin: NewPlugin) -> str:
    return re.sub(r"@([A-Z]+)@", lambda found: plugin.words[found[1]], text)
