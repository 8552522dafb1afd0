"""The files of an app as its author wrote them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polyarena import Code, Message, Part

Sources = Mapping[str, str]
"""The texts by name."""

PAGES = ("html", "htm")
_ENDINGS = {
    "html": PAGES,
    "css": ("css", "scss", "less"),
    "javascript": ("js", "mjs", "cjs"),
    "jsx": ("jsx",),
    "typescript": ("ts", "mts"),
    "tsx": ("tsx",),
    "vue": ("vue",),
    "svelte": ("svelte",),
    "json": ("json", "webmanifest"),
    "python": ("py",),
    "svg": ("svg",),
    "markdown": ("md",),
    "text": ("txt", "csv", "toml"),
    "glsl": ("glsl", "vert", "frag", "wgsl"),
}
_LANGUAGES = {ending: language for language, endings in _ENDINGS.items() for ending in endings}
_ALIASES = {
    "htm": "html",
    "xhtml": "html",
    "html5": "html",
    "js": "javascript",
    "mjs": "javascript",
    "es6": "javascript",
    "node": "javascript",
    "p5": "javascript",
    "p5js": "javascript",
    "react": "jsx",
    "javascriptreact": "jsx",
    "ts": "typescript",
    "typescriptreact": "tsx",
    "scss": "css",
    "py": "python",
    "python3": "python",
    "vue-html": "vue",
}
CODE = frozenset({*_ENDINGS} - {"markdown", "text"})


def language_called(word: str) -> str:
    """The language that a fence's word names, or an empty string."""
    low = word.lower()
    return _ALIASES.get(low, low if low in CODE else "")


def language_of_file(name: str) -> str:
    """The language of a file by the end of its name, or an empty string."""
    return _LANGUAGES.get(name.rpartition(".")[2].lower(), "") if "." in name else ""


def is_known(word: str) -> bool:
    """Whether a word at a fence names a language of apps, or a file of one."""
    return bool(language_called(word) or language_of_file(word))


def parts_of(sources: Sources) -> tuple[Code, ...]:
    """The files as parts of an answer."""
    return tuple(
        Code(text=text, language=language_of_file(name), filename=name)
        for name, text in sources.items()
    )


def sources_in(parts: Sequence[Part]) -> dict[str, str]:
    """The files that an answer handed in."""
    return {part.filename: part.text for part in parts if isinstance(part, Code) and part.filename}


def sources_before(history: Sequence[Message]) -> dict[str, str]:
    """The files as they were after the last answer that handed in any."""
    for message in reversed(history):
        if message.role == "assistant" and (found := sources_in(message.parts)):
            return found
    return {}


def merged(before: Sources, handed: Sources) -> dict[str, str]:
    """The files after an answer: those of before, changed, added to, and emptied ones left out.

    A whole app that shares no file with the one before takes its place.
    """
    begins = any(_is_beginning(name) for name in handed)
    kept = before if not begins or handed.keys() & before.keys() else {}
    return {name: text for name, text in {**kept, **handed}.items() if text.strip()}


def _is_beginning(name: str) -> bool:
    stem, _, ending = name.rpartition("/")[2].partition(".")
    return ending in PAGES or stem.lower() in ("app", "main", "sketch")
