"""The files of an app that is known by heart."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

FLAWED, PLAIN, GOOD = range(3)
_SKILLS = ("flawed", "plain", "good")
_STYLE = re.compile(r"<style>.*?</style>\n?", re.DOTALL)
_CLASSES = re.compile(r'\s+className="[^"]*"')
_ACCENT = re.compile(r"(--accent: )[#\w]+(?=;)|(const ACCENT = \")[#\w]+(?=\")")

App = Mapping[str, str]
"""The texts of its files by name."""


def app(name: str, skill: int) -> App:
    """An app as it is done with a skill; plain may be a good one without its looks."""
    found = _read(f"{name}/{_SKILLS[skill]}")
    if not found and skill == PLAIN:
        return {path: _bare(text) for path, text in _read(f"{name}/good").items()}
    return found


def filled(given: App, title: str, items: Sequence[str]) -> App:
    """An app with the words that it is about."""
    listed = json.dumps(list(items), ensure_ascii=False)
    return {
        path: text.replace("ITEMS", listed).replace("TITLE", title) for path, text in given.items()
    }


def recoloured(given: App, colour: str) -> App:
    """Those files of an app that say its main colour, with another one."""
    changed = {path: _ACCENT.sub(rf"\g<1>\g<2>{colour}", text) for path, text in given.items()}
    return {path: text for path, text in changed.items() if text != given[path]}


def _bare(text: str) -> str:
    return _CLASSES.sub("", _STYLE.sub("", text))


@cache
def _read(folder: str) -> App:
    return dict(_walk(files(__package__).joinpath(folder), ""))


def _walk(folder: Traversable, front: str) -> list[tuple[str, str]]:
    if not folder.is_dir():
        return []
    found = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{front}{entry.name}"
        if entry.is_dir():
            found += _walk(entry, f"{path}/")
        else:
            found.append((path, entry.read_text(encoding="utf-8")))
    return found
