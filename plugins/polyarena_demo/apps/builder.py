"""How each persona builds an app: how well it does, and what it says around it."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from polyarena import Message, ModelRequest, Text

from ..subject import read
from .source import FLAWED, GOOD, PLAIN, App, app, filled, recoloured

_READ = 4000
_WORD = re.compile(r"[^\W\d_]+")
_KIND = re.compile(
    r"Make it with (HTML|React|Vue|Svelte|p5|FastAPI|Flask|Streamlit|Gradio)", re.IGNORECASE
)
_KNOWN: Mapping[str, tuple[str, frozenset[str]]] = MappingProxyType(
    {
        "landing": ("html", frozenset({"landing", "coffee", "roastery", "newsletter"})),
        "board": ("react", frozenset({"board", "tasks", "column", "columns", "doing", "kanban"})),
        "dashboard": ("react", frozenset({"dashboard", "sales", "revenue", "chart", "shop"})),
        "memory": ("html", frozenset({"memory", "cards", "game", "moves"})),
        "converter": ("vue", frozenset({"converter", "units", "length", "temperature", "weight"})),
        "orbits": ("p5", frozenset({"solar", "planets", "orbits", "sun", "orbit"})),
    }
)
_ENOUGH = 3
_ADDED = ("(Your app", "*Nothing was built", "The app's files")
_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "blue": "#1d4ed8",
        "green": "#15803d",
        "red": "#b91c1c",
        "orange": "#c2410c",
        "purple": "#7e22ce",
        "pink": "#be185d",
        "black": "#111827",
        "brown": "#78350f",
    }
)


def wants_app(request: ModelRequest) -> bool:
    """Whether the model was told that what it writes will be built and opened."""
    told = " ".join(message.text for message in request.messages if message.role == "system")
    return "Write a web app" in told


@dataclass(frozen=True, slots=True)
class Builder:
    """`skill` is one of three; `before` and `after` are said around the files."""

    skill: int
    before: tuple[str, ...]
    after: tuple[str, ...]

    def write(self, request: ModelRequest, rng: random.Random) -> str:
        """The files of an app with words around them.

        From the second turn on it is done better; where that turn names a colour, the app stays
        as it is but for that.
        """
        request = _as_asked(request)
        subject = read(request)
        asked = [each.text[:_READ] for each in request.messages if each.role == "user"] or [""]
        colours = [_COLOURS[word] for word in _words(asked[-1]) if word in _COLOURS]
        again = subject.turn > 1
        skill = self.skill + (subject.turn - 1 if again and not colours else 0)
        files = _app(asked, subject.keywords, min(GOOD, skill))
        if again and colours:
            files = recoloured(files, colours[0]) or files
        before, after = rng.choice(self.before), rng.choice(self.after)
        return "\n\n".join([before, *map(_fenced, files.items()), after])


def _as_asked(request: ModelRequest) -> ModelRequest:
    """The thread without what the arena adds to what a person asked."""
    return ModelRequest(
        tuple(
            Message(
                role=message.role,
                parts=tuple(
                    part
                    for part in message.parts
                    if not (isinstance(part, Text) and part.text.startswith(_ADDED))
                ),
            )
            for message in request.messages
        )
    )


def _app(asked: list[str], keywords: tuple[str, ...], skill: int) -> App:
    words = {word for text in asked for word in _words(text)}
    chosen = [found[1].lower() for text in asked for found in _KIND.finditer(text)]
    kind = chosen[-1] if chosen else ""
    best = max(_KNOWN, key=lambda name: len(_KNOWN[name][1] & words))
    usual, telling = _KNOWN[best]
    if len(telling & words) >= _ENOUGH and kind in ("", usual):
        return app(best, skill)
    items = [word for word in keywords if word.isascii()] or ["one", "two", "three"]
    return filled(app(f"any/{kind or 'html'}", skill), " ".join(items[:3]).capitalize(), items)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _fenced(file: tuple[str, str]) -> str:
    name, text = file
    ending = name.rpartition(".")[2]
    return f"```{ending} {name}\n{text.rstrip()}\n```"


BUILDERS: Mapping[str, Builder] = MappingProxyType(
    {
        "poet": Builder(
            FLAWED,
            ("A small window, held open for you:",),
            ("May it be kind to whoever clicks.", "Look long; it does not move by itself."),
        ),
        "lister": Builder(
            PLAIN,
            ("Here are the files:", "These are all its files:"),
            ("- It needs nothing to be installed.\n- Change what you like.",),
        ),
        "terse": Builder(PLAIN, ("Here.", "The app:"), ("Done.",)),
        "professor": Builder(
            GOOD,
            ("### The app\n\nIt is complete, and works with the keyboard as well.",),
            ("**Remark.** The layout follows the width of the screen.",),
        ),
        "contrarian": Builder(
            FLAWED,
            ("Nobody needs another one of these. All the same:",),
            ("Anything more would be decoration.",),
        ),
        "coder": Builder(GOOD, ("Ready to open:", "This does it:"), ("Every state is handled.",)),
    }
)
